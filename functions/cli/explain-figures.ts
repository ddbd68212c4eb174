import type { Assessment } from "../core/assessment/assessment.ts";
import { comparatorWords } from "../core/assessment/message-words.ts";
import type { Commitment, Target } from "../core/commitment.ts";
import { figureSlots, knownFigureOf, knownInputOf, vintageKey } from "../core/known-figure.ts";
import { textIn } from "../core/local-text.ts";
import { definitionName, type Metric } from "../core/metric.ts";
import { compareVintages, type Figure, type Observation, vintagesAt } from "../core/observation.ts";
import { periodName } from "../core/period-name.ts";
import type { Register } from "../core/ports.ts";
import { printAmount, unitName } from "../core/printed-amount.ts";
import type { ExplainWords } from "./explain-words.ts";

/** What a sentence is measured by: one entry for each metric and area that it names, with every figure known at the assessment's day. */
export function explainFigures(commitment: Commitment, assessment: Assessment, register: Register, words: ExplainWords) {
  const { asOf, inputs } = assessment;
  const deciding = new Set(inputs.filter((i) => i.role === "decides").map((i) => vintageKey(knownInputOf(i))));
  const decides = (figure: Figure) => deciding.has(vintageKey(knownFigureOf(figure)));
  return measuresOf(commitment, register.office.refArea).flatMap(({ use, metric: id, refArea, target }) => {
    const metric = register.metrics.find((m) => m.id === id);
    if (!metric) return [];
    const observations = register.observations.filter((o) => o.metric === id && o.refArea === refArea);
    const area = register.office.areas.find((a) => a.id === refArea);
    return {
      use,
      useName: words.translate({ id: `explain.use-${use}` }),
      metric: id,
      name: textIn(metric.name, words.locale),
      unit: metric.unit.id,
      unitName: unitName(metric, words.locale),
      definition: textIn(metric.definition, words.locale),
      refArea,
      area: area ? textIn(area.name, words.locale) : refArea,
      ...(target ? { target, targetText: targetText(target, metric, words) } : {}),
      periods: vintagesAt(observations, asOf).map(({ period, best, others }) => ({
        period,
        decides: decides(best),
        best: shown(best, register, words),
        others: others.map((o) => {
          const rule = ruleBetween(best, o);
          return { ...shown(o, register, words), decides: decides(o), rule, ruleName: words.translate({ id: `explain.rule-${rule}` }) };
        }),
      })),
      later: later(
        observations.filter((o) => o.value !== null),
        asOf,
      ),
    };
  });
}

/** Facts that became known after a day: how many, and on which days. Their content is not told. */
export function later(facts: readonly { readonly knownSince: string }[], asOf: string): { count: number; dates: string[] } {
  const dates = facts.filter((f) => f.knownSince > asOf).map((f) => f.knownSince);
  return { count: dates.length, dates: [...new Set(dates)].toSorted() };
}

interface Measure {
  readonly use: "target" | "proxy" | "benchmark";
  readonly metric: string;
  readonly refArea: string;
  readonly target?: Target;
}

function measuresOf({ target, moreTargets, proxy, benchmark }: Commitment, home: string): Measure[] {
  const targets = [target, ...moreTargets].filter((t) => t !== undefined);
  const metric = benchmark?.metric;
  return [
    ...targets.map((t) => ({ use: "target" as const, metric: t.metric, refArea: t.refArea ?? home, target: t })),
    ...(proxy ? [{ use: "proxy" as const, metric: proxy.metric, refArea: proxy.refArea ?? home }] : []),
    ...(benchmark && metric !== undefined
      ? [home, benchmark.refArea].map((refArea) => ({ use: "benchmark" as const, metric, refArea }))
      : []),
  ];
}

function targetText(target: Target, metric: Metric, { locale, translate }: ExplainWords): string {
  const limit = printAmount({ value: target.value }, metric, locale);
  const said = translate({ id: "series.target", values: { comparator: comparatorWords[target.comparator], limit } });
  const period = target.period ?? target.due;
  const named = target.definition === undefined ? [] : [definitionName(metric, target.definition, locale)];
  return [said, ...(period === undefined ? [] : [periodName(period, locale)]), ...named].join(" · ");
}

function shown(figure: Figure, register: Register, words: ExplainWords) {
  const slots = figureSlots(knownFigureOf(figure), { ...words, register });
  const { value, decimals, unit, status, knownSince, definition, source } = figure;
  return {
    ...{ value, decimals, unit, status, knownSince },
    ...(definition === undefined ? {} : { definition }),
    source,
    text: slots["Value"] ?? "",
    statusName: slots["Status"] ?? "",
    knownText: slots["Known"] ?? "",
    rankName: slots["Rank"] ?? "",
    definitionName: slots["Definition"] ?? "",
    periodText: slots["Period"] ?? "",
  };
}

/** By which step of the written rule one vintage of a period wins over another. */
type VintageRule = "status" | "rank" | "newer" | "address";

/** Undoes the differences between two vintages one by one, in the order of the rule: the step that ties them is the one that told them apart. */
function ruleBetween(winner: Observation, loser: Observation): VintageRule {
  const asWinner: readonly [VintageRule, (o: Observation) => Observation][] = [
    ["status", (o) => ({ ...o, source: winner.source, knownSince: winner.knownSince })],
    ["rank", (o) => ({ ...o, status: winner.status, knownSince: winner.knownSince, source: { ...winner.source, rank: o.source.rank } })],
    ["newer", (o) => ({ ...o, status: winner.status, source: winner.source })],
  ];
  return asWinner.find(([, keepOnly]) => compareVintages(winner, keepOnly(loser)) < 0)?.[0] ?? "address";
}
