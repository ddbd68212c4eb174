import { PDFDict, type PDFDocument, PDFHexString, PDFName } from "@cantoo/pdf-lib";
import { RenderError } from "../../core/errors.ts";

/** Names the entries of the outline after the headings they stand for. Chromium's own names are not reliable: a heading that begins a page
 *  is named twice over ("Methods" becomes "MethodsMethods"), and one that wraps loses the space at the break.
 *  @param headings their words, in order
 *  @throws RenderError when there are not as many entries as headings */
export function nameOutline(pdf: PDFDocument, headings: readonly string[]): void {
  const root = pdf.catalog.lookupMaybe(PDFName.of("Outlines"), PDFDict);
  const entries = root ? [...entriesBelow(root)] : [];
  if (entries.length !== headings.length) {
    throw new RenderError(`the outline has ${entries.length} entries for ${headings.length} headings; a heading may be hidden or empty`);
  }
  for (const [index, entry] of entries.entries()) entry.set(PDFName.of("Title"), PDFHexString.fromText(headings[index] ?? ""));
}

/** From top to bottom, as a reader sees them. */
function* entriesBelow(parent: PDFDict): Generator<PDFDict> {
  let entry = parent.lookupMaybe(PDFName.of("First"), PDFDict);
  while (entry) {
    yield entry;
    yield* entriesBelow(entry);
    entry = entry.lookupMaybe(PDFName.of("Next"), PDFDict);
  }
}
