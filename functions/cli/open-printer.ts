import { openChromiumRenderer } from "../adapters/chromium/chromium-renderer.ts";
import { unpackPrinter } from "../adapters/chromium/unpack-printer.ts";
import { sha256 } from "../adapters/content-hash.ts";
import { identifyProgram } from "../adapters/program-digest.ts";
import { loadTemplates } from "../adapters/templates/handlebars-templates.ts";
import type { DocumentRenderer, ProgramIdentity } from "../core/ports.ts";
import type { PrintBriefingDeps } from "../render-briefing/print-briefing.ts";
import { cacheDir, packageRoot, templatesDir } from "./workplace.ts";

/** A browser that prints, and what a document says of all that printed it. */
export interface Printer {
  readonly renderer: DocumentRenderer;
  /** Reads program, templates and fonts as they lie there now. */
  identify(): Promise<ProgramIdentity>;
}

/** Close its renderer after use. Browser and PDF library are loaded with this file: commands that print import it when they come to it.
 *  @param fonts the office's own
 *  @param say told of each step of the set-up that takes time */
export async function openPrinter(fonts: string | undefined, say: (step: string) => void): Promise<Printer> {
  const installed = await unpackPrinter(cacheDir(), { officeFontsDir: fonts, onProgress: say });
  const renderer = await openChromiumRenderer(installed);
  return {
    renderer,
    identify: () => identifyProgram(packageRoot, fonts === undefined ? [installed.fontsDir] : [fonts, installed.fontsDir]),
  };
}

/** Lends a printer to `work`, with all that a document is printed from beside its model; it is closed whatever happens.
 *  @returns what `work` returns */
export async function withPrinter<T>(
  fonts: string | undefined,
  say: (step: string) => void,
  work: (deps: PrintBriefingDeps) => Promise<T>,
): Promise<T> {
  const templates = await loadTemplates(templatesDir);
  const { renderer, identify } = await openPrinter(fonts, say);
  try {
    return await work({ templates, renderer, program: await identify(), digest: sha256 });
  } finally {
    await renderer.close();
  }
}
