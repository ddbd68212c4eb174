import { amount, comparatorWords, unitName } from "./assessment/message-words.ts";
import type { BriefingSeries } from "./briefing-series.ts";
import type { Commitment } from "./commitment.ts";
import { comparableSeries } from "./comparable-series.ts";
import { type Locale, type Translate, textIn } from "./local-text.ts";
import type { Metric } from "./metric.ts";
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

/** The longest comparable series of one metric in one area.
 *  @param commitments those judged in this briefing; a target for the metric and area is drawn into its chart
 *  @returns undefined when fewer than two periods can be shown together */
export function composeSeries(
  metric: Metric,
  area: string,
  register: Register,
  commitments: readonly Commitment[],
  context: ComposeContext,
): BriefingSeries | undefined {
  const { office } = register;
  const own = register.observations.filter((o) => o.metric === metric.id && o.refArea === area);
  const [vintages = []] = comparableSeries(vintagesAt(own, context.asOf), metric);
  const [first, last] = [vintages[0], vintages.at(-1)];
  if (!first || !last || vintages.length < 2) return undefined;
  const { locale, translate } = context;
  const areaName = textIn(office.areas.find((a) => a.id === area)?.name ?? office.name, locale);
  const name = textIn(metric.name, locale);
  const names = {
    metric: area === office.refArea ? name : translate({ id: "series.elsewhere", values: { area: areaName, metric: name } }),
    unit: unitName(metric, locale),
  };
  const target = commitments.find(
    (c) => c.target?.metric === metric.id && c.target.period !== undefined && (c.target.refArea ?? office.refArea) === area,
  )?.target;
  return {
    metric: metric.id,
    name: names.metric,
    area: areaName,
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
