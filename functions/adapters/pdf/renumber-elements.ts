import { PDFArray, PDFDict, type PDFDocument, type PDFObject, PDFString } from "@cantoo/pdf-lib";

/** Chromium names the elements of a tagged PDF after numbers that its page happened to get, which differ by a few from run to run:
 *  `(node00000051)`. Names them anew from 1, in the same order, wherever they are named (elements, table headers, the ID tree). */
export function renumberElements(pdf: PDFDocument): void {
  const places = [...findNames(pdf)];
  const names = [...new Set(places.map((p) => p.name))].toSorted();
  const numbers = new Map(names.map((name, index) => [name, `node${String(index + 1).padStart(8, "0")}`]));
  for (const { name, replace } of places) replace(PDFString.of(numbers.get(name) ?? name));
}

interface Place {
  readonly name: string;
  readonly replace: (renamed: PDFString) => void;
}

function* findNames(pdf: PDFDocument): Generator<Place> {
  for (const [, object] of pdf.context.enumerateIndirectObjects()) yield* namesIn(object);
}

function* namesIn(object: PDFObject): Generator<Place> {
  if (object instanceof PDFDict) {
    for (const [key, value] of object.entries()) yield* namesAt(value, (renamed) => object.set(key, renamed));
  } else if (object instanceof PDFArray) {
    for (const [index, value] of object.asArray().entries()) yield* namesAt(value, (renamed) => object.set(index, renamed));
  }
}

function* namesAt(value: PDFObject, replace: Place["replace"]): Generator<Place> {
  const name = value instanceof PDFString ? value.asString() : "";
  if (/^node\d{8}$/.test(name)) yield { name, replace };
  else yield* namesIn(value);
}
