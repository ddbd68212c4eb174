import { type Locale, textIn } from "../local-text.ts";
import type { Briefing } from "./briefing.ts";
import type { Judged } from "./judged.ts";

/** What is above and below the statements on a leader's page and does not depend on them, in points: masthead 95, title and finding 60,
 *  headings and heads of tables 115, who gets it 16. */
const fixedPt = 286;
/** 297 − 18 − 16 mm. */
const pagePt = 745;
/** A table row's padding and rule. */
const rowPt = 4;
/** A source is a line and a half of 7 pt in one of two columns. */
const sourcePt = 9.5;
/** Height of a line in the page's tables, and how much a line of each column holds: a Chinese character counts 2, any other 1. */
const type: Readonly<Record<Locale, { linePt: number; names: number; grounds: number; ask: number }>> = {
  "zh-CN": { linePt: 12.6, names: 78, grounds: 60, ask: 26 },
  en: { linePt: 10.8, names: 86, grounds: 64, ask: 32 },
};
const mostItems = 5;
const mostChanges = 3;

/** Chooses what a leader's page shows with its grounds: of the gravest statements as many as fit on one A4, five at most. It is an
 *  estimate on the safe side; a page that would not do after all stops the printing.
 *  @param weighed the gravest first */
export function chooseForLeader(
  weighed: readonly Judged[],
  { overview, changes }: Pick<Briefing, "overview" | "changes">,
  locale: Locale,
): Judged[] {
  const { linePt, names, grounds, ask } = type[locale];
  const row = (lines: number) => lines * linePt + rowPt;
  const lanes = overview.lanes.map((lane) => row(linesOf(lane.items.map((i) => `✓ ${i.title}　`).join(""), names)));
  const turns = changes.items.slice(0, mostChanges).map((c) => row(linesOf(c.title, names)));
  let left = pagePt - fixedPt - sum(lanes) - sum(turns);
  const asks = new Map(overview.decisions.map((d) => [d.commitmentId, `${d.ask}${d.owner}`]));
  const chosen: Judged[] = [];
  for (const judged of weighed.slice(0, mostItems)) {
    const { commitment, assessment } = judged;
    const said = linesOf(`${textIn(commitment.title, locale)}　${assessment.explanation} [1]`, grounds);
    const wanted = linesOf(asks.get(commitment.id) ?? "", ask) + 1;
    const urls = new Set([...assessment.inputs, ...assessment.evidence].map((fact) => fact.sourceUrl));
    left -= row(Math.max(said, wanted, 2)) + urls.size * sourcePt;
    if (left < 0) break;
    chosen.push(judged);
  }
  return chosen;
}

function linesOf(text: string, width: number): number {
  const units = Array.from(text).reduce((total, c) => total + (/[⺀-鿿＀-￯　-〿“”]/u.test(c) ? 2 : 1), 0);
  return Math.max(1, Math.ceil(units / width));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
