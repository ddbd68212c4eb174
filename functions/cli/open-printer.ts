import { openChromiumRenderer } from "../adapters/chromium/chromium-renderer.ts";
import { sha256 } from "../adapters/content-hash.ts";
import { makeDocumentFonts } from "../adapters/fonts/document-fonts.ts";
import { identifyProgram } from "../adapters/program-digest.ts";
import { loadTemplates } from "../adapters/templates/handlebars-templates.ts";
import type { PrintBriefingDeps } from "../render-briefing/print-briefing.ts";
import { cacheDir, packageRoot, templatesDir } from "./workplace.ts";

/** Lends a printer to `work`, with all that a document is printed from beside its model; it is closed whatever happens.
 *  Browser and PDF library are loaded with this file: commands that print import it when they come to it.
 *  @param say told of each step of the set-up that takes time
 *  @returns what `work` returns */
export async function withPrinter<T>(
  fonts: string | undefined,
  say: (step: string) => void,
  work: (deps: PrintBriefingDeps) => Promise<T>,
): Promise<T> {
  const templates = await loadTemplates(templatesDir);
  const shipped = await makeDocumentFonts(cacheDir(), say);
  const program = await identifyProgram(packageRoot, fonts === undefined ? [shipped] : [fonts, shipped]);
  const renderer = await openChromiumRenderer({ cacheDir: cacheDir(), onProgress: say, extraFontsDir: fonts });
  try {
    return await work({ templates, renderer, program, digest: sha256 });
  } finally {
    await renderer.close();
  }
}
