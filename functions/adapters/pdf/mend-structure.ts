import { type PDFDocument, PDFName } from "@cantoo/pdf-lib";
import { RenderError } from "../../core/errors.ts";
import { elementsOf, isElement, makeElement, type StructureElement, type StructureKid, type StructureTree } from "./structure-tree.ts";

/** Types that Chromium writes and PDF 1.7 does not have → the nearest that it has. */
const ROLES: Readonly<Record<string, string>> = { Aside: "Div", Em: "Span", Strong: "Span" };

const WITHIN_A_LINE = ["Link", "Span", "Em", "Strong", "Code", "Quote", "Reference", "Note"];
/** Words may lie in these as they are, and nothing in them is a paragraph of its own. */
const HOLDS_WORDS = new Set(["P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", ...WITHIN_A_LINE]);
/** These hold paragraphs, so that words lying in them are one. */
const HOLDS_PARAGRAPHS = new Set(["Document", "Part", "Art", "Sect", "Div", "Aside", "BlockQuote", "NonStruct"]);
/** The keys of an element that says nothing but that something lies in it. */
const PLAIN_KEYS = new Set(["Type", "S", "P", "K", "Pg"]);

/**
 * Brings Chromium's tags into the form that PDF/UA wants: a list's items have bodies, only pictures are figures, every type is known, words
 * lie in paragraphs. Elements without a meaning of their own (one for each run of words, for each `div`) go, which halves the tags.
 * @throws RenderError for a picture without an alternative text
 */
export function mendStructure(pdf: PDFDocument, tree: StructureTree): void {
  for (const element of tree.kids) mendElement(pdf, element, tree.spent);
  const used = new Set([...elementsOf(tree.kids)].map(({ type }) => type));
  const roles = Object.entries(ROLES).filter(([type]) => used.has(type));
  if (roles.length > 0)
    tree.root.set(PDFName.of("RoleMap"), pdf.context.obj(Object.fromEntries(roles.map(([type, role]) => [type, PDFName.of(role)]))));
}

function mendElement(pdf: PDFDocument, element: StructureElement, spent: StructureTree["spent"]): void {
  if (element.type === "Figure") mendFigure(element);
  const kids = element.kids.flatMap((kid) => mendKid(pdf, kid, HOLDS_WORDS.has(element.type), spent));
  element.kids = HOLDS_PARAGRAPHS.has(element.type) ? gatherWords(pdf, kids) : element.type === "LI" ? giveBody(pdf, kids) : kids;
}

/** A `figure` is made of a picture and its words; PDF calls the picture alone one. */
function mendFigure(element: StructureElement): void {
  if (element.kids.some(isElement)) element.type = "Div";
  else if (!element.dict.has(PDFName.of("Alt"))) {
    throw new RenderError('a picture has no alternative text; give its svg role="img" and an aria-label that says what it shows');
  }
}

/** @param withinWords whether it lies in a paragraph or the like
 *  @returns what is to stand in its place */
function mendKid(pdf: PDFDocument, kid: StructureKid, withinWords: boolean, spent: StructureTree["spent"]): StructureKid[] {
  if (!isElement(kid)) return [kid];
  if (kid.type !== "NonStruct" || !isPlain(kid)) {
    mendElement(pdf, kid, spent);
    return [kid];
  }
  spent.add(kid.ref);
  if (!kid.kids.some(isElement)) return kid.kids;
  const kids = kid.kids.flatMap((inner) => mendKid(pdf, inner, withinWords, spent));
  return withinWords ? kids : gatherWords(pdf, kids);
}

function isPlain({ dict }: StructureElement): boolean {
  return dict.keys().every((key) => PLAIN_KEYS.has(key.decodeText()));
}

/** Puts words that lie side by side into a paragraph. */
function gatherWords(pdf: PDFDocument, kids: readonly StructureKid[]): StructureKid[] {
  const gathered: StructureKid[] = [];
  let paragraph: StructureElement | undefined;
  for (const kid of kids) {
    if (isElement(kid) && !WITHIN_A_LINE.includes(kid.type)) paragraph = undefined;
    else if (paragraph === undefined) {
      paragraph = makeElement(pdf, "P");
      gathered.push(paragraph);
    }
    (paragraph?.kids ?? gathered).push(kid);
  }
  return gathered;
}

function giveBody(pdf: PDFDocument, kids: readonly StructureKid[]): StructureKid[] {
  const isPart = (kid: StructureKid) => isElement(kid) && (kid.type === "Lbl" || kid.type === "LBody");
  const rest = kids.filter((kid) => !isPart(kid));
  return rest.length === 0 ? [...kids] : [...kids.filter(isPart), makeElement(pdf, "LBody", rest)];
}
