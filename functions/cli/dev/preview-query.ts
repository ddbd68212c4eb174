import { type Edition, listEditions, parseEditions } from "../../core/edition.ts";
import { InputError } from "../../core/errors.ts";
import type { Office } from "../../core/office.ts";
import type { Register } from "../../core/ports.ts";
import { readDay, readMonth } from "../read-arguments.ts";
import type { Wanted } from "./preview-session.ts";

/** The address names what there is not. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}

type Query = Readonly<Record<string, string>>;

/** Reads what an address asks for: `period` (default: the month in which something last became known), `as-of` (default: the month's last
 *  day), `edition` (default: the full one) and `language`, for an edition that does not name its own.
 *  @throws QueryError in words */
export function readWanted(query: Query, register: Register): Wanted {
  try {
    const { id: period, end } = readMonth(query["period"] || latestMonth(register), "period");
    const asOf = query["as-of"] ? readDay("as-of", query["as-of"]) : end;
    return { period, asOf, edition: readEdition(query, register.office) };
  } catch (cause) {
    if (cause instanceof InputError) throw new QueryError(cause.message, { cause });
    throw cause;
  }
}

function readEdition(query: Query, office: Office): Edition {
  const name = query["edition"] || "full";
  const language = query["language"];
  const inLanguage = language ? parseEditions(`${name}-${language}`, office) : [];
  const named = inLanguage.length > 0 ? inLanguage : parseEditions(name, office);
  const [edition, ...others] = named;
  if (edition && others.length === 0) return edition;
  const there = (edition ? named : listEditions(office)).map((e) => e.id).join(", ");
  throw new QueryError(
    edition ? `edition: "${name}" is several: ${there}; name one` : `edition: there is no "${name}"; there are ${there}`,
  );
}

/** @returns the month in which something last became known, YYYY-MM */
export function latestMonth({ office, speeches, observations, evidence }: Register): string {
  const days = [...speeches.map((s) => s.date.value), ...observations.map((o) => o.knownSince), ...evidence.map((e) => e.knownSince)];
  return days.reduce((latest, day) => (day > latest ? day : latest), office.firstIssue).slice(0, 7);
}
