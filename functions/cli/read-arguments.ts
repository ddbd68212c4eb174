import { isRealDate, parsePeriod } from "../core/calendar.ts";
import { type Edition, editionScopes, parseEditions } from "../core/edition.ts";
import { InputError } from "../core/errors.ts";
import type { Office } from "../core/office.ts";

/** @param text the value of `--period`, or of what else is named
 *  @returns the month with its first and last day
 *  @throws InputError when it is not a month that exists */
export function readMonth(text: string, option = "--period"): { id: string; start: string; end: string } {
  const period = parsePeriod(text);
  if (period?.frequency !== "M") throw argumentError(option, `"${text}" is not a month; write YYYY-MM, for example 2018-01`);
  return period;
}

/** @throws InputError when it is not a day that exists */
export function readDay(option: string, text: string): string {
  if (!isRealDate(text)) throw argumentError(option, `"${text}" is not a date that exists; write YYYY-MM-DD`);
  return text;
}

/** @param texts the values of `--edition`; none means the full edition in the office's language
 *  @returns each edition once, in the order named
 *  @throws InputError naming the editions there are */
export function readEditions(texts: readonly string[], office: Office): Edition[] {
  const editions = (texts.length > 0 ? texts : ["full"]).flatMap((text) => {
    const named = parseEditions(text, office);
    if (named.length > 0) return named;
    const subjects = [...office.themes.map((t) => `theme-${t.id}`), ...office.owners.map((o) => `owner-${o.id}`)];
    const known = `${editionScopes.join(", ")} and all, each also with -zh-CN or -en; one theme or owner by name: ${subjects.join(", ")}`;
    throw argumentError("--edition", `there is no edition "${text}"; there are ${known}`);
  });
  return [...new Map(editions.map((e) => [e.id, e])).values()];
}

export function argumentError(option: string, message: string): InputError {
  return new InputError([{ file: option, message }]);
}
