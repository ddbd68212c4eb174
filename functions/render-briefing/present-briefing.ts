import type { Signal } from "../core/assessment/assessment.ts";
import type { Briefing, BriefingItem, BriefingSeries } from "../core/briefing.ts";
import { drawSeries } from "./chart-drawing.ts";

/** The signal's shape, so that it is read without colour. All are in the fonts that ship. */
const marks: Readonly<Record<Signal, string>> = {
  ahead: "▲",
  "on track": "●",
  watch: "◆",
  "off track": "▼",
  achieved: "✓",
  failed: "×",
  "cannot judge": "○",
  "not scored": "–",
};

/** What the templates see: the briefing with signs, anchors and drawings added and every optional field present
 *  (strict templates stop at a field that is absent, so "nothing" is written as null). */
export function presentBriefing(briefing: Briefing) {
  return {
    ...briefing,
    office: { ...briefing.office, notice: briefing.office.notice ?? null },
    pageStrings: {
      running: cssString(`${briefing.office.series} · ${briefing.periodName}`),
      mark: cssString(briefing.office.fictional ? briefing.fictionalMark : ""),
    },
    counts: briefing.counts.map(withMark),
    highlights: briefing.highlights.map(presentItem),
    themes: briefing.themes.map((theme, index) => ({
      ...theme,
      number: index + 1,
      counts: theme.counts.map(withMark),
      groups: theme.groups.map((g) => ({ name: g.name ?? null, items: g.items.map(presentItem) })),
      series: theme.series.map(presentSeries),
    })),
    otherSeries: briefing.otherSeries.map(presentSeries),
  };
}

function presentItem(item: BriefingItem) {
  return {
    ...item,
    ...markOf(item.signal),
    members: item.members ?? null,
    note: item.note ?? null,
    formula: item.formula === "" ? null : item.formula,
  };
}

function presentSeries(series: BriefingSeries) {
  return {
    ...series,
    chart: drawSeries(series),
    target: series.target ?? null,
    hasProvisional: series.points.some((p) => p.status !== "A"),
  };
}

function withMark<T extends { readonly signal: Signal }>(count: T) {
  return { ...count, ...markOf(count.signal) };
}

function markOf(signal: Signal) {
  return { mark: marks[signal], signalClass: `signal-${signal.replaceAll(" ", "-")}` };
}

/** A CSS string of any text: every character that is no letter or digit is written as its code point. */
function cssString(text: string): string {
  const escaped = Array.from(text, (c) => (/[\p{L}\p{N}]/u.test(c) ? c : `\\${(c.codePointAt(0) ?? 0).toString(16)} `));
  return `"${escaped.join("")}"`;
}
