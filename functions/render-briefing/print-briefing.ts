import type { Briefing } from "../core/briefing/briefing.ts";
import { thawModel } from "../core/briefing/frozen-model.ts";
import { checkBriefing } from "../core/checks/check-briefing.ts";
import { editionForms } from "../core/edition.ts";
import { LayoutError } from "../core/errors.ts";
import type { Locale } from "../core/local-text.ts";
import type { DocumentInfo, DocumentRenderer, ProgramIdentity } from "../core/ports.ts";
import { makeAttachments } from "./attachments.ts";
import { presentBriefing } from "./present-briefing.ts";

/** No list of page one has more lines. */
const mostNamed = 5;

export interface PrintBriefingDeps {
  readonly renderer: DocumentRenderer;
  readonly templates: { render(name: string, view: object, locale: Locale): string };
  readonly program: ProgramIdentity;
  /** SHA-256, 64 hexadecimal digits. */
  readonly digest: (content: Uint8Array) => string;
}

/** Prints a frozen model, with the model and its figures inside the document. The same bytes in give the same bytes out.
 *  @param file where the model comes from, for messages
 *  @throws InputError when it is no model; ContentError when it may not be shown as it is; MissingGlyphError, LayoutError, RenderError */
export async function printBriefing(model: Uint8Array, file: string, deps: PrintBriefingDeps, signal?: AbortSignal): Promise<Uint8Array> {
  const briefing = thawModel(model, file);
  checkBriefing(briefing);
  const info = describeDocument(briefing, model, deps);
  // Page one is one page, and so is a leader's: from the end, lines are left out of its lists until it is.
  for (let named = mostNamed; ; named -= 1) {
    try {
      return await deps.renderer.render(layOutBriefing(briefing, deps.templates, named), info, signal);
    } catch (error) {
      if (named === 0 || !(error instanceof LayoutError && error.tooLong)) throw error;
    }
  }
}

function describeDocument(briefing: Briefing, model: Uint8Array, { program, digest }: PrintBriefingDeps): DocumentInfo {
  const { scope, draftMark } = briefing;
  return {
    title: briefing.title,
    author: briefing.office.issuer,
    subject: briefing.finding,
    language: briefing.locale,
    // The as-of day, for want of a clock: the same model gives the same bytes.
    date: `${briefing.asOf}T00:00:00Z`,
    attachments: makeAttachments(briefing, model, program, digest),
    maxPages: editionForms[scope].maxPages,
    ...(draftMark === undefined ? {} : { watermark: draftMark }),
  };
}

/** @param named how many lines the lists of page one may have at the most
 *  @returns the page that is printed: HTML, complete in itself */
export function layOutBriefing(briefing: Briefing, templates: PrintBriefingDeps["templates"], named = mostNamed): string {
  return templates.render(editionForms[briefing.scope].template, presentBriefing(briefing, named), briefing.locale);
}
