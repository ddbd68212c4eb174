import { comparatorWords } from "../assessment/message-words.ts";
import { compareDates } from "../calendar.ts";
import { sameValue } from "../known-figure.ts";
import { definitionName, type Metric } from "../metric.ts";
import type { Figure, Vintages } from "../observation.ts";
import { periodInSentence, periodWhen } from "../period-name.ts";
import { printAmount } from "../printed-amount.ts";
import type { BriefingSeries } from "./briefing-series.ts";
import type { ComposeContext } from "./compose-context.ts";
import type { DrawnTarget } from "./series-targets.ts";

/** What a chart shows. */
export interface SeriesStory {
  readonly metric: Metric;
  /** What is drawn, the longest run first; see {@link BriefingSeries} for what a run is. */
  readonly runs: readonly (readonly Vintages[])[];
  readonly targets: readonly DrawnTarget[];
  readonly stale: boolean;
  readonly axis: NonNullable<BriefingSeries["chart"]>["axis"] | undefined;
}

/** Tells it to a reader who cannot see it: from what to what, and whether the last figure is final; the same for each run that cannot be
 *  compared; each target with the figure of its period; how many periods have other figures too; that no newer figure is
 *  known, where it is overdue; what is unusual about the axis. */
export function seriesFinding(story: SeriesStory, context: ComposeContext): string {
  const [main = [], ...others] = story.runs;
  const say = (id: string, values: Record<string, string | number> = {}) => context.translate({ id: `series.finding${id}`, values });
  const all = story.runs.flat();
  const revised = all.filter((v) => v.others.some((o) => !sameValue(o.value, v.best.value))).length;
  const last = all.toSorted((a, b) => compareDates(a.period, b.period)).at(-1);
  const sentences = [
    say(main.length > 1 ? "" : "-one", runWords(main, story.metric, context)),
    ...others.map((run) => say("-other", runWords(run, story.metric, context))),
    ...story.targets.map((target) => targetSentence(target, story, context)),
    ...(revised > 0 ? [say("-revised", { count: revised })] : []),
    ...(story.stale && last ? [say("-stale", { period: periodInSentence(last.period, context.locale) })] : []),
    ...(story.axis === undefined || story.axis === "zero" ? [] : [say(`-axis-${story.axis}`)]),
  ];
  return sentences.join(context.locale === "en" ? " " : "");
}

function runWords(run: readonly Vintages[], metric: Metric, context: ComposeContext): Record<string, string | number> {
  const [first, last] = [run[0]?.best, run.at(-1)?.best];
  const definition = definitionName(metric, first?.definition, context.locale) ?? context.translate({ id: "series.broken" });
  return { ...valueWords("from", first, metric, context), ...valueWords("to", last, metric, context), count: run.length, definition };
}

function targetSentence({ target, run }: DrawnTarget, { metric }: SeriesStory, context: ComposeContext): string {
  const { locale, translate } = context;
  const period = target.period ?? target.due ?? "";
  const figure = run.find((v) => v.period === period)?.best;
  const values = {
    period: periodInSentence(period, locale),
    comparator: comparatorWords[target.comparator],
    limit: printAmount({ value: target.value }, metric, locale),
    ...valueWords("to", figure, metric, context),
  };
  return translate({ id: figure ? "series.finding-target" : "series.finding-target-open", values });
}

/** Slots `from`, `fromValue` and `fromStatus` (or with another beginning) for a figure. */
function valueWords(slot: string, figure: Figure | undefined, metric: Metric, { locale }: ComposeContext): Record<string, string> {
  if (!figure) return {};
  const value = printAmount(figure, metric, locale);
  return { [slot]: periodWhen(figure.period, locale), [`${slot}Value`]: value, [`${slot}Status`]: figure.status };
}
