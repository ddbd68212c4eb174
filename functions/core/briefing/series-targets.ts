import { comparatorWords } from "../assessment/message-words.ts";
import { compareDates, parsePeriod, sameLength } from "../calendar.ts";
import type { Commitment, Target } from "../commitment.ts";
import { endOf, lastBefore } from "../comparable-series.ts";
import { definitionsComparable, type Metric } from "../metric.ts";
import type { Vintages } from "../observation.ts";
import { periodName } from "../period-name.ts";
import { inPrintedUnit, printAmount } from "../printed-amount.ts";
import type { BriefingSeries } from "./briefing-series.ts";
import type { ComposeContext } from "./compose-context.ts";
import { periodTick } from "./period-tick.ts";
import { periodTime } from "./period-time.ts";

type SeriesTarget = BriefingSeries["targets"][number];

/** More would hide the figures. */
const mostTargets = 3;

/** A target with the commitment that set it. */
export interface SaidTarget {
  readonly commitment: Commitment;
  readonly target: Target;
}

/** @returns every target that was set for a metric in an area, in the order of the register */
export function targetsOf(metric: string, area: string, home: string, commitments: readonly Commitment[]): SaidTarget[] {
  return commitments.flatMap((commitment) =>
    [commitment.target, ...commitment.moreTargets]
      .filter((t) => t !== undefined)
      .filter((t) => t.metric === metric && (t.refArea ?? home) === area)
      .map((target) => ({ commitment, target })),
  );
}

/** A target that a chart can show. */
export interface DrawnTarget extends SaidTarget {
  /** The figures that it is about. */
  readonly run: readonly Vintages[];
}

/** The targets that a chart of these runs can show: for a period as long as the series' own, the same words once. Where there are more than
 *  three, those still ahead and those set (rather than stated as facts) go first, then the later ones.
 *  @returns periods ascending */
export function drawnTargets(
  said: readonly SaidTarget[],
  runs: readonly (readonly Vintages[])[],
  metric: Metric,
  { asOf }: ComposeContext,
): DrawnTarget[] {
  const length = runs[0]?.[0]?.period ?? "";
  const drawable = said.filter(({ target }) => sameLength(periodOf(target), length));
  const distinct = [...new Map(drawable.map((s) => [keyOf(s.target), s])).values()];
  const isAhead = ({ target }: SaidTarget) => Number(isOpen(target, asOf));
  const isSet = ({ commitment }: SaidTarget) => Number(commitment.kind !== "baseline-fact");
  return distinct
    .toSorted((a, b) => isAhead(b) - isAhead(a) || isSet(b) - isSet(a) || compareDates(periodOf(b.target), periodOf(a.target)))
    .slice(0, mostTargets)
    .toSorted((a, b) => compareDates(periodOf(a.target), periodOf(b.target)) || a.target.value - b.target.value)
    .map((s) => ({ ...s, run: runOf(s.target, runs, metric) }));
}

/** The newest run under the target's definition; none where there is none. */
function runOf({ definition }: Target, runs: readonly (readonly Vintages[])[], metric: Metric): readonly Vintages[] {
  const fitting = runs.filter((r) => definitionsComparable(metric, r[0]?.best.definition, definition));
  return fitting.toSorted((a, b) => compareDates(endOf(b.at(-1)), endOf(a.at(-1))))[0] ?? [];
}

/** @param spoken the day on which it was said */
export function toSeriesTarget(
  drawn: DrawnTarget,
  spoken: string,
  metric: Metric,
  { asOf, locale, translate }: ComposeContext,
): SeriesTarget {
  const { target, run } = drawn;
  const period = periodOf(target);
  // A fact that was stated has its own period and no way to it.
  const candidates = drawn.commitment.kind === "baseline-fact" ? [] : [lastBefore(run, spoken), run[0]];
  const base = candidates.find((v) => v !== undefined && endOf(v) < (parsePeriod(period)?.start ?? ""));
  const [to, from] = [periodTime(period), periodTime(base?.period ?? period)];
  // One step ahead there is no course, only the next figure.
  const course = isOpen(target, asOf) && to.middle - from.middle > 1.5 * (to.end - to.start);
  const words = { comparator: comparatorWords[target.comparator], limit: printAmount({ value: target.value }, metric, locale) };
  return {
    period,
    periodName: periodName(period, locale),
    tick: periodTick(period, locale),
    value: inPrintedUnit(target.value, metric, locale),
    label: translate({ id: "series.target", values: words }),
    ...(base ? { base: { period: base.period, value: inPrintedUnit(base.best.value, metric, locale) } } : {}),
    ...(base && course ? { course: { steps: stepsTo(drawn, base.best.value, metric), label: translate({ id: "series.course" }) } } : {}),
  };
}

/** By equal growth where the method of actual against required growth judges it (see judge-target.ts), else in equal steps. */
function stepsTo({ commitment, target }: SaidTarget, base: number, { shape }: Metric): "equal" | "growing" {
  const byGrowth = target.due !== undefined && (commitment.method ?? "cagr-ratio") === "cagr-ratio";
  return byGrowth && shape !== "rate" && shape !== "rank" && base * target.value > 0 ? "growing" : "equal";
}

function isOpen(target: Target, asOf: string): boolean {
  return (parsePeriod(periodOf(target))?.end ?? "") > asOf;
}

function keyOf(target: Target): string {
  return [periodOf(target), target.comparator, target.value].join("|");
}

/** @returns an empty text, which is no period, where neither a period nor a due date was said */
function periodOf(target: Target): string {
  return target.period ?? target.due ?? "";
}
