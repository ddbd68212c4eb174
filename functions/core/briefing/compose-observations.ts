import { knownFigureOf, knownInputOf, vintageKey } from "../known-figure.ts";
import { type Locale, textIn } from "../local-text.ts";
import type { Metric } from "../metric.ts";
import { type Figure, publishedDigits, vintagesAt } from "../observation.ts";
import type { Register } from "../ports.ts";
import type { ObservationRow } from "./briefing.ts";
import type { BriefingSeries } from "./briefing-series.ts";
import type { Judged } from "./judged.ts";

/** Every figure behind the edition: of each metric and area that a verdict rests on or a chart shows, all that was known at `asOf`, the
 *  figures that lost to others included.
 *  @returns by metric, area and period; of one period the figure that counts first */
export function composeObservations(
  register: Register,
  judged: readonly Judged[],
  series: readonly BriefingSeries[],
  { asOf, locale }: { asOf: string; locale: Locale },
): ObservationRow[] {
  const inputs = judged.flatMap((j) => j.assessment.inputs);
  const deciding = new Set(inputs.filter((i) => i.role === "decides").map((i) => vintageKey(knownInputOf(i))));
  const areas = new Map(register.office.areas.map((a) => [textIn(a.name, locale), a.id]));
  const used = new Set([
    ...inputs.map((i) => `${i.metric}|${i.refArea}`),
    ...series.map((s) => `${s.metric}|${areas.get(s.area) ?? register.office.refArea}`),
  ]);
  const byUse = Map.groupBy(register.observations, (o) => `${o.metric}|${o.refArea}`);
  return register.metrics.flatMap((metric) =>
    [...used]
      .filter((use) => use.startsWith(`${metric.id}|`))
      .toSorted()
      .flatMap((use) => vintagesAt(byUse.get(use) ?? [], asOf))
      .flatMap(({ best, others }) =>
        // Where a target names a definition, a figure under it decides, though another one is the period's best.
        [best, ...others].map((figure, index) => {
          const role = deciding.has(vintageKey(knownFigureOf(figure))) ? "decides" : index === 0 ? "shown" : "superseded";
          return toRow(figure, metric, role, locale);
        }),
      ),
  );
}

function toRow(figure: Figure, metric: Metric, role: ObservationRow["role"], locale: Locale): ObservationRow {
  const { refArea, period, unit, status, knownSince, definition, source } = figure;
  return {
    metric: metric.id,
    metricName: textIn(metric.name, locale),
    frequency: metric.frequency,
    refArea,
    period,
    value: publishedDigits(figure),
    unit,
    status,
    knownSince,
    ...(definition === undefined ? {} : { definition }),
    role,
    sourceTitle: source.title,
    sourceUrl: source.url,
    sourceQuote: source.quote,
    sourceRank: source.rank,
  };
}
