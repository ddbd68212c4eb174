import { createHash } from "node:crypto";
import { PDFDict, PDFDocument, PDFHexString, PDFName } from "@cantoo/pdf-lib";
import { RenderError } from "../../core/errors.ts";
import type { DocumentInfo } from "../../core/ports.ts";
import { nameOutline } from "./name-outline.ts";
import { renumberElements } from "./renumber-elements.ts";

/**
 * Gives a printed PDF its metadata and makes its bytes depend on nothing but its content: dates come from `info`, the file's /ID is
 * a hash of the file. Tags, outline and links stay.
 * @param headings the words of every heading in order, for the outline
 * @throws RenderError when the PDF holds a Type 3 font, when its outline does not fit the headings, or when `info.date` is no date
 */
export async function finishPdf(printed: Uint8Array, info: DocumentInfo, headings: readonly string[]): Promise<Uint8Array> {
  const date = new Date(info.date);
  if (Number.isNaN(date.getTime())) throw new RenderError(`"${info.date}" is not a date; write ISO 8601 with an offset`);
  const pdf = await PDFDocument.load(printed, { updateMetadata: false });
  refuseDrawnFonts(pdf);
  renumberElements(pdf);
  nameOutline(pdf, headings);
  pdf.setTitle(info.title, { showInWindowTitleBar: true });
  pdf.setAuthor(info.author);
  pdf.setSubject(info.subject);
  pdf.setLanguage(info.language);
  pdf.setCreator("biaogan");
  pdf.setProducer(`biaogan (${pdf.getProducer() ?? "Chromium"})`);
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  const hash = createHash("sha256").update(await save(pdf));
  // 16 bytes, as readers expect of an /ID.
  const id = PDFHexString.of(hash.digest("hex").slice(0, 32));
  pdf.context.trailerInfo.ID = pdf.context.obj([id, id]);
  return save(pdf);
}

/** @returns how many pages a PDF has */
export async function countPages(pdf: Uint8Array): Promise<number> {
  return (await PDFDocument.load(pdf, { updateMetadata: false })).getPageCount();
}

/** A face that is missing is drawn by Chromium, glyph by glyph, as a Type 3 font: it prints badly and cannot be searched or archived. */
function refuseDrawnFonts(pdf: PDFDocument): void {
  const drawn = pdf.context
    .enumerateIndirectObjects()
    .some(([, object]) => object instanceof PDFDict && object.get(PDFName.of("Subtype")) === PDFName.of("Type3"));
  if (drawn) {
    const reason = "some text is bold or italic in a family that has no such face; add the face or change the style";
    throw new RenderError(`a font had to be drawn (Type 3): ${reason}`);
  }
}

function save(pdf: PDFDocument): Promise<Uint8Array> {
  return pdf.save({ addDefaultPage: false, updateFieldAppearances: false });
}
