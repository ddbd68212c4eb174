import { decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFName, type PDFPage, PDFRawStream } from "@cantoo/pdf-lib";

/** What a reader of a PDF meets, taken from the file itself, without a foreign tool. */
export interface ReadPdf {
  /** Text of each page, in the order it is drawn, without the spaces that only positions make. */
  readonly pages: readonly string[];
  /** `/Subtype` and `/BaseFont` of every font. */
  readonly fonts: readonly { readonly subtype: string; readonly name: string }[];
  readonly document: PDFDocument;
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const fonts = document.context.enumerateIndirectObjects().flatMap(([, object]) => {
    if (!(object instanceof PDFDict) || object.get(PDFName.of("Type")) !== PDFName.of("Font")) return [];
    return [{ subtype: String(object.get(PDFName.of("Subtype"))), name: String(object.get(PDFName.of("BaseFont"))) }];
  });
  return { pages: document.getPages().map(readPageText), fonts, document };
}

function readPageText(page: PDFPage): string {
  const fonts = readPageFonts(page);
  let font: Map<string, string> | undefined;
  let text = "";
  for (const [, name, shown = ""] of readPageContent(page).matchAll(/(\/\w+) [\d.]+ Tf|(<[0-9A-Fa-f]+>|\[[^\]]*\]) T[jJ]/g)) {
    if (name !== undefined) font = fonts.get(name);
    const glyphs = [...shown.matchAll(/<([0-9A-Fa-f]+)>/g)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []);
    text += glyphs.map((glyph) => font?.get(glyph.toUpperCase()) ?? "").join("");
  }
  return text;
}

/** @returns for each font name of the page, its glyphs' characters */
function readPageFonts(page: PDFPage): Map<string, Map<string, string>> {
  const fonts = new Map<string, Map<string, string>>();
  const resources = page.node.Resources()?.lookupMaybe(PDFName.of("Font"), PDFDict);
  for (const [name, reference] of resources?.entries() ?? []) {
    const toUnicode = page.doc.context.lookup(reference, PDFDict).lookup(PDFName.of("ToUnicode"));
    if (toUnicode instanceof PDFRawStream) fonts.set(name.asString(), readCharacterMap(decode(toUnicode)));
  }
  return fonts;
}

function readPageContent(page: PDFPage): string {
  const contents = page.node.Contents();
  const streams = contents instanceof PDFArray ? contents.asArray().map((part) => page.doc.context.lookup(part)) : [contents];
  return streams.flatMap((stream) => (stream instanceof PDFRawStream ? [decode(stream)] : [])).join("\n");
}

/** Reads the `bfchar` and `bfrange` entries that Skia writes: two bytes a glyph. */
function readCharacterMap(source: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const [, block = ""] of source.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph = "", text = ""] of block.matchAll(/<(\w+)> <(\w+)>/g)) map.set(glyph.toUpperCase(), decodeUtf16(text));
  }
  for (const [, block = ""] of source.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = "", to = "", text = ""] of block.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
      const first = Number.parseInt(from, 16);
      for (let glyph = first; glyph <= Number.parseInt(to, 16); glyph += 1) {
        const codePoint = (decodeUtf16(text).codePointAt(0) ?? 0) + glyph - first;
        map.set(glyph.toString(16).toUpperCase().padStart(4, "0"), String.fromCodePoint(codePoint));
      }
    }
  }
  return map;
}

function decodeUtf16(hex: string): string {
  return Buffer.from(hex, "hex").swap16().toString("utf16le");
}

function decode(stream: PDFRawStream): string {
  return Buffer.from(decodePDFRawStream(stream).decode()).toString("latin1");
}
