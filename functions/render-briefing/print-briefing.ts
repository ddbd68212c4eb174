import type { Briefing } from "../core/briefing/briefing.ts";
import { thawModel } from "../core/briefing/frozen-model.ts";
import { checkBriefing } from "../core/checks/check-briefing.ts";
import { editionForms } from "../core/edition.ts";
import type { Locale } from "../core/local-text.ts";
import type { DocumentRenderer, ProgramIdentity } from "../core/ports.ts";
import { makeAttachments } from "./attachments.ts";
import { presentBriefing } from "./present-briefing.ts";

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
  const { scope, locale, draftMark } = briefing;
  const { maxPages } = editionForms[scope];
  const html = layOutBriefing(briefing, deps.templates);
  const info = {
    title: briefing.title,
    author: briefing.office.issuer,
    subject: briefing.finding,
    language: locale,
    // The end of the day on which the briefing's facts were known, never the clock: the same model gives the same bytes.
    date: `${briefing.asOf}T00:00:00Z`,
    attachments: makeAttachments(briefing, model, deps.program, deps.digest),
    maxPages,
    ...(draftMark === undefined ? {} : { watermark: draftMark }),
  };
  return deps.renderer.render(html, info, signal);
}

/** @returns the page that is printed: HTML, complete in itself */
export function layOutBriefing(briefing: Briefing, templates: PrintBriefingDeps["templates"]): string {
  return templates.render(editionForms[briefing.scope].template, presentBriefing(briefing), briefing.locale);
}
