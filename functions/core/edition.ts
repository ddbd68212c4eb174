import type { Locale } from "./local-text.ts";
import type { Office } from "./office.ts";

/** The editions that can be made, by whom they are for. A new one is a name here, a line in `editionForms`, and its words in the locales. */
export const editionScopes = ["full", "one-page", "theme", "owner"] as const;
export type EditionScope = (typeof editionScopes)[number];

/** Which template prints an edition, and how many pages stop the printing: a leader's page is one page, and what is far longer than ever
 *  before is a mistake. */
export const editionForms: Readonly<Record<EditionScope, { readonly template: string; readonly maxPages: number }>> = {
  full: { template: "briefing/full", maxPages: 200 },
  "one-page": { template: "briefing/one-page", maxPages: 1 },
  theme: { template: "briefing/part", maxPages: 100 },
  owner: { template: "briefing/part", maxPages: 100 },
};

/** Audience × scope × language. */
export interface Edition {
  readonly scope: EditionScope;
  /** The theme or the owner that the edition is about, one of the office's; absent where it is about everything. */
  readonly subject?: string;
  readonly locale: Locale;
  /** For keys and file names: `full-zh-CN`, `theme-strength-en`. */
  readonly id: string;
}

const locales: readonly Locale[] = ["zh-CN", "en"];

/** Every edition that the office's briefing can be made in, in its own language and then in the others. */
export function listEditions(office: Pick<Office, "language" | "themes" | "owners">): Edition[] {
  const subjects: Readonly<Record<EditionScope, readonly string[] | undefined>> = {
    full: undefined,
    "one-page": undefined,
    theme: office.themes.map((t) => t.id),
    owner: office.owners.map((o) => o.id),
  };
  const ownFirst = locales.toSorted((a, b) => Number(b === office.language) - Number(a === office.language));
  return ownFirst.flatMap((locale) =>
    editionScopes.flatMap((scope): Edition[] => {
      const own = subjects[scope];
      if (!own) return [{ scope, locale, id: `${scope}-${locale}` }];
      return own.map((subject) => ({ scope, subject, locale, id: `${scope}-${subject}-${locale}` }));
    }),
  );
}

/** Reads an edition's name, or the name of several: `full`, `theme-strength`, `owner-finance-en`; `theme` is one edition a theme,
 *  `all-en` everything there is in English. Without a language it is the office's own.
 *  @returns none when there is no such edition */
export function parseEditions(text: string, office: Pick<Office, "language" | "themes" | "owners">): Edition[] {
  const editions = listEditions(office);
  const named = (name: string) => editions.filter((e) => e.id === name);
  // A name in full goes before a name that may be read as a group: an office may have a theme called "en".
  const exact = [...named(text), ...named(`${text}-${office.language}`)];
  if (exact[0]) return [exact[0]];
  return editions.filter(({ scope, locale }) => {
    const groups = [scope, "all"];
    return groups.some((group) => text === `${group}-${locale}` || (text === group && locale === office.language));
  });
}
