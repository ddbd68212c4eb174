import { join } from "node:path";
import { InputError, LayoutError, MissingGlyphError, RenderError } from "../../core/errors.ts";
import type { DocumentRenderer } from "../../core/ports.ts";
import { checkGlyphs, readPrintableCharacters } from "../fonts/check-glyphs.ts";
import { BOLD_FACE, writeFontsConf } from "../fonts/fonts-conf.ts";
import { checkLayout } from "../pdf/check-layout.ts";
import { finishPdf } from "../pdf/finish-pdf.ts";
import type { InstalledPrinter } from "./installed-printer.ts";
import { launchChromium } from "./launch-chromium.ts";
import { printPage } from "./print-page.ts";

/**
 * Opens the printer: starts one Chromium for all documents. Close it after use.
 * @param timeoutMs for one document, from its HTML to its bytes
 * @throws RenderError when it cannot be set up or started; InputError for a font of the office that cannot be used
 */
export async function openChromiumRenderer(
  installed: InstalledPrinter,
  { timeoutMs = 60_000 }: { timeoutMs?: number | undefined } = {},
): Promise<DocumentRenderer> {
  const { start, printable, watermarkFont } = await setUp(installed);
  let running = start();
  await running;
  let closed = false;
  // Chained, so that two documents at once after a crash start one Chromium and not two.
  const alive = () => {
    running = running.then((chromium) => (chromium.browser.connected ? chromium : chromium.close().then(start)), start);
    return running;
  };
  return {
    async render(html, info, signal) {
      if (closed) throw new RenderError("the printer is closed");
      const limit = AbortSignal.timeout(timeoutMs);
      const stop = signal === undefined ? limit : AbortSignal.any([signal, limit]);
      try {
        const { browser } = await alive();
        const printed = await printPage(browser, html, (texts) => checkGlyphs(texts, printable), stop);
        await checkLayout(printed.pdf, { ...printed, maxPages: info.maxPages }, stop);
        return await finishPdf(printed.pdf, info, { headings: printed.headings, watermarkFont });
      } catch (cause) {
        if (cause instanceof RenderError || cause instanceof MissingGlyphError || cause instanceof LayoutError) throw cause;
        throw new RenderError(describeFailure(cause, { stopped: stop.aborted, timedOut: limit.aborted, timeoutMs }), { cause });
      }
    },
    async close() {
      closed = true;
      await running.then((chromium) => chromium.close()).catch(() => {});
    },
  };
}

async function setUp({ chromium, fontsDir, fontsIndexDir, officeFontsDir }: InstalledPrinter) {
  try {
    const printable = await readPrintableCharacters(fontsDir, officeFontsDir);
    const directories = officeFontsDir === undefined ? [fontsDir] : [officeFontsDir, fontsDir];
    const fontsConf = writeFontsConf(directories, fontsIndexDir);
    return { printable, watermarkFont: join(fontsDir, BOLD_FACE), start: () => launchChromium(chromium, fontsConf) };
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new RenderError(`the fonts in ${fontsDir} cannot be used: ${messageOf(cause)}`, { cause });
  }
}

function describeFailure(
  cause: unknown,
  { stopped, timedOut, timeoutMs }: { stopped: boolean; timedOut: boolean; timeoutMs: number },
): string {
  if (timedOut) return `the document was not printed within ${timeoutMs / 1000} s`;
  return stopped ? "the printing was stopped before it was done" : `Chromium could not print the document: ${messageOf(cause)}`;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
