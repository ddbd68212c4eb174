import type { Target } from "../commitment.ts";
import { type Locale, textIn } from "../local-text.ts";
import type { Metric } from "../metric.ts";
import { type Figure, publishedDigits, withTrueMinus } from "../observation.ts";
import { dayName, periodName } from "../period-name.ts";
import type { JudgeContext } from "./judge-context.ts";

/** The unit as printed after a number; `%` stays as it is. */
export function unitName(metric: Metric, locale: Locale): string {
  // An English name is no fallback inside a Chinese sentence: there the unit as declared is right.
  return metric.unit.name?.[locale] ?? metric.unit.id;
}

/** A comparator's name in messages, whose grammar has no place for signs. */
export const comparatorWords: Readonly<Record<Target["comparator"], string>> = {
  ">": "above",
  ">=": "at_least",
  "<": "below",
  "<=": "at_most",
  "=": "equal",
};

/** @returns a number with its unit as printed: `2590 亿元`, `7.3%`, with a true minus sign. */
export function amount(digits: string, metric: Metric, locale: Locale): string {
  const unit = unitName(metric, locale);
  const number = withTrueMinus(digits);
  return unit === "%" ? `${number}%` : `${number} ${unit}`;
}

/** Slots for a message about a target: metric, comparator, limit, period, definition. */
export function targetWords(target: Target, metric: Metric, { locale }: JudgeContext): Record<string, string> {
  const period = target.period ?? target.due;
  return {
    metric: textIn(metric.name, locale),
    comparator: comparatorWords[target.comparator],
    limit: amount(String(target.value), metric, locale),
    period: period === undefined ? "" : periodName(period, locale),
    definition: target.definition ?? "",
  };
}

/** Slots for a message about a published figure: value with its published digits and unit, status, when known, its period. */
export function figureWords(figure: Figure, metric: Metric, locale: Locale): Record<string, string> {
  return {
    value: amount(publishedDigits(figure), metric, locale),
    status: figure.status,
    known: dayName(figure.knownSince, locale),
    figurePeriod: periodName(figure.period, locale),
  };
}

/** Slots for the earlier of two figures. */
export function baseWords(figure: Figure, metric: Metric, locale: Locale): Record<string, string> {
  return { from: amount(publishedDigits(figure), metric, locale), fromPeriod: periodName(figure.period, locale) };
}
