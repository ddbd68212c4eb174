import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  type PDFStream,
} from "@cantoo/pdf-lib";
import { type CharacterMap, mendCharacterMap, readCharacterMap } from "./character-map.ts";
import { type Replacement, replaceStretches } from "./content-stream.ts";
import { type Stretch, scanContent } from "./scan-content.ts";

/** A page, or a form that holds tagged stretches of its own, with its instructions. */
export interface ContentHolder {
  readonly ref: PDFRef;
  readonly content: string;
  readonly stretches: readonly Stretch[];
  /** The tagged ones by their number. */
  readonly tagged: ReadonlyMap<number, Stretch>;
}

const CONTENTS = PDFName.of("Contents");
const TO_UNICODE = PDFName.of("ToUnicode");

/** @returns every page and every form with tags, by its object */
export function readContents(pdf: PDFDocument): ReadonlyMap<PDFRef, ContentHolder> {
  const holders = new Map<PDFRef, ContentHolder>();
  const maps = new Map<PDFObject, CharacterMap>();
  const add = (ref: PDFRef, content: string, resources: PDFDict | undefined) => {
    const fonts = new Map(entriesAt(resources, "Font").map(([name, font]) => [name.asString(), readMap(pdf, font, maps)]));
    const taggedForms = entriesAt(resources, "XObject").filter(([, form]) => hasTags(pdf.context.lookup(form)));
    const stretches = scanContent(content, { fonts, taggedForms: new Set(taggedForms.map(nameOf)) });
    const tagged = new Map(stretches.flatMap((stretch) => (stretch.mcid === undefined ? [] : [[stretch.mcid, stretch] as const])));
    holders.set(ref, { ref, content, stretches, tagged });
  };
  for (const page of pdf.getPages()) add(page.ref, readInstructions(page.node.lookup(CONTENTS)), page.node.Resources());
  for (const [ref, object] of pdf.context.enumerateIndirectObjects()) {
    if (hasTags(object)) add(ref, decode(object), object.dict.lookupMaybe(PDFName.of("Resources"), PDFDict));
  }
  return holders;
}

/** Puts other instructions in place of some of a holder's. */
export function rewriteContent(pdf: PDFDocument, { ref, content }: ContentHolder, replacements: readonly Replacement[]): void {
  const bytes = Buffer.from(replaceStretches(content, replacements), "latin1");
  const object = pdf.context.lookup(ref);
  if (object instanceof PDFRawStream) {
    const {
      Length: _,
      Filter: __,
      ...entries
    } = Object.fromEntries(object.dict.entries().map(([key, value]) => [key.decodeText(), value]));
    pdf.context.assign(ref, pdf.context.flateStream(bytes, entries));
  } else if (object instanceof PDFDict) {
    for (const part of partsOf(object.get(CONTENTS), pdf)) pdf.context.delete(part);
    object.set(CONTENTS, pdf.context.register(pdf.context.flateStream(bytes)));
  }
}

/** Mends what the fonts say of their characters (see `mendCharacterMap`). */
export function mendFonts(pdf: PDFDocument): void {
  for (const [, object] of pdf.context.enumerateIndirectObjects()) {
    const ref = object instanceof PDFDict ? object.get(TO_UNICODE) : undefined;
    if (!(ref instanceof PDFRef)) continue;
    const source = decode(pdf.context.lookup(ref));
    const mended = mendCharacterMap(source);
    if (mended !== source) pdf.context.assign(ref, pdf.context.flateStream(Buffer.from(mended, "latin1")));
  }
}

function nameOf([name]: readonly [PDFName, PDFObject]): string {
  return name.asString();
}

function entriesAt(resources: PDFDict | undefined, key: string): [PDFName, PDFObject][] {
  return resources?.lookupMaybe(PDFName.of(key), PDFDict)?.entries() ?? [];
}

/** Skia gives a form a number for its tags when it has some. */
function hasTags(object: PDFObject | undefined): object is PDFRawStream {
  if (!(object instanceof PDFRawStream)) return false;
  return object.dict.get(PDFName.of("Subtype")) === PDFName.of("Form") && object.dict.has(PDFName.of("StructParents"));
}

function readMap(pdf: PDFDocument, font: PDFObject, known: Map<PDFObject, CharacterMap>): CharacterMap {
  const found = known.get(font);
  if (found) return found;
  const dict = pdf.context.lookup(font);
  const map = readCharacterMap(dict instanceof PDFDict ? decode(dict.lookup(TO_UNICODE)) : "");
  known.set(font, map);
  return map;
}

function partsOf(contents: PDFObject | undefined, pdf: PDFDocument): PDFRef[] {
  const object = pdf.context.lookup(contents);
  const refs = object instanceof PDFArray ? [contents, ...object.asArray()] : [contents];
  return refs.filter((ref) => ref instanceof PDFRef);
}

function readInstructions(contents: PDFObject | undefined): string {
  if (!(contents instanceof PDFArray)) return decode(contents);
  return Array.from({ length: contents.size() }, (_, index) => decode(contents.lookup(index))).join("\n");
}

function decode(stream: PDFObject | PDFStream | undefined): string {
  return stream instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(stream).decode()).toString("latin1") : "";
}
