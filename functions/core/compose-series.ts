import { amount, comparatorWords, unitName } from "./assessment/message-words.ts";
import type { BriefingSeries } from "./briefing.ts";
import { sameLength } from "./calendar.ts";
import type { Commitment } from "./commitment.ts";
import { type Locale, type Translate, textIn } from "./local-text.ts";
import { definitionsComparable, type Metric } from "./metric.ts";
import { type Figure, publishedDigits, type Vintages, vintagesAt } from "./observation.ts";
import { dayName, periodName } from "./period-name.ts";
import type { Register } from "./ports.ts";
import type { SourceList } from "./source-list.ts";

/** What composing needs besides the register. */
export interface ComposeContext {
  readonly asOf: string;
  readonly locale: Locale;
  readonly translate: Translate;
  readonly sources: SourceList;
}

/** The series of one metric in the office's own area: periods of the same length and definition as the latest.
 *  @param commitments those judged in this briefing; a target for the metric is drawn into its chart
 *  @returns undefined when fewer than two periods can be shown together */
export function composeSeries(
  metric: Metric,
  register: Register,
  commitments: readonly Commitment[],
  context: ComposeContext,
): BriefingSeries | undefined {
  const area = register.office.refArea;
  const own = register.observations.filter((o) => o.metric === metric.id && o.refArea === area);
  const vintages = sameKind(vintagesAt(own, context.asOf), metric);
  const [first, last] = [vintages[0], vintages.at(-1)];
  if (!first || !last || vintages.length < 2) return undefined;
  const { locale, translate } = context;
  const names = { metric: textIn(metric.name, locale), unit: unitName(metric, locale) };
  const target = commitments.find(
    (c) => c.target?.metric === metric.id && c.target.period !== undefined && (c.target.refArea ?? area) === area,
  )?.target;
  return {
    metric: metric.id,
    name: names.metric,
    area: textIn(register.office.areas.find((a) => a.id === area)?.name ?? register.office.name, locale),
    unit: names.unit,
    definition: textIn(metric.definition, locale),
    finding: translate({
      id: "series.finding",
      values: {
        ...names,
        from: periodName(first.period, locale),
        fromValue: amount(publishedDigits(first.best), metric, locale),
        to: periodName(last.period, locale),
        toValue: amount(publishedDigits(last.best), metric, locale),
        status: last.best.status,
        count: vintages.length,
      },
    }),
    points: vintages.map((v) => toPoint(v, context)),
    ...(target?.period === undefined
      ? {}
      : {
          target: {
            period: target.period,
            value: target.value,
            label: translate({
              id: "series.target",
              values: { comparator: comparatorWords[target.comparator], limit: amount(String(target.value), metric, locale) },
            }),
          },
        }),
  };
}

function sameKind(vintages: readonly Vintages[], metric: Metric): Vintages[] {
  const last = vintages.at(-1);
  if (!last) return [];
  return vintages.filter(
    (v) => sameLength(v.period, last.period) && definitionsComparable(metric, v.best.definition, last.best.definition),
  );
}

function toPoint({ period, best, others }: Vintages, context: ComposeContext): BriefingSeries["points"][number] {
  const { locale } = context;
  return {
    period,
    periodName: periodName(period, locale),
    status: best.status,
    ...toFigure(best, context),
    superseded: others.map((o) => toFigure(o, context)),
  };
}

function toFigure(figure: Figure, { locale, translate, sources }: ComposeContext) {
  return {
    value: figure.value,
    text: publishedDigits(figure),
    statusName: translate({ id: `status.${figure.status}` }),
    knownSince: dayName(figure.knownSince, locale),
    source: sources.cite(figure.source, figure.knownSince),
  };
}
