import { type Signal, signalSchema } from "../core/assessment/assessment.ts";
import type { Change } from "../core/compare-assessments.ts";
import type { FigureEvent } from "../core/figure-events.ts";
import type { ReplayedMonth, ReplayWords } from "../core/replay-register.ts";
import { wrapText } from "./wrap-text.ts";

/** Writes a replay for a terminal of 80 columns. Commitments that a new speech brings are counted, not listed: `--json` has them all. */
export function writeReplay(months: readonly ReplayedMonth[], words: ReplayWords): string {
  return months.map((month) => monthLines(month, words).join("\n")).join("\n\n");
}

function monthLines({ month, counts, changes, figures }: ReplayedMonth, words: ReplayWords): string[] {
  const appeared = changes.filter((c) => c.from === null);
  return [
    `== ${month}`,
    ...wrapText(countText(counts, words), "  "),
    ...(appeared.length > 0 ? wrapText(words.translate({ id: "change.appeared-count", values: { count: appeared.length } }), "  ") : []),
    ...changes.filter((c) => c.from !== null).flatMap((c) => changeLines(c, words)),
    ...figures.flatMap(figureLines),
  ];
}

function countText(counts: Readonly<Record<Signal, number>>, { translate }: ReplayWords): string {
  return signalSchema.options
    .filter((s) => counts[s] > 0)
    .map((s) => `${translate({ id: `signal.${s}` })} ${counts[s]}`)
    .join(" · ");
}

function changeLines({ commitmentId, from, to, causes, because, quote }: Change, { translate }: ReplayWords): string[] {
  const standing = (s: Change["from"]) =>
    s ? `${translate({ id: `verdict.${s.verdict}` })} (${translate({ id: `signal.${s.signal}` })})` : "–";
  const same = from && to && from.verdict === to.verdict && from.signal === to.signal;
  const why = causes.map((c) => translate({ id: `cause.${c}` })).join(" · ");
  return [
    ...wrapText(`* ${commitmentId}: ${same ? standing(to) : `${standing(from)} → ${standing(to)}`} [${why}]`, "  ", "    "),
    ...wrapText(quote, "    "),
    ...wrapText(because, "    "),
  ];
}

function figureLines({ because, commitments }: FigureEvent): string[] {
  return wrapText(`+ ${because}${commitments.length > 0 ? ` (${commitments.join(", ")})` : ""}`, "  ", "    ");
}
