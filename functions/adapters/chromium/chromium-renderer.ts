import { join } from "node:path";
import { InputError, LayoutError, MissingGlyphError, RenderError } from "../../core/errors.ts";
import type { DocumentRenderer } from "../../core/ports.ts";
import { checkGlyphs, readPrintableCharacters } from "../fonts/check-glyphs.ts";
import { BOLD_FACE, makeDocumentFonts, writeFontsConf } from "../fonts/document-fonts.ts";
import { checkLayout } from "../pdf/check-layout.ts";
import { finishPdf } from "../pdf/finish-pdf.ts";
import { launchChromium } from "./launch-chromium.ts";
import { printPage } from "./print-page.ts";
import { unpackChromium } from "./unpack-chromium.ts";

export interface ChromiumRendererOptions {
  /** Where Chromium and the fonts are unpacked once, about 235 MB; may be shared by processes. */
  readonly cacheDir: string;
  /** An office's own licensed fonts, static TrueType; found by their family names, before ours. */
  readonly extraFontsDir?: string | undefined;
  /** Told of each step of the set-up that takes time. */
  readonly onProgress?: ((step: string) => void) | undefined;
  /** For one document, from its HTML to its bytes. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Opens the printer: unpacks what is not unpacked yet, and starts one Chromium for all documents. Close it after use.
 * @throws RenderError when it cannot be set up or started; InputError for a font of the office that cannot be used
 */
export async function openChromiumRenderer(options: ChromiumRendererOptions): Promise<DocumentRenderer> {
  const { timeoutMs = 60_000 } = options;
  const { start, printable, watermarkFont } = await setUp(options);
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

async function setUp({ cacheDir, extraFontsDir, onProgress }: ChromiumRendererOptions) {
  try {
    const install = await unpackChromium(cacheDir, onProgress);
    const fonts = await makeDocumentFonts(cacheDir, onProgress);
    const printable = await readPrintableCharacters(fonts, extraFontsDir);
    const directories = extraFontsDir === undefined ? [fonts] : [extraFontsDir, fonts];
    const fontsConf = writeFontsConf(directories, join(cacheDir, "fontconfig"));
    return { printable, watermarkFont: join(fonts, BOLD_FACE), start: () => launchChromium(install, fontsConf) };
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new RenderError(`Chromium and its fonts could not be set up in ${cacheDir}: ${messageOf(cause)}`, { cause });
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
