import type { Signal } from "../core/assessment/assessment.ts";
import type { Briefing } from "../core/briefing.ts";
import type { BriefingItem } from "../core/briefing-item.ts";
import type { Locale } from "../core/local-text.ts";
import { presentSeries } from "./present-series.ts";

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

/** What the templates see: the briefing with signs, numbers of sections, anchors and drawings added and every optional field present
 *  (strict templates stop at a field that is absent, so "nothing" is written as null). */
export function presentBriefing(briefing: Briefing) {
  const { locale } = briefing;
  // Sections after the themes, each numbered only where it is printed.
  let next = briefing.themes.length;
  const number = (index: number) => sectionNumber(index, locale);
  const numberIf = (printed: boolean) => number(printed ? next++ : next);
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
      number: number(index),
      counts: theme.counts.map(withMark),
      groups: theme.groups.map((g) => ({ name: g.name ?? null, items: g.items.map(presentItem) })),
      open: theme.open.map(presentItem),
      series: theme.series.map((s) => presentSeries(s, "full")),
    })),
    otherSeries: briefing.otherSeries.map((s) => presentSeries(s, "half")),
    sources: briefing.sources.map((s) => ({ ...s, address: readableAddress(s.url) })),
    changes: { ...briefing.changes, items: briefing.changes.items.map((c) => ({ ...c, from: withMark(c.from), to: withMark(c.to) })) },
    benchmarks: briefing.benchmarks.map((b) => ({
      ...b,
      rows: b.rows.map((r) => ("gap" in r ? { area: r.area, gap: r.gap, refusal: null } : { area: r.area, gap: null, refusal: r.refusal })),
    })),
    numbers: {
      benchmarks: numberIf(briefing.benchmarks.length > 0),
      otherSeries: numberIf(briefing.otherSeries.length > 0),
      cannotJudge: numberIf(true),
      methods: numberIf(true),
      sources: numberIf(true),
    },
  };
}

function presentItem(item: BriefingItem) {
  const { members, note, formula, signal, signalName, verdictName } = item;
  // A checked fact has no progress to signal, and one word need not be said twice.
  const heading = signal === "not scored" ? verdictName : signalName;
  return {
    ...item,
    ...markOf(signal),
    heading,
    subheading: heading === verdictName ? null : verdictName,
    citations: joinRuns(item.sources),
    // The common reasons are explained once, in the list of what cannot be judged.
    reasonIsOwn: item.sources.length > 0 || item.verdict === "not scored" || item.verdict === "no data",
    members: members ?? null,
    note: note ?? null,
    formula: formula === "" ? null : formula,
  };
}

function withMark<T extends { readonly signal: Signal }>(count: T) {
  return { ...count, ...markOf(count.signal) };
}

function markOf(signal: Signal) {
  return { mark: marks[signal], signalClass: `signal-${signal.replaceAll(" ", "-")}` };
}

/** [1, 4, 5, 6] → 1 and 4–6, each linked to its first source. */
function joinRuns(numbers: readonly number[]): { label: string; first: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && number === run.last + 1) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs.map(({ first, last }) => ({ first, label: first === last ? `${first}` : `${first}–${last}` }));
}

/** 一、 and so on in Chinese (GB/T 9704's first level), 1. in English. */
function sectionNumber(index: number, locale: Locale): string {
  if (locale === "en") return `${index + 1}. `;
  const digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
  const [tens, ones] = [Math.floor((index + 1) / 10), (index + 1) % 10];
  return `${tens === 0 ? "" : `${tens === 1 ? "" : digits[tens]}十`}${digits[ones]}、`;
}

/** The address with its percent signs read back into characters; as it is where they are no text. */
function readableAddress(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** A CSS string of any text: every character that is no letter or digit is written as its code point. */
function cssString(text: string): string {
  const escaped = Array.from(text, (c) => (/[\p{L}\p{N}]/u.test(c) ? c : `\\${(c.codePointAt(0) ?? 0).toString(16)} `));
  return `"${escaped.join("")}"`;
}
