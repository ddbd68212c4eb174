import { PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFObject, PDFRef, PDFStream } from "@cantoo/pdf-lib";
import { RenderError } from "../../core/errors.ts";
import type { StructureContent, StructureElement, StructureObject, StructureTree } from "./structure-tree.ts";

/** What leads back from drawing to its element: of a page or form by the numbers of its stretches, of an annotation as a whole. */
type Parents = Map<number, PDFRef | PDFRef[]>;

/** Writes the tags back, with the tables that lead from a page's drawing to its elements. */
export function writeStructure(pdf: PDFDocument, { root, kids, spent }: StructureTree): void {
  const { context } = pdf;
  const parents: Parents = new Map();
  for (const kid of kids) writeElement(pdf, kid, context.getObjectRef(root), parents);
  root.set(PDFName.of("K"), context.obj(kids.map(({ ref }) => ref)));
  const numbers = [...parents].toSorted(([a], [b]) => a - b);
  const entries = numbers.flatMap(([number, parent]) => [PDFNumber.of(number), parent instanceof PDFRef ? parent : fillGaps(parent)]);
  const old = root.get(PDFName.of("ParentTree"));
  const tree = context.obj({ Nums: entries });
  if (old instanceof PDFRef) context.assign(old, tree);
  else root.set(PDFName.of("ParentTree"), context.register(tree));
  for (const ref of spent) context.delete(ref);
}

/** Stretches that were no content have no element any more. */
function fillGaps(parents: readonly PDFRef[]): (PDFRef | null)[] {
  return Array.from(parents, (ref) => ref ?? null);
}

function writeElement(pdf: PDFDocument, element: StructureElement, parent: PDFRef | undefined, parents: Parents): void {
  const { ref, dict, type, kids } = element;
  const page = kids.find((kid) => kid.kind !== "element")?.page;
  dict.set(PDFName.of("S"), PDFName.of(type));
  if (parent) dict.set(PDFName.of("P"), parent);
  if (page) dict.set(PDFName.of("Pg"), page);
  else dict.delete(PDFName.of("Pg"));
  const [only, ...others] = kids.map((kid) => (kid.kind === "element" ? kid.ref : writeReference(pdf, kid, page)));
  if (only === undefined) dict.delete(PDFName.of("K"));
  else dict.set(PDFName.of("K"), others.length === 0 ? only : pdf.context.obj([only, ...others]));
  for (const kid of kids) {
    if (kid.kind === "element") writeElement(pdf, kid, ref, parents);
    else noteParent(pdf, kid, ref, parents);
  }
}

function writeReference(pdf: PDFDocument, kid: StructureContent | StructureObject, page: PDFRef | undefined): PDFObject {
  const onPage = kid.page === page ? {} : { Pg: kid.page };
  if (kid.kind === "object") return pdf.context.obj({ Type: "OBJR", ...onPage, Obj: kid.ref });
  if (kid.page === page && kid.holder === kid.page) return PDFNumber.of(kid.mcid);
  const inForm = kid.holder === kid.page ? {} : { Stm: kid.holder };
  return pdf.context.obj({ Type: "MCR", ...onPage, ...inForm, MCID: kid.mcid });
}

function noteParent(pdf: PDFDocument, kid: StructureContent | StructureObject, parent: PDFRef, parents: Parents): void {
  if (kid.kind === "object") {
    parents.set(readNumber(pdf, kid.ref, "StructParent"), parent);
    return;
  }
  const number = readNumber(pdf, kid.holder, "StructParents");
  const known = parents.get(number);
  const ofHolder = Array.isArray(known) ? known : [];
  ofHolder[kid.mcid] = parent;
  parents.set(number, ofHolder);
}

/** @returns under which number the file lists what belongs to a page, a form or an annotation */
function readNumber(pdf: PDFDocument, ref: PDFRef, key: string): number {
  const object = pdf.context.lookup(ref);
  const dict = object instanceof PDFStream ? object.dict : object;
  const number = dict instanceof PDFDict ? dict.lookupMaybe(PDFName.of(key), PDFNumber) : undefined;
  if (!number) throw new RenderError(`the printed document's structure names ${ref}, which has no ${key}`);
  return number.asNumber();
}
