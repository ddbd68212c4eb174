import { compareDates, sameLength } from "../calendar.ts";
import type { Commitment } from "../commitment.ts";
import { comparableSeries } from "../comparable-series.ts";
import { textIn } from "../local-text.ts";
import { definitionName, definitionsComparable, type Metric } from "../metric.ts";
import { type Figure, type Vintages, vintagesAt } from "../observation.ts";
import { dayName, periodName } from "../period-name.ts";
import type { Register } from "../ports.ts";
import { groupsThousands, inPrintedUnit, printDigits, unitName } from "../printed-amount.ts";
import type { BriefingSeries } from "./briefing-series.ts";
import { chartAxis, chartForm, drawnPoints } from "./chart-form.ts";
import type { ComposeContext } from "./compose-context.ts";
import { periodTick } from "./period-tick.ts";
import { seriesFinding } from "./series-finding.ts";
import { drawnTargets, type SaidTarget, targetsOf, toSeriesTarget } from "./series-targets.ts";
import { isStale } from "./stale-figure.ts";

/** Everything known of one metric in one area for periods of one length: that of the longest comparable run. What cannot be compared
 *  (another definition, after a break) is a run of its own beside it.
 *  @param commitments those judged in this briefing; their targets for the metric and area are drawn into its chart
 *  @returns undefined when nothing is known; and, of a metric that no commitment uses, when no two figures can be compared */
export function composeSeries(
  metric: Metric,
  area: string,
  register: Register,
  commitments: readonly Commitment[],
  context: ComposeContext,
): BriefingSeries | undefined {
  const known = vintagesAt(
    register.observations.filter((o) => o.metric === metric.id && o.refArea === area),
    context.asOf,
  );
  const length = comparableSeries(known, metric)[0]?.[0]?.period;
  if (length === undefined) return undefined;
  const shown = known.filter((v) => sameLength(v.period, length));
  const runs = comparableSeries(shown, metric);
  const said = targetsOf(metric.id, area, register.office.refArea, commitments);
  if (runs[0]?.length === 1 && said.length === 0 && !isProxy(metric.id, area, register.office.refArea, commitments)) return undefined;
  return compose({ metric, area, register, runs, said, leftOut: known.length - shown.length }, context);
}

interface Material {
  readonly metric: Metric;
  readonly area: string;
  readonly register: Register;
  readonly runs: readonly (readonly Vintages[])[];
  readonly said: readonly SaidTarget[];
  readonly leftOut: number;
}

function compose({ metric, area, register, runs, said, leftOut }: Material, context: ComposeContext): BriefingSeries {
  const { locale, translate } = context;
  const { office, speeches } = register;
  const areaName = textIn(office.areas.find((a) => a.id === area)?.name ?? office.name, locale);
  const own = textIn(metric.name, locale);
  const name = area === office.refArea ? own : translate({ id: "series.elsewhere", values: { area: areaName, metric: own } });
  const drawn = drawnTargets(said, runs, metric, context);
  const spokenOn = ({ commitment }: SaidTarget) => speeches.find((s) => s.id === commitment.speech)?.date.value ?? context.asOf;
  const targets = drawn.map((d) => toSeriesTarget(d, spokenOn(d), metric, context));
  const points = toPoints(runs, metric, context);
  const stale = isStale(points.at(-1)?.period ?? "", metric.frequency, context.asOf);
  const chart = runs[0] && runs[0].length > 1 ? toChart(points, targets, metric, context) : undefined;
  const first = chart && points.at(-chart.points)?.period;
  const story = { metric, runs: inWindow(runs, first), targets: drawn, stale, axis: chart?.axis };
  return {
    metric: metric.id,
    name,
    area: areaName,
    unit: unitName(metric, locale),
    definition: textIn(metric.definition, locale),
    finding: seriesFinding(story, context),
    stale,
    ...(stale ? { staleMark: translate({ id: "series.stale-mark" }) } : {}),
    points,
    targets,
    ...(chart ? { chart } : {}),
    leftOut,
  };
}

function toChart(
  points: BriefingSeries["points"],
  targets: BriefingSeries["targets"],
  metric: Metric,
  { locale, translate }: ComposeContext,
): NonNullable<BriefingSeries["chart"]> {
  const count = drawnPoints(points);
  const first = points.at(-count)?.period ?? "";
  const drawn = { points: points.slice(-count), targets: targets.filter((t) => compareDates(t.period, first) >= 0) };
  const form = chartForm(metric.shape, drawn);
  const axis = chartAxis(metric.shape, form, drawn);
  const axisLabel = translate({ id: `series.axis-${axis}`, values: { unit: unitName(metric, locale) } });
  const grouping = groupsThousands(metric, locale) ? { grouping: locale } : {};
  return { form, axis, axisLabel, ...grouping, breakLabel: translate({ id: "series.break" }), points: count };
}

/** The runs without what is older than the first period drawn, the longest first. */
function inWindow(runs: readonly (readonly Vintages[])[], first = ""): Vintages[][] {
  return runs
    .map((run) => run.filter((v) => compareDates(v.period, first) >= 0))
    .filter((run) => run.length > 0)
    .toSorted((a, b) => b.length - a.length);
}

/** Periods ascending, each with the number of its run in the order in which the runs begin. */
function toPoints(runs: readonly (readonly Vintages[])[], metric: Metric, context: ComposeContext): BriefingSeries["points"] {
  const inOrder = runs.toSorted((a, b) => compareDates(a[0]?.period ?? "", b[0]?.period ?? ""));
  const definitions = new Set(
    runs.flat().flatMap((v) => [v.best, ...v.others].map((f) => definitionName(metric, f.definition, context.locale))),
  );
  const figureOf = (figure: Figure) =>
    toFigure(figure, metric, definitions.size > 1 ? definitionName(metric, figure.definition, context.locale) : undefined, context);
  return inOrder
    .flatMap((run, index) => run.map((v) => ({ ...v, run: index })))
    .toSorted((a, b) => compareDates(a.period, b.period))
    .map(({ period, best, others, run }) => ({
      period,
      periodName: periodName(period, context.locale),
      tick: periodTick(period, context.locale),
      run,
      ...figureOf(best),
      superseded: others.map((o) => ({ ...figureOf(o), comparable: definitionsComparable(metric, o.definition, best.definition) })),
    }));
}

function toFigure(figure: Figure, metric: Metric, definition: string | undefined, { locale, translate, sources }: ComposeContext) {
  return {
    value: inPrintedUnit(figure.value, metric, locale),
    text: printDigits(figure, metric, locale),
    status: figure.status,
    statusName: translate({ id: `status.${figure.status}` }),
    knownSince: dayName(figure.knownSince, locale),
    source: sources.cite(figure.source, figure.knownSince),
    ...(definition === undefined ? {} : { definition }),
  };
}

/** Whether a direction is judged by this metric in this area. */
function isProxy(metric: string, area: string, home: string, commitments: readonly Commitment[]): boolean {
  return commitments.some((c) => c.proxy?.metric === metric && (c.proxy.refArea ?? home) === area);
}
