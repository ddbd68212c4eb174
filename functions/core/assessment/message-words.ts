import type { Target } from "../commitment.ts";
import { type Locale, textIn } from "../local-text.ts";
import { definitionName, type Metric } from "../metric.ts";
import type { Figure } from "../observation.ts";
import { dayName, periodInSentence } from "../period-name.ts";
import { printAmount } from "../printed-amount.ts";
import type { JudgeContext } from "./judge-context.ts";

/** A comparator's name in messages, whose grammar has no place for signs. */
export const comparatorWords: Readonly<Record<Target["comparator"], string>> = {
  ">": "above",
  ">=": "at_least",
  "<": "below",
  "<=": "at_most",
  "=": "equal",
};

/** Slots for a message about a target: metric, comparator, limit, period, definition. */
export function targetWords(target: Target, metric: Metric, { locale }: JudgeContext): Record<string, string> {
  const period = target.period ?? target.due;
  return {
    metric: textIn(metric.name, locale),
    comparator: comparatorWords[target.comparator],
    limit: printAmount({ value: target.value }, metric, locale),
    period: period === undefined ? "" : periodInSentence(period, locale),
    definition: definitionName(metric, target.definition, locale) ?? "",
  };
}

/** Slots for a message about a published figure: value with its published digits and unit, status, when known, its period. */
export function figureWords(figure: Figure, metric: Metric, locale: Locale): Record<string, string> {
  return {
    value: printAmount(figure, metric, locale),
    status: figure.status,
    known: dayName(figure.knownSince, locale),
    figurePeriod: periodInSentence(figure.period, locale),
  };
}

/** Slots for the earlier of two figures. */
export function baseWords(figure: Figure, metric: Metric, locale: Locale): Record<string, string> {
  return { from: printAmount(figure, metric, locale), fromPeriod: periodInSentence(figure.period, locale) };
}
