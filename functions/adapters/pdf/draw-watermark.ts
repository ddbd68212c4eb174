import { readFile } from "node:fs/promises";
import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, type PDFRef } from "@cantoo/pdf-lib";
import { create, type Font } from "fontkit";
import { MissingGlyphError, RenderError } from "../../core/errors.ts";
import { drawOutlines } from "./draw-outlines.ts";

/** Dark enough to be seen on a copy, light enough to read what lies below. */
const TONE = { red: 0.72, opacity: 0.2 };
/** Share of the page's diagonal that the words fill, and in points how high they may be. */
const SHARE = 0.72;
const MAX_SIZE = 120;
/** The name of the drawing, its layer and its tone among a page's resources. */
const NAME = PDFName.of("Watermark");

/**
 * Sets words across every page, in a layer of their own that is named after them. They are drawn as outlines: no font is added, and what is
 * searched, copied or read aloud stays as it was.
 * @param fontFile a TrueType file
 * @throws MissingGlyphError when the font lacks one of the characters
 */
export async function drawWatermark(pdf: PDFDocument, words: string, fontFile: string): Promise<void> {
  const font = create(await readFile(fontFile));
  if ("fonts" in font) throw new RenderError(`${fontFile} holds several fonts; a watermark needs one`);
  refuseMissing(words, font);
  const { instructions, width, height } = drawOutlines(words, font);
  const { context } = pdf;
  const shape = { Type: "XObject", Subtype: "Form", BBox: [0, -height / 2, width, height] };
  const form = context.register(context.flateStream(Buffer.from(instructions), shape));
  const resources = { ExtGState: context.register(context.obj({ ca: TONE.opacity })), Properties: addLayer(pdf, words), XObject: form };
  const before = context.register(context.stream("q"));
  const after = new Map<string, PDFRef>();
  for (const page of pdf.getPages()) {
    const { width: pageWidth, height: pageHeight } = page.getSize();
    const size = `${pageWidth} ${pageHeight}`;
    const drawing = after.get(size) ?? context.register(context.flateStream(placeAcross(pageWidth, pageHeight, width)));
    after.set(size, drawing);
    addResources(page.node.Resources() ?? context.obj({}), resources);
    const contents = page.node.get(PDFName.of("Contents"));
    const printed = contents instanceof PDFArray ? contents.asArray() : contents === undefined ? [] : [contents];
    page.node.set(PDFName.of("Contents"), context.obj([before, ...printed, drawing]));
  }
}

function refuseMissing(words: string, font: Font): void {
  const missing = [...new Set(words)].filter((character) => font.glyphForCodePoint(character.codePointAt(0) ?? 0).id === 0);
  if (missing.length > 0) throw new MissingGlyphError(missing);
}

/** @returns the layer's object */
function addLayer({ context, catalog }: PDFDocument, words: string): PDFRef {
  const name = PDFHexString.fromText(words);
  const usage = { Print: { Subtype: "Watermark", PrintState: "ON" }, View: { ViewState: "ON" } };
  const layer = context.register(context.obj({ Type: "OCG", Name: name, Usage: usage }));
  catalog.set(PDFName.of("OCProperties"), context.obj({ OCGs: [layer], D: { Name: name, Order: [layer], ON: [layer] } }));
  return layer;
}

function addResources(resources: PDFDict, added: Readonly<Record<string, PDFRef>>): void {
  for (const [key, ref] of Object.entries(added)) {
    const kind = resources.lookupMaybe(PDFName.of(key), PDFDict) ?? resources.context.obj({});
    kind.set(NAME, ref);
    resources.set(PDFName.of(key), kind);
  }
}

/** @param width of the words at one point
 *  @returns instructions that undo what the page has set and draw the words from its lower left to its upper right */
function placeAcross(pageWidth: number, pageHeight: number, width: number): string {
  const diagonal = Math.hypot(pageWidth, pageHeight);
  const size = Math.min(MAX_SIZE, (diagonal * SHARE) / width);
  const [cos, sin] = [(pageWidth / diagonal) * size, (pageHeight / diagonal) * size];
  const [x, y] = [pageWidth / 2 - (cos * width) / 2, pageHeight / 2 - (sin * width) / 2];
  const matrix = [cos, sin, -sin, cos, x, y].map((number) => number.toFixed(3)).join(" ");
  return `Q
/Artifact <</Type /Pagination /Subtype /Watermark>> BDC
/OC ${NAME} BDC
q ${matrix} cm ${NAME} gs ${TONE.red} 0 0 rg ${NAME} Do Q
EMC
EMC`;
}
