import { endOfPreviousMonth, parsePeriod } from "../../core/calendar.ts";
import { editionScopes, listEditions } from "../../core/edition.ts";
import { type Locale, textIn } from "../../core/local-text.ts";
import type { Office } from "../../core/office.ts";
import { periodName } from "../../core/period-name.ts";
import type { Register } from "../../core/ports.ts";
import { latestMonth } from "./preview-query.ts";
import type { Wanted } from "./preview-session.ts";

/** So many months are offered; any other can still be named in the address. */
const mostMonths = 600;

/** The page's address and those of its two panes carry the same query. */
function queryOf({ period, asOf, edition }: Wanted): string {
  return new URLSearchParams({ period, ...(asOf === monthEnd(period) ? {} : { "as-of": asOf }), edition: edition.id }).toString();
}

/** What the page around the preview shows: what can be chosen, what is chosen, and the addresses of the two panes. */
export function viewShell(wanted: Wanted, register: Register, nonce: string) {
  const { office } = register;
  const { edition, period, asOf } = wanted;
  const { locale, scope, subject } = edition;
  const query = queryOf(wanted);
  return {
    locale,
    nonce,
    office: textIn(office.name, locale),
    periods: listMonths(office.firstIssue, latestMonth(register), period).map((id) => ({
      id,
      name: periodName(id, locale),
      chosen: id === period,
    })),
    previous: `/?${queryOf(inMonth(wanted, monthOf(endOfPreviousMonth(period))))}`,
    next: `/?${queryOf(inMonth(wanted, followingMonth(period)))}`,
    asOf: asOf === monthEnd(period) ? "" : asOf,
    lastDay: monthEnd(period),
    editions: editionScopes.map((group) => ({
      id: `dev.scope.${group}`,
      choices: listChoices(office, group, locale).map((c) => ({ ...c, chosen: group === scope && c.subject === (subject ?? null) })),
    })),
    languages: (["zh-CN", "en"] as const).map((id) => ({ id, name: languageNames[id], chosen: id === locale })),
    html: `/preview/html?${query}`,
    pdf: `/preview/pdf?${query}`,
  };
}

/** The same while the office's folder has not been right once: the panes say what is wrong with it.
 *  @param url what was asked for */
export function viewBareShell(url: string, nonce: string) {
  const { search } = new URL(url);
  return { locale: "en", nonce, office: null, html: `/preview/html${search}`, pdf: `/preview/pdf${search}` } as const;
}

/** Each language by its own name. */
const languageNames: Readonly<Record<Locale, string>> = { "zh-CN": "中文", en: "English" };

function listChoices(office: Office, scope: (typeof editionScopes)[number], locale: Locale) {
  const subjects = [...office.themes.map((t) => ({ scope: "theme", ...t })), ...office.owners.map((o) => ({ scope: "owner", ...o }))];
  return listEditions(office)
    .filter((e) => e.scope === scope && e.locale === locale)
    .map(({ subject }) => {
      const named = subjects.find((s) => s.scope === scope && s.id === subject);
      return {
        subject: subject ?? null,
        id: subject === undefined ? scope : `${scope}-${subject}`,
        name: named ? textIn(named.name, locale) : null,
      };
    });
}

/** From the first issue to the last month of which anything is known, newest first, with the one that is chosen. */
function listMonths(first: string, last: string, chosen: string): string[] {
  const months = [last];
  for (let month = last; month > first && months.length < mostMonths; ) {
    month = monthOf(endOfPreviousMonth(month));
    months.push(month);
  }
  return [...new Set([...months, chosen])].toSorted().toReversed();
}

/** A day that was named is kept only for its own month. */
function inMonth(wanted: Wanted, period: string): Wanted {
  return { ...wanted, period, asOf: monthEnd(period) };
}

function followingMonth(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12 ? `${String(year + 1).padStart(4, "0")}-01` : `${month.slice(0, 4)}-${String(number + 1).padStart(2, "0")}`;
}

function monthOf(day: string): string {
  return day.slice(0, 7);
}

function monthEnd(month: string): string {
  return parsePeriod(month)?.end ?? month;
}
