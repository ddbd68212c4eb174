import type { Content, Heading, PageContent } from "./read-pages.ts";

export interface LoneHeading {
  readonly page: number;
  readonly words: string;
}

interface Shown extends Content {
  readonly page: number;
  readonly words: string;
}

/** @returns each heading of which nothing but lower headings, and heads of tables without a row, stands on its page. A heading that heads
 *  nothing at all ("No change since May") is a sentence and may stand anywhere */
export function findLoneHeadings(pages: readonly PageContent[]): LoneHeading[] {
  const shown = pages.flatMap(listShown);
  const headings = new Map<Heading, number>();
  for (const [index, { heading }] of shown.entries()) if (heading !== undefined) headings.set(heading, index);
  return [...headings].flatMap(([heading, last]) => {
    const next = shown.slice(last + 1).find((content) => endsSearch(content, heading));
    const page = shown[last]?.page ?? 0;
    if (next === undefined || next.heading !== undefined || next.page === page) return [];
    const parts = shown.filter((content) => content.heading === heading);
    return [{ page, words: parts.map(({ words }) => words).join("") }];
  });
}

/** What a heading heads, or the next one that is not below it. */
function endsSearch({ heading, isTableHead }: Content, above: Heading): boolean {
  return heading === undefined ? !isTableHead : heading.level <= above.level;
}

function listShown({ number, texts, contents }: PageContent): Shown[] {
  const wordsOf = new Map<string, string>();
  for (const { contentId, words } of texts) {
    if (contentId !== undefined) wordsOf.set(contentId, `${wordsOf.get(contentId) ?? ""}${words}`);
  }
  const shown = contents.filter(({ id, isFigure }) => isFigure || wordsOf.has(id));
  return shown.map((content) => ({ ...content, page: number, words: wordsOf.get(content.id) ?? "" }));
}
