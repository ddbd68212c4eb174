import type { PageContent } from "./read-pages.ts";

/** How many letters of words that are cut off are enough to find them by. */
const BEGINNING = 8;

/** @returns a function that tells the number of the page on which words stand: by the lines before them together with them, and by those
 *  lines alone when the words themselves were lost */
export function makePageFinder(pages: readonly PageContent[]): (place: { words: string; before: readonly string[] }) => number | undefined {
  const texts = pages.map((page) => ({ number: page.number, text: fold(inReadingOrder(page)) }));
  return ({ words, before }) => {
    // From the longest, which is the surest, to the nearest, which is the likeliest to be on the same page.
    const contexts = before.map((_, index) => fold(before.slice(index).join("")));
    const own = fold(words);
    const signs = [
      ...contexts.map((context) => context + own),
      own,
      ...contexts,
      own.slice(0, BEGINNING),
      ...before.map(fold).toReversed(),
    ];
    for (const sign of signs) {
      const page = texts.find(({ text }) => sign !== "" && text.includes(sign));
      if (page) return page.number;
    }
    return before.length === 0 ? 1 : undefined;
  };
}

function inReadingOrder({ texts, contents }: PageContent): string {
  const order = new Map(contents.map(({ id }, index) => [id, index]));
  const place = (contentId: string | undefined) => order.get(contentId ?? "") ?? order.size;
  return texts
    .toSorted((a, b) => place(a.contentId) - place(b.contentId))
    .map(({ words }) => words)
    .join("");
}

function fold(text: string): string {
  return text.normalize("NFKC").replaceAll(/\s/g, "");
}
