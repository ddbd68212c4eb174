import type { Briefing } from "../briefing/briefing.ts";
import type { BriefingItem } from "../briefing/briefing-item.ts";
import type { BriefingSeries } from "../briefing/briefing-series.ts";
import { isStale } from "../briefing/stale-figure.ts";
import { ContentError } from "../errors.ts";

/** Looks a finished model over once more before it is printed, whatever composed it: nothing may be shown that a reader cannot check or
 *  would take for something else.
 *  @throws ContentError naming each figure without a source, each source without an address, each empty chart and each stale figure that
 *  is shown as current */
export function checkBriefing(briefing: Briefing): void {
  const items = briefing.themes.flatMap((t) => [...t.groups.flatMap((g) => g.items), ...t.open]);
  const series = [...briefing.themes.flatMap((t) => t.series), ...briefing.otherSeries];
  const faults = [
    ...checkSources(briefing, items, series),
    ...series.flatMap((s) => checkChart(s)),
    ...series.flatMap((s) => checkAge(s, briefing)),
  ];
  if (faults.length > 0) throw new ContentError(faults);
}

function checkSources(briefing: Briefing, items: readonly BriefingItem[], series: readonly BriefingSeries[]): string[] {
  const listed = new Set(briefing.sources.map((s) => s.number));
  const gaps = briefing.benchmarks.flatMap((b) =>
    b.rows.flatMap((row) =>
      "gap" in row ? [cited(`${b.name}, ${row.area}`, row.gap.homeSource), cited(`${b.name}, ${row.area}`, row.gap.otherSource)] : [],
    ),
  );
  const citations = [
    ...items.flatMap((i) => [...i.sources, ...i.alsoKnown.map((k) => k.source)].map((n) => cited(i.title, n))),
    ...series.flatMap((s) => s.points.flatMap((p) => [p, ...p.superseded].map((f) => cited(`${s.name}, ${p.periodName}`, f.source)))),
    ...gaps,
  ];
  const missing = citations.filter(({ source }) => !listed.has(source));
  const nowhere = [
    ...briefing.sources.filter((s) => !/^https?:\/\/./.test(s.url)).map((s) => `source ${s.number}, "${s.title}"`),
    ...briefing.observations.filter((o) => !/^https?:\/\/./.test(o.sourceUrl)).map((o) => `${o.metricName}, ${o.period}: ${o.value}`),
  ];
  return [
    ...missing.map(({ place, source }) => `${place}: cites source ${source}, which is not in the list`),
    ...nowhere.map((place) => `${place}: has no source that can be opened`),
    ...items.filter((i) => i.formula !== "" && i.sources.length === 0).map((i) => `${i.title}: computes with figures that have no source`),
  ];
}

function cited(place: string, source: number): { place: string; source: number } {
  return { place, source };
}

function checkChart({ name, chart, points }: BriefingSeries): string[] {
  if (!chart) return [];
  const drawn = points.slice(-chart.points).filter((p) => Number.isFinite(p.value));
  return drawn.length < 2 ? [`${name}: the chart is empty (${drawn.length} of ${points.length} points can be drawn)`] : [];
}

/** Found anew from the model's own figures, so that a mark that composing forgot is missed here. */
function checkAge({ metric, name, points, stale, staleMark }: BriefingSeries, { observations, asOf }: Briefing): string[] {
  const newest = points.at(-1);
  const frequency = observations.find((o) => o.metric === metric)?.frequency;
  if (!newest || !frequency || !isStale(newest.period, frequency, asOf)) return [];
  return stale && staleMark ? [] : [`${name}: the figure for ${newest.periodName} is too old to be shown as current, and is not marked`];
}
