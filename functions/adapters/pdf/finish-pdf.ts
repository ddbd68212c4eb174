import { createHash } from "node:crypto";
import { ParseSpeeds, PDFDict, PDFDocument, PDFHexString, PDFName } from "@cantoo/pdf-lib";
import { RenderError } from "../../core/errors.ts";
import type { DocumentInfo } from "../../core/ports.ts";
import { attachFiles } from "./attach-files.ts";
import { declareConformance } from "./declare-conformance.ts";
import { describeLinks } from "./describe-links.ts";
import { drawWatermark } from "./draw-watermark.ts";
import { markArtifacts } from "./mark-artifacts.ts";
import { mendStructure } from "./mend-structure.ts";
import { mendTables } from "./mend-tables.ts";
import { nameOutline } from "./name-outline.ts";
import { mendFonts, readContents } from "./page-contents.ts";
import { renumberElements } from "./renumber-elements.ts";
import { readStructure } from "./structure-tree.ts";
import { writeStructure } from "./write-structure.ts";

/** 16 bytes, as readers expect of an /ID. */
const ID_DIGITS = 32;

/** What was not printed but goes into the finished file. */
export interface FinishOptions {
  /** The words of every heading in order, for the outline. */
  readonly headings: readonly string[];
  /** A TrueType file whose outlines a watermark is drawn with. */
  readonly watermarkFont: string;
}

/**
 * Makes an archival file (PDF/A-3a, PDF/UA-1) of a printed PDF: what is no content is marked so, tags and links are mended, files attached,
 * metadata written. Its bytes depend on nothing but its content: dates come from `info`, the file's /ID is a hash of the file.
 * @throws RenderError when the PDF is not tagged or holds a Type 3 font, when its outline does not fit the headings, when a picture has
 * no alternative text, or when `info` cannot be put down; MissingGlyphError for a watermark that the font cannot draw
 */
export async function finishPdf(printed: Uint8Array, info: DocumentInfo, options: FinishOptions): Promise<Uint8Array> {
  const date = new Date(info.date);
  if (Number.isNaN(date.getTime())) throw new RenderError(`"${info.date}" is not a date; write ISO 8601 with an offset`);
  // In one go: it takes less time than the pauses would.
  const pdf = await PDFDocument.load(printed, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });
  refuseDrawnFonts(pdf);
  mendFonts(pdf);
  mendTags(pdf);
  renumberElements(pdf);
  nameOutline(pdf, options.headings);
  if (info.watermark !== undefined) await drawWatermark(pdf, info.watermark, options.watermarkFont);
  attachFiles(pdf, info.attachments, date);
  declareConformance(pdf, info, { creator: "biaogan", producer: `biaogan (${pdf.getProducer() ?? "Chromium"})`, date });
  return nameByContent(pdf);
}

/** @returns the file, with the hash of its bytes for an /ID: written in their place, so that it is put together only once */
async function nameByContent(pdf: PDFDocument): Promise<Uint8Array> {
  const blank = PDFHexString.of("0".repeat(ID_DIGITS));
  pdf.context.trailerInfo.ID = pdf.context.obj([blank, blank]);
  const file = Buffer.from(
    await pdf.save({ addDefaultPage: false, updateFieldAppearances: false, objectsPerTick: Number.POSITIVE_INFINITY }),
  );
  const id = createHash("sha256").update(file).digest("hex").slice(0, ID_DIGITS);
  const place = file.lastIndexOf(`${blank} ${blank}`);
  if (place < 0) throw new RenderError("the finished document has no place for its /ID");
  file.write(`<${id}> <${id}>`, place, "latin1");
  return file;
}

function mendTags(pdf: PDFDocument): void {
  const tree = readStructure(pdf);
  const contents = readContents(pdf);
  markArtifacts(pdf, tree, contents);
  mendStructure(pdf, tree);
  mendTables(pdf, tree);
  describeLinks(pdf, tree, contents);
  writeStructure(pdf, tree);
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
