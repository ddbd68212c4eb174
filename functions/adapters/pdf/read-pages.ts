import { withPdf } from "./open-pdf.ts";

type Reader = Parameters<Parameters<typeof withPdf>[1]>[0];
type ReaderPage = Awaited<ReturnType<Reader["getPage"]>>;
type TextContent = Awaited<ReturnType<ReaderPage["getTextContent"]>>;
type StructNode = NonNullable<Awaited<ReturnType<ReaderPage["getStructTree"]>>>;

/** From the lower left corner of the page, in points, up and to the right. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Words that were set in one go. */
export interface TextRun {
  readonly words: string;
  /** What the structure tree calls the content this is part of; absent for what no reader is told, such as page numbers. */
  readonly contentId: string | undefined;
  /** Corners around the letters, lower left first, in the text's own direction: without the room that a font keeps above and below them. */
  readonly corners: readonly Point[];
  readonly sizePt: number;
}

/** One heading, or the part of it that stands on one page. */
export interface Heading {
  /** 1 for the highest. */
  readonly level: number;
}

/** A leaf of the structure tree. */
export interface Content {
  readonly id: string;
  /** What it is part of, if it is part of a heading. */
  readonly heading: Heading | undefined;
  readonly isFigure: boolean;
  /** Part of a row of headers only, which tells nothing without the rows below it. */
  readonly isTableHead: boolean;
}

export interface PageContent {
  /** From 1. */
  readonly number: number;
  readonly widthPt: number;
  readonly heightPt: number;
  /** In the order of painting. */
  readonly texts: readonly TextRun[];
  /** In the order of reading. */
  readonly contents: readonly Content[];
}

/** How far letters reach below and above the line they stand on, in parts of their size. */
const [DESCENT, ASCENT] = [-0.15, 0.8];
/** Chinese marks whose other half is blank: Chromium sets the next letter into it, or lets it go over the margin. */
const [BLANK_BEFORE, BLANK_AFTER] = [/^[“‘（《〈〔「『【]/, /[，。、；：？！”’）》〉〕」』】]$/];

/** @param signal stops the reading before the next page, with its reason as the error
 *  @returns text and structure of every page of a tagged PDF */
export async function readPages(pdf: Uint8Array, signal?: AbortSignal): Promise<PageContent[]> {
  return withPdf(pdf, async (reader) => {
    const pages: PageContent[] = [];
    for (let number = 1; number <= reader.numPages; number++) {
      signal?.throwIfAborted();
      const page = await reader.getPage(number);
      const { width: widthPt, height: heightPt } = page.getViewport({ scale: 1 });
      const texts = listTexts(await page.getTextContent({ includeMarkedContent: true, disableNormalization: true }));
      pages.push({ number, widthPt, heightPt, texts, contents: listContents(await page.getStructTree()) });
      page.cleanup();
    }
    return pages;
  });
}

function listTexts({ items }: TextContent): TextRun[] {
  const open: (string | undefined)[] = [];
  return items.flatMap((item) => {
    if ("str" in item) return item.str.trim() === "" ? [] : [placeText(item, open.at(-1))];
    if (item.type === "endMarkedContent") open.pop();
    else open.push(item.type === "beginMarkedContentProps" ? item.id : open.at(-1));
    return [];
  });
}

function placeText(
  { str, transform, width }: Extract<TextContent["items"][number], { str: string }>,
  contentId: string | undefined,
): TextRun {
  const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = transform.map(Number);
  const scale = Math.hypot(a, b);
  // Straight up from the line, for letters that slant do not stand on more room.
  const sizePt = (a * d - b * c) / scale;
  const up = { x: (-b / scale) * sizePt, y: (a / scale) * sizePt };
  const corner = (along: number, rise: number) => ({
    x: x + (a / scale) * along + up.x * rise,
    y: y + (b / scale) * along + up.y * rise,
  });
  const blank = Math.min(scale, width) / 2;
  const start = BLANK_BEFORE.test(str) ? blank : 0;
  const end = BLANK_AFTER.test(str) ? width - blank : width;
  const corners = [corner(start, DESCENT), corner(end, DESCENT), corner(end, ASCENT), corner(start, ASCENT)];
  return { words: str.trim(), contentId, sizePt: Math.abs(sizePt), corners };
}

/** What a leaf inherits from the elements around it. */
type Surroundings = Omit<Content, "id">;

function listContents(root: StructNode | null): Content[] {
  function* below(node: StructNode, around: Surroundings): Generator<Content> {
    const [, level] = /^H([1-6])$/.exec(node.role) ?? [];
    const heading = level === undefined ? around.heading : { level: Number(level) };
    const isTableHead = around.isTableHead || (node.role === "TR" && node.children.every((cell) => "role" in cell && cell.role === "TH"));
    const inside = { heading, isTableHead, isFigure: around.isFigure || node.role === "Figure" };
    for (const child of node.children) {
      if ("role" in child) yield* below(child, inside);
      else if (child.type === "content") yield { id: child.id, ...inside };
    }
  }
  return root === null ? [] : [...below(root, { heading: undefined, isTableHead: false, isFigure: false })];
}
