import { gapBetween } from "../assessment/benchmark-gap.ts";
import { commonPeriods } from "../assessment/judge-benchmark.ts";
import { textIn } from "../local-text.ts";
import { definitionName, hasRatio, type Metric } from "../metric.ts";
import { type Vintages, vintagesAt } from "../observation.ts";
import { periodName } from "../period-name.ts";
import type { Register } from "../ports.ts";
import { printDigits, unitName } from "../printed-amount.ts";
import type { BenchmarkTable } from "./briefing.ts";
import type { ComposeContext } from "./compose-context.ts";

type Row = BenchmarkTable["rows"][number];

/** The benchmarks that commitments name: places held up as examples, and by what they are to be compared. */
export interface NamedBenchmarks {
  readonly places: ReadonlySet<string>;
  readonly metrics: ReadonlySet<string>;
  /** Whether only what is named is wanted, or every place and metric that can be compared. */
  readonly onlyNamed: boolean;
}

/** Gap tables: for every metric that another place has a figure of, each place against the office's own area in the latest period that both
 *  have under one definition. Where there is none the row says why instead of comparing.
 *  @param named a place named as an example is shown under a metric named for comparing even when nothing is known of it
 *  @returns metrics in their own order; none when nothing can be said of any place */
export function composeBenchmarks(register: Register, named: NamedBenchmarks, context: ComposeContext): BenchmarkTable[] {
  const { office } = register;
  const places = office.areas.filter((a) => a.kind === "place" && a.id !== office.refArea);
  const byKey = Map.groupBy(register.observations, (o) => `${o.metric}|${o.refArea}`);
  const series = (metric: string, area: string) => vintagesAt(byKey.get(`${metric}|${area}`) ?? [], context.asOf);
  const known = new Set(
    register.observations.filter((o) => o.knownSince <= context.asOf && o.value !== null).map((o) => `${o.metric}|${o.refArea}`),
  );
  const wanted = register.metrics.filter((metric) => !named.onlyNamed || named.metrics.has(metric.id));
  return wanted.flatMap((metric) => {
    const shown = places.filter((p) => known.has(`${metric.id}|${p.id}`) && (!named.onlyNamed || named.places.has(p.id)));
    if (shown.length === 0 || !known.has(`${metric.id}|${office.refArea}`)) return [];
    const silent = named.metrics.has(metric.id) ? places.filter((p) => named.places.has(p.id) && !shown.includes(p)) : [];
    return [
      {
        metric: metric.id,
        name: textIn(metric.name, context.locale),
        unit: unitName(metric, context.locale),
        differenceUnit: metric.unit.id === "%" ? context.translate({ id: "unit.points" }) : unitName(metric, context.locale),
        rows: [...shown, ...silent].map((place) => composeRow(metric, place, { series, homeArea: office.refArea }, context)),
      },
    ];
  });
}

interface Sight {
  readonly homeArea: string;
  series(metric: string, area: string): Vintages[];
}

function composeRow(metric: Metric, place: Register["office"]["areas"][number], sight: Sight, context: ComposeContext): Row {
  const { locale, translate, sources } = context;
  const area = textIn(place.name, locale);
  const latest = commonPeriods(metric, place.id, sight).at(-1);
  if (!latest) return { area, refusal: explainRefusal(metric, place.id, sight, context) };
  const [home, other] = [latest.home.best, latest.other.best];
  const gap = gapBetween(home, other);
  // No more digits than the coarser of the two figures carries.
  const difference = { value: -gap.difference, decimals: Math.min(home.decimals, other.decimals) };
  return {
    area,
    gap: {
      period: periodName(latest.period, locale),
      home: printDigits(home, metric, locale),
      homeSource: sources.cite(home.source, home.knownSince),
      other: printDigits(other, metric, locale),
      otherSource: sources.cite(other.source, other.knownSince),
      difference: printDigits(difference, metric, locale),
      // Rates of growth and ranks are subtracted, never divided: 3.9 % is not "6.5 times" 0.6 %.
      ratio: (hasRatio(metric.shape) ? gap.ratio?.toFixed(2) : undefined) ?? translate({ id: "gap.no-ratio" }),
      status: translate({ id: "gap.status", values: { home: home.status, other: other.status } }),
    },
  };
}

/** Why two places are not compared: nothing known, no common period, or the same period under two definitions. */
function explainRefusal(metric: Metric, refArea: string, { series, homeArea }: Sight, { locale, translate }: ComposeContext): string {
  const [home, other] = [series(metric.id, homeArea), series(metric.id, refArea)];
  if (other.length === 0) return translate({ id: "gap.unknown" });
  const both = home.filter((h) => other.some((o) => o.period === h.period)).at(-1);
  if (!both) {
    const names = (list: readonly Vintages[]) => list.map((v) => periodName(v.period, locale)).join(translate({ id: "list.separator" }));
    return translate({ id: "gap.no-common-period", values: { home: names(home.slice(-3)), other: names(other.slice(-3)) } });
  }
  const definition = (v: Vintages | undefined) => definitionName(metric, v?.best.definition, locale) ?? "";
  const theirs = other.find((o) => o.period === both.period);
  return translate({
    id: "gap.definitions",
    values: { period: periodName(both.period, locale), home: definition(both), other: definition(theirs) },
  });
}
