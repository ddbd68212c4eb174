import type { Locale } from "../local-text.ts";
import type { Metric } from "../metric.ts";
import { inPrintedUnit, toPrintedUnit } from "../printed-amount.ts";
import type { Method, MethodInput, MethodOutcome, Point } from "./method.ts";

/** The outcome as it is told in a language, in the unit that the language prints: the method is asked once more with every value in that
 *  unit. Only its words are used; what is judged is judged in the metric's own unit, so that no language can move a verdict.
 *  @param outcome of the same method and input */
export function toldOutcome(method: Method, input: MethodInput, outcome: MethodOutcome, metric: Metric, locale: Locale): MethodOutcome {
  if (inPrintedUnit(1, metric, locale) === 1) return outcome;
  const scale = (value: number) => inPrintedUnit(value, metric, locale);
  const scalePoint = ({ t, y, decimals }: Point): Point => {
    const { value, decimals: scaled } = toPrintedUnit({ value: y, decimals }, metric, locale);
    return { t, y: value, decimals: scaled };
  };
  const { base, current, target, limit, toDate } = input;
  const told = method.judge({
    ...input,
    ...(base ? { base: scalePoint(base) } : {}),
    ...(current ? { current: scalePoint(current) } : {}),
    ...(target ? { target: scalePoint(target) } : {}),
    ...(limit === undefined ? {} : { limit: scale(limit) }),
    ...(toDate === undefined ? {} : { toDate: scale(toDate) }),
    series: input.series.map(scalePoint),
    other: input.other.map(scalePoint),
    history: input.history.map((year) => ({ t: year.t, toDate: scale(year.toDate), total: scale(year.total) })),
  });
  // Scaling leaves noise in the last bit of a number: where that tips the band, the words stay those of what was judged.
  return told.band === outcome.band ? told : outcome;
}
