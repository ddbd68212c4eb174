import type { Locale } from "./local-text.ts";
import type { Office } from "./office.ts";

/** The editions that can be made: audience × scope. A new one is a line here and a template. */
export const editionScopes = ["full"] as const;
type EditionScope = (typeof editionScopes)[number];

/** Audience × scope × language. */
export interface Edition {
  readonly scope: EditionScope;
  readonly locale: Locale;
  /** For keys and file names: `full-zh-CN`. */
  readonly id: string;
}

/** Reads `full` (in the office's own language) or `full-en`.
 *  @returns undefined when there is no such edition */
export function parseEdition(text: string, office: Pick<Office, "language">): Edition | undefined {
  const scope = editionScopes.find((s) => text === s || text.startsWith(`${s}-`));
  if (!scope) return undefined;
  const locale = text === scope ? office.language : text.slice(scope.length + 1);
  if (locale !== "zh-CN" && locale !== "en") return undefined;
  return { scope, locale, id: `${scope}-${locale}` };
}
