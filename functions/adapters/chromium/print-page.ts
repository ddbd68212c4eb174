import { setTimeout } from "node:timers/promises";
import type { Browser, CDPSession, Page } from "puppeteer-core";
import { RenderError } from "../../core/errors.ts";
import type { Margins, Misplaced } from "../pdf/check-layout.ts";
import { unlessAborted, untilAborted } from "./abort.ts";
import { findMisplaced } from "./find-misplaced.ts";
import { listForbiddenElements, listHeadings, listShownTexts } from "./inspect-page.ts";
import { layOutForPrint } from "./lay-out-for-print.ts";
import { listPageReferences, printWithReferences } from "./page-references.ts";
import { reportRequests, serveDocument } from "./serve-document.ts";

const MM_PER_INCH = 25.4;
/** The page's own @page rule goes before this. */
const A4_INCHES = { paperWidth: 210 / MM_PER_INCH, paperHeight: 297 / MM_PER_INCH };
const CLOSE_TIMEOUT_MS = 2000;
const CRASH_REPORT_MS = 250;

/** A page as Chromium printed it. */
export interface PrintedPage {
  readonly pdf: Uint8Array;
  /** The words of every heading, in order: what the outline's entries are named after. */
  readonly headings: readonly string[];
  readonly margins: Margins;
  /** What would not show on the printed page any more. */
  readonly misplaced: readonly Misplaced[];
}

/**
 * Loads one page under all protections and prints it; again, when it has to show the page numbers of its own parts.
 * @param checkTexts gets every text that the page shows; what it throws stops the printing
 * @param signal ends the work at once, with its reason as the error
 * @throws RenderError when the page asks for a resource or holds an element that could, naming each; when a page number is
 * asked for that cannot be told; or when Chromium crashes. LayoutError when page numbers do not settle
 */
export async function printPage(
  browser: Browser,
  html: string,
  checkTexts: (texts: readonly string[]) => void,
  signal: AbortSignal,
): Promise<PrintedPage> {
  const page = await openPage(browser, signal);
  const crash = new AbortController();
  page.once("error", (cause) => crash.abort(new RenderError("Chromium crashed while it laid the page out", { cause })));
  try {
    return await unlessAborted(printGuarded(page, html, checkTexts), AbortSignal.any([signal, crash.signal]));
  } catch (error) {
    // What a crash breaks off may fail a moment before Chromium reports the crash itself.
    if (!signal.aborted) await untilAborted(crash.signal, CRASH_REPORT_MS);
    throw crash.signal.aborted ? crash.signal.reason : error;
  } finally {
    await closePage(page);
  }
}

async function printGuarded(page: Page, html: string, checkTexts: (texts: readonly string[]) => void): Promise<PrintedPage> {
  const refused = new Set<string>();
  const session = await page.createCDPSession();
  await reportRequests(session, refused);
  await page.setJavaScriptEnabled(false);
  // Before loading, so that what only the printed page would ask for is seen too.
  await page.emulateMediaType("print");
  await serveDocument(page, html, refused);
  const { snapshot, area } = await layOutForPrint(session);
  for (const element of listForbiddenElements(snapshot)) refused.add(element);
  stopIfRefused(refused);
  checkTexts(listShownTexts(snapshot));
  const print = async () => {
    const pdf = await printOnce(session);
    stopIfRefused(refused);
    return pdf;
  };
  const pdf = await printWithReferences(session, listPageReferences(snapshot), print, checkTexts);
  return { pdf, headings: listHeadings(snapshot), margins: area.margins, misplaced: findMisplaced(snapshot, area.textWidthMm) };
}

async function printOnce(session: CDPSession): Promise<Uint8Array> {
  const printed = await session.send("Page.printToPDF", {
    ...A4_INCHES,
    preferCSSPageSize: true,
    printBackground: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  });
  return Buffer.from(printed.data, "base64");
}

/** A page that comes when it is no longer wanted is closed: it would stay as long as the browser, and while it has not come puppeteer
 *  keeps the process waiting for half a minute. */
async function openPage(browser: Browser, signal: AbortSignal): Promise<Page> {
  signal.throwIfAborted();
  const opening = browser.newPage();
  try {
    return await unlessAborted(opening, signal);
  } catch (error) {
    await Promise.race([opening.then(closePage, () => {}), setTimeout(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
    throw error;
  }
}

/** A page that hangs may not close; then Chromium is ended, for it would keep a core busy for good. */
async function closePage(page: Page): Promise<void> {
  const late = setTimeout(CLOSE_TIMEOUT_MS, "late", { ref: false });
  const outcome = await Promise.race([page.close().catch(() => "gone"), late]);
  if (outcome === "late") page.browser().process()?.kill("SIGKILL");
}

function stopIfRefused(refused: ReadonlySet<string>): void {
  if (refused.size === 0) return;
  throw new RenderError(`the page is not self-contained; nothing was printed. It has or asks for: ${[...refused].join(", ")}`);
}
