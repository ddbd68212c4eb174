import type { ReportedMail } from "../deliver-briefing/report-mail.ts";
import { writeTable } from "./write-table.ts";

type Row = ReportedMail & { readonly address: string | null };

/** @returns how many mails there are of each outcome that occurs */
export function countOutcomes(mails: readonly ReportedMail[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of mails) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** Writes what became of each mail for a terminal. What a reader does not get for one and the same reason stands on one line: who has subscribed to
 *  everything and rests does not fill the screen. */
export function writeReport(rows: readonly Row[]): string {
  const lines = [...Map.groupBy(rows, lineOf).values()].flatMap((mails) => {
    const [first] = mails;
    if (!first) return [];
    const edition = mails.length === 1 ? first.edition : `${first.edition} and ${mails.length - 1} more`;
    return [[first.recipient, first.address ?? "–", edition, first.outcome, first.reason ?? first.way ?? first.state ?? ""]];
  });
  return writeTable([["READER", "ADDRESS", "EDITION", "OUTCOME", "WHY"], ...lines]);
}

function lineOf({ recipient, edition, outcome, reason }: Row): string {
  return JSON.stringify(outcome === "withheld" ? [recipient, outcome, reason] : [recipient, edition]);
}
