import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, type PDFObject, type PDFRef, PDFString } from "@cantoo/pdf-lib";

/** What an element holds: another element, a stretch of the first page, or a stretch of another page, from 0. */
export type Kid = Tag | number | { readonly page: number; readonly mcid: number } | { readonly link: string };

/** An element of a document's structure, as Chromium writes it. */
export interface Tag {
  readonly type: string;
  readonly kids?: readonly Kid[];
  readonly alt?: string;
  /** The name of a column's head. */
  readonly id?: string;
  /** The names of a cell's heads. */
  readonly headers?: readonly string[];
}

export function tag(type: string, ...kids: Kid[]): Tag {
  return { type, kids };
}

/** Instructions that show words and carry a number; without one they are not tagged. */
export function words(text: string, mcid?: number): string {
  const shown = `BT\n/F1 12 Tf\n1 0 0 1 50 700 Tm\n<${[...text].map((c) => c.charCodeAt(0).toString(16).padStart(4, "0")).join("")}> Tj\nET`;
  return mcid === undefined ? shown : `/NonStruct <</MCID ${mcid} >>BDC\n${shown}\nEMC`;
}

/** Instructions that fill a rectangle, tagged when they carry a number. */
export function rectangle(mcid?: number): string {
  return mcid === undefined ? "10 10 5 5 re\nf" : `/Table <</MCID ${mcid} >>BDC\n10 10 5 5 re\nf\nEMC`;
}

/** Draws a small tagged document in the way Chromium prints one.
 *  @param pages the instructions of each page
 *  @param extra changes the document before it is written */
export async function drawTagged(
  pages: readonly string[],
  tags: readonly Tag[],
  extra: (pdf: PDFDocument) => void = () => {},
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const { context } = pdf;
  const toUnicode = context.register(context.flateStream("1 beginbfrange\n<0020> <ffff> <0020>\nendbfrange"));
  const font = context.register(context.obj({ Type: "Font", Subtype: "Type0", BaseFont: "Sample", ToUnicode: toUnicode }));
  for (const [index, content] of pages.entries()) {
    const { node } = pdf.addPage([595, 842]);
    node.set(PDFName.of("Resources"), context.obj({ Font: { F1: font } }));
    node.set(PDFName.of("Contents"), context.register(context.flateStream(content)));
    node.set(PDFName.of("StructParents"), context.obj(index));
  }
  const root = context.obj({ Type: "StructTreeRoot" });
  root.set(PDFName.of("K"), context.obj(tags.map((each) => writeTag(pdf, each))));
  pdf.catalog.set(PDFName.of("StructTreeRoot"), context.register(root));
  extra(pdf);
  return pdf.save();
}

function writeTag(pdf: PDFDocument, { type, kids = [], alt, id, headers }: Tag): PDFRef {
  const { context } = pdf;
  const attributes = headers
    ? [{ O: "Table", Headers: headers.map((name) => PDFString.of(name)) }]
    : id
      ? [{ O: "Table", Scope: "Column" }]
      : [];
  const dict = context.obj({ Type: "StructElem", S: type, Pg: pdf.getPage(0).ref });
  if (alt !== undefined) dict.set(PDFName.of("Alt"), PDFHexString.fromText(alt));
  if (id !== undefined) dict.set(PDFName.of("ID"), PDFString.of(id));
  if (attributes.length > 0) dict.set(PDFName.of("A"), context.obj(attributes));
  dict.set(PDFName.of("K"), context.register(context.obj(kids.map((kid) => writeKid(pdf, kid)))));
  return context.register(dict);
}

function writeKid(pdf: PDFDocument, kid: Kid): PDFObject {
  if (typeof kid === "number") return pdf.context.obj(kid);
  if ("type" in kid) return writeTag(pdf, kid);
  if ("link" in kid) return pdf.context.obj({ Type: "OBJR", Obj: addLink(pdf, kid.link) });
  return pdf.context.obj({ Type: "MCR", Pg: pdf.getPage(kid.page).ref, MCID: kid.mcid });
}

/** Puts a link to an address on the first page. */
export function addLink(pdf: PDFDocument, address: string): PDFRef {
  const action = { S: "URI", URI: PDFString.of(address) };
  const page = pdf.getPage(0).node;
  const number = 100 + (page.Annots()?.size() ?? 0);
  const link = pdf.context.register(
    pdf.context.obj({ Type: "Annot", Subtype: "Link", StructParent: number, Rect: [0, 0, 9, 9], A: action }),
  );
  page.addAnnot(link);
  return link;
}

/** @returns the structure as text, an element a line, indented; the stretches of a page as `page:number` */
export function readTags(pdf: PDFDocument): string[] {
  return readLines(pdf, pdf.catalog.lookup(PDFName.of("StructTreeRoot"), PDFDict), undefined).map((line) => line.slice(1));
}

function readLines(pdf: PDFDocument, element: PDFDict, name: string | undefined): string[] {
  const kids = element.lookup(PDFName.of("K"));
  const list = kids instanceof PDFArray ? kids.asArray() : kids === undefined ? [] : [kids];
  const own = element.get(PDFName.of("Pg"));
  const lines = list.flatMap((kid) => readLine(pdf, pdf.context.lookup(kid), own));
  return [...(name === undefined ? [] : [name]), ...lines.map((line) => ` ${line}`)];
}

function readLine(pdf: PDFDocument, kid: PDFObject | undefined, page: PDFObject | undefined): string[] {
  const numberOf = (ref: PDFObject | undefined) => pdf.getPages().findIndex((each) => each.ref === ref);
  if (!(kid instanceof PDFDict)) return [`${numberOf(page)}:${kid}`];
  if (kid.has(PDFName.of("S"))) return readLines(pdf, kid, kid.lookup(PDFName.of("S"), PDFName).decodeText());
  if (kid.has(PDFName.of("Obj"))) return ["link"];
  return [`${numberOf(kid.get(PDFName.of("Pg")) ?? page)}:${kid.get(PDFName.of("MCID"))}`];
}
