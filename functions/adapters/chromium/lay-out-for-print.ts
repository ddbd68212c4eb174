import type { CDPSession, Protocol } from "puppeteer-core";
import { type PageArea, readPageArea } from "./page-area.ts";
import { LAYOUT_STYLES, listPageNames } from "./read-layout.ts";

const PX_PER_MM = 96 / 25.4;
/** Any: a page that is laid out on the screen is as long as it is. */
const HEIGHT_PX = 1000;

/** A page as it is laid out on the screen, as wide as the text of its printed pages will be. */
export interface ScreenLayout {
  readonly snapshot: Protocol.DOMSnapshot.CaptureSnapshotResponse;
  readonly area: PageArea;
}

/**
 * Gives the page the width that its @page rules leave for text, and takes a picture of the layout.
 * @throws RenderError when the rules cannot be read
 */
export async function layOutForPrint(session: CDPSession): Promise<ScreenLayout> {
  const css = await readStyleSheets(session);
  await session.send("Emulation.setScrollbarsHidden", { hidden: true });
  const first = await layOut(session, readPageArea(css, ["auto"]));
  // Which named pages are used can only be seen when everything is laid out.
  const area = readPageArea(css, listPageNames(first.snapshot));
  return area.textWidthMm === first.area.textWidthMm ? { ...first, area } : layOut(session, area);
}

async function layOut(session: CDPSession, area: PageArea): Promise<ScreenLayout> {
  const width = Math.ceil(area.textWidthMm * PX_PER_MM);
  await session.send("Emulation.setDeviceMetricsOverride", { width, height: HEIGHT_PX, deviceScaleFactor: 1, mobile: false });
  return { area, snapshot: await session.send("DOMSnapshot.captureSnapshot", { computedStyles: LAYOUT_STYLES }) };
}

async function readStyleSheets(session: CDPSession): Promise<string> {
  const ids: string[] = [];
  session.on("CSS.styleSheetAdded", ({ header }) => ids.push(header.styleSheetId));
  // Chromium tells of every style sheet there is before it answers.
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const sheets = await Promise.all(ids.map((styleSheetId) => session.send("CSS.getStyleSheetText", { styleSheetId })));
  await session.send("CSS.disable");
  return sheets.map(({ text }) => text).join("\n");
}
