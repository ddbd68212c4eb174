import type { Source } from "../source.ts";

/** A source as it will be listed: a page, with every passage of it that was used. */
export interface ListedSource {
  readonly number: number;
  readonly source: Source;
  readonly knownSince: string;
  readonly quotes: readonly string[];
}

/** Numbers sources in the order in which they are first cited, one number an address. */
export class SourceList {
  readonly #byUrl = new Map<string, { number: number; source: Source; knownSince: string; quotes: Set<string> }>();

  /** @returns the source's number, from 1 */
  cite(source: Source, knownSince: string): number {
    const known = this.#byUrl.get(source.url);
    if (known) {
      known.quotes.add(source.quote);
      return known.number;
    }
    const number = this.#byUrl.size + 1;
    this.#byUrl.set(source.url, { number, source, knownSince, quotes: new Set([source.quote]) });
    return number;
  }

  list(): ListedSource[] {
    return [...this.#byUrl.values()].map((entry) => ({ ...entry, quotes: [...entry.quotes] }));
  }
}
