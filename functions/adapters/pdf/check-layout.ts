import { LayoutError } from "../../core/errors.ts";
import { findLoneHeadings } from "./find-lone-headings.ts";
import { findOverlaps } from "./find-overlaps.ts";
import { makePageFinder } from "./find-page.ts";
import { type PageContent, readPages, type TextRun } from "./read-pages.ts";

/** Where the text of a page may stand: the distances of its edges from the paper's. */
export interface Margins {
  readonly topMm: number;
  readonly rightMm: number;
  readonly bottomMm: number;
  readonly leftMm: number;
}

/** A fault that was seen before there were pages. */
export interface Misplaced {
  /** The words it is about. */
  readonly words: string;
  /** The lines before them, from which the page can be told when they themselves were not printed. */
  readonly before: readonly string[];
  /** What is wrong with them, to go after the words. */
  readonly fault: string;
  /** Whether its frame has too little room for it. */
  readonly cutOff?: boolean;
}

export interface LayoutRules {
  readonly margins: Margins;
  readonly maxPages?: number | undefined;
  readonly misplaced: readonly Misplaced[];
}

const POINTS_PER_MM = 72 / 25.4;
const TOLERANCE_MM = 1;
const LONE = "what it heads begins on the next page";
const MAX_SHOWN = 30;

/**
 * Reads a tagged PDF page by page as its reader will see it.
 * @param signal stops the reading, with its reason as the error
 * @throws LayoutError with every fault: a heading that nothing follows on its page, text outside the text area or over other text, an empty
 * page, more pages than allowed, and what was misplaced before
 */
export async function checkLayout(pdf: Uint8Array, { margins, maxPages, misplaced }: LayoutRules, signal?: AbortSignal): Promise<void> {
  const pages = await readPages(pdf, signal);
  const pageOf = makePageFinder(pages);
  const beyond = maxPages !== undefined && pages.length > maxPages;
  const faults = [
    ...(beyond ? [`page ${maxPages + 1}: beyond the limit; there are ${pages.length} pages, ${maxPages} allowed`] : []),
    ...misplaced.map((one) => `${namePage(pageOf(one))}: ${quote(one.words)} ${one.fault}`),
    ...findLoneHeadings(pages).map(({ page, words }) => `page ${page}: the heading ${quote(words)} stands alone at the foot; ${LONE}`),
    ...pages.flatMap((page) => checkPage(page, margins, misplaced).map((fault) => `page ${page.number}: ${fault}`)),
  ];
  if (faults.length > 0) throw new LayoutError(faults, { tooLong: beyond || misplaced.some((one) => one.cutOff) });
}

function checkPage(page: PageContent, margins: Margins, misplaced: readonly Misplaced[]): string[] {
  const isNamed = (text: TextRun) => misplaced.some(({ words }) => words.includes(text.words));
  const told = page.texts.filter((text) => text.contentId !== undefined && !isNamed(text));
  return [
    ...(isEmpty(page, margins) ? ["nothing stands on this page"] : []),
    ...told.flatMap((text) => describeOutside(text, page, margins)),
    ...findOverlaps(page.texts).map(([over, under]) => `${quote(over.words)} is printed over ${quote(under.words)}`),
  ];
}

/** Page numbers and the like stand outside the text area. */
function isEmpty(page: PageContent, margins: Margins): boolean {
  return page.contents.length === 0 && page.texts.every((text) => Math.max(...sidesOutside(text, page, margins).map(([, mm]) => mm)) > 0);
}

function describeOutside(text: TextRun, page: PageContent, margins: Margins): string[] {
  const outside = sidesOutside(text, page, margins).filter(([, mm]) => mm > TOLERANCE_MM);
  return outside.map(([side, mm]) => `${quote(text.words)} stands ${mm.toFixed(1)} mm outside the text area, ${side}`);
}

function sidesOutside({ corners }: TextRun, page: PageContent, margins: Margins): [side: string, mm: number][] {
  const [xs, ys] = [corners.map(({ x }) => x / POINTS_PER_MM), corners.map(({ y }) => y / POINTS_PER_MM)];
  return [
    ["on the left", margins.leftMm - Math.min(...xs)],
    ["on the right", Math.max(...xs) - (page.widthPt / POINTS_PER_MM - margins.rightMm)],
    ["at the top", Math.max(...ys) - (page.heightPt / POINTS_PER_MM - margins.topMm)],
    ["at the foot", margins.bottomMm - Math.min(...ys)],
  ];
}

function namePage(number: number | undefined): string {
  return number === undefined ? "on no page" : `page ${number}`;
}

function quote(words: string): string {
  const letters = [...words];
  return letters.length > MAX_SHOWN ? `"${letters.slice(0, MAX_SHOWN).join("")}…"` : `"${words}"`;
}
