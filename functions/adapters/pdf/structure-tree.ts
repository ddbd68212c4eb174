import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFObject, PDFRef } from "@cantoo/pdf-lib";
import { RenderError } from "../../core/errors.ts";

/** A node of the document's logical structure: a heading, a table's cell, a figure. */
export interface StructureElement {
  readonly kind: "element";
  readonly ref: PDFRef;
  /** Its attributes; type, parent and kids are written from here. */
  readonly dict: PDFDict;
  /** For example `P`, `TD`. */
  type: string;
  kids: StructureKid[];
}

/** A stretch of drawing on a page that belongs to an element. */
export interface StructureContent {
  readonly kind: "content";
  readonly page: PDFRef;
  /** The page, or the form that is drawn on it, whose instructions hold the stretch. */
  readonly holder: PDFRef;
  /** Number of the stretch within its holder. */
  readonly mcid: number;
}

/** An annotation, here always a link's rectangle, that belongs to an element. */
export interface StructureObject {
  readonly kind: "object";
  readonly page: PDFRef;
  readonly ref: PDFRef;
}

export type StructureKid = StructureElement | StructureContent | StructureObject;

/** The tags of a document, to be changed in place and then written back. */
export interface StructureTree {
  readonly root: PDFDict;
  readonly kids: StructureElement[];
  /** Objects of the file that only the old form needed. */
  readonly spent: Set<PDFRef>;
}

const [K, PG] = [PDFName.of("K"), PDFName.of("Pg")];

/** @throws RenderError when the document is not tagged */
export function readStructure(pdf: PDFDocument): StructureTree {
  const root = pdf.catalog.lookupMaybe(PDFName.of("StructTreeRoot"), PDFDict);
  if (!root) throw new RenderError("the printed document has no tags; it could not be read aloud or archived");
  const spent = new Set<PDFRef>();
  const kids = readKids(pdf, root.get(K), undefined, spent).filter(isElement);
  return { root, kids, spent };
}

export function isElement(kid: StructureKid): kid is StructureElement {
  return kid.kind === "element";
}

/** @returns the elements below, parents before their kids, in reading order */
export function* elementsOf(kids: readonly StructureKid[]): Generator<StructureElement> {
  for (const kid of kids) {
    if (!isElement(kid)) continue;
    yield kid;
    yield* elementsOf(kid.kids);
  }
}

/** @returns all drawing that belongs to the element or to one below it, in reading order */
export function contentsOf(element: StructureElement): StructureContent[] {
  return element.kids.flatMap((kid) => (kid.kind === "element" ? contentsOf(kid) : kid.kind === "content" ? [kid] : []));
}

/** @returns a new element, not yet anybody's kid */
export function makeElement(pdf: PDFDocument, type: string, kids: StructureKid[] = []): StructureElement {
  const dict = pdf.context.obj({ Type: PDFName.of("StructElem") });
  return { kind: "element", ref: pdf.context.register(dict), dict, type, kids };
}

function readKids(pdf: PDFDocument, value: PDFObject | undefined, page: PDFRef | undefined, spent: Set<PDFRef>): StructureKid[] {
  const object = pdf.context.lookup(value);
  if (object instanceof PDFArray) {
    if (value instanceof PDFRef) spent.add(value);
    return object.asArray().flatMap((kid) => readKids(pdf, kid, page, spent));
  }
  if (object instanceof PDFNumber && page) return [{ kind: "content", page, holder: page, mcid: object.asNumber() }];
  if (!(object instanceof PDFDict)) return [];
  const ownPage = refAt(object, PG) ?? page;
  const type = object.lookupMaybe(PDFName.of("Type"), PDFName)?.asString();
  if (type === "/MCR" || type === "/OBJR") {
    if (value instanceof PDFRef) spent.add(value);
    return ownPage ? [readReference(object, ownPage)] : [];
  }
  if (!(value instanceof PDFRef)) throw new RenderError("an element of the printed document's structure has no number");
  const kids = readKids(pdf, object.get(K), ownPage, spent);
  return [{ kind: "element", ref: value, dict: object, type: object.lookup(PDFName.of("S"), PDFName).decodeText(), kids }];
}

function readReference(dict: PDFDict, page: PDFRef): StructureContent | StructureObject {
  const ref = refAt(dict, PDFName.of("Obj"));
  if (ref) return { kind: "object", page, ref };
  const mcid = dict.lookup(PDFName.of("MCID"), PDFNumber).asNumber();
  return { kind: "content", page, holder: refAt(dict, PDFName.of("Stm")) ?? page, mcid };
}

function refAt(dict: PDFDict, key: PDFName): PDFRef | undefined {
  const value = dict.get(key);
  return value instanceof PDFRef ? value : undefined;
}
