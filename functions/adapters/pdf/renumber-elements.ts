import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef, PDFString } from "@cantoo/pdf-lib";
import { elementsOf, readStructure } from "./structure-tree.ts";

const ID = PDFName.of("ID");

/** Chromium names the elements of a tagged PDF after numbers that its page happened to get: `(node00000051)`. They differ from run to run,
 *  and so does their order when the page was changed between two prints. Names them anew from 1 in reading order, wherever they are named
 *  (elements, table headers), and writes the tree that finds an element by its name. */
export function renumberElements(pdf: PDFDocument): void {
  const { root, kids } = readStructure(pdf);
  const named = [...elementsOf(kids)].filter(({ dict }) => nameOf(dict.get(ID)) !== undefined);
  const numbers = new Map(named.map(({ dict }, index) => [nameOf(dict.get(ID)), `node${String(index + 1).padStart(8, "0")}`]));
  removeTree(pdf, root.get(PDFName.of("IDTree")));
  for (const { name, replace } of [...findNames(pdf)]) replace(PDFString.of(numbers.get(name) ?? name));
  // Eight digits each: the order of the numbers is the order of the names, which a name tree must have.
  const names = named.flatMap(({ ref }, index) => [PDFString.of(`node${String(index + 1).padStart(8, "0")}`), ref]);
  if (names.length > 0) root.set(PDFName.of("IDTree"), pdf.context.register(pdf.context.obj({ Names: names })));
}

/** Takes the old tree out of the file, node by node. */
function removeTree(pdf: PDFDocument, node: PDFObject | undefined): void {
  const dict = pdf.context.lookupMaybe(node, PDFDict);
  for (const kid of dict?.lookupMaybe(PDFName.of("Kids"), PDFArray)?.asArray() ?? []) removeTree(pdf, kid);
  if (node instanceof PDFRef) pdf.context.delete(node);
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
  const name = nameOf(value);
  if (name !== undefined) yield { name, replace };
  else yield* namesIn(value);
}

function nameOf(value: PDFObject | undefined): string | undefined {
  const name = value instanceof PDFString ? value.asString() : "";
  return /^node\d{8}$/.test(name) ? name : undefined;
}
