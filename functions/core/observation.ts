import { z } from "zod";
import { compareDates, isoDateSchema, periodSchema } from "./calendar.ts";
import { metricIdSchema } from "./metric.ts";
import { sourceSchema } from "./source.ts";

/** SDMX CL_OBS_STATUS, what is used of it: final, provisional, estimate, break in the series, missing. */
export const observationStatusSchema = z.enum(["A", "P", "E", "B", "M"]);
type ObservationStatus = z.infer<typeof observationStatusSchema>;

/** One published value of a metric for an area and a period, in the metric's own unit. Never changed: a revision is another observation. */
export const observationSchema = z.strictObject({
  metric: metricIdSchema,
  refArea: z.string().min(1),
  period: periodSchema,
  /** In the metric's unit; null when the status is M (missing). */
  value: z.number().nullable(),
  /** Digits after the point that were published, in the metric's unit: 2590 has 0, "230 billion" as 2300 亿元 has −1. */
  decimals: z.int(),
  unit: z.string().min(1),
  status: observationStatusSchema,
  /** The first day on which the figure could be known. */
  knownSince: isoDateSchema,
  source: sourceSchema,
  /** The name under which the figure was published, one of the metric's definitions. */
  definition: z.string().min(1).optional(),
  comment: z.string().min(1).optional(),
});
export type Observation = z.infer<typeof observationSchema>;
/** An observation that has a value (its status is not M). */
export type Figure = Observation & { readonly value: number };

/** Two rows with the same key say the same thing; a revision differs in at least one part. */
export function observationKey(o: Observation): string {
  return [o.metric, o.refArea, o.period, o.knownSince, o.status, o.definition ?? "", o.source.url].join("|");
}

/** @returns what was known at the end of the day `asOf`, in the order given. */
export function knownAt<T extends { readonly knownSince: string }>(facts: readonly T[], asOf: string): T[] {
  return facts.filter((fact) => compareDates(fact.knownSince, asOf) <= 0);
}

const statusOrder: Record<ObservationStatus, number> = { A: 0, B: 0, P: 1, E: 2, M: 3 };
const rankOrder = { original: 0, press: 1, repost: 2 } as const;

/** The written rule by which one of several vintages of a period wins: final over provisional over estimate,
 *  then original over newspaper over repost, then newer over older. For Array.sort, the winner first. */
export function compareVintages(a: Observation, b: Observation): number {
  return (
    statusOrder[a.status] - statusOrder[b.status] ||
    rankOrder[a.source.rank] - rankOrder[b.source.rank] ||
    compareDates(b.knownSince, a.knownSince) ||
    // Two equal claims: the order of their addresses, so that the choice is the same on every machine.
    compareDates(a.source.url, b.source.url)
  );
}

/** A period's figure at `asOf`: the vintage that wins and those that lost to it, best first. */
export interface Vintages {
  readonly period: string;
  readonly best: Figure;
  readonly others: readonly Figure[];
}

/** @param observations of one metric and one area
 *  @returns one entry for each period that has a value at `asOf`, periods ascending */
export function vintagesAt(observations: readonly Observation[], asOf: string): Vintages[] {
  const byPeriod = Map.groupBy(knownAt(observations, asOf).filter(hasValue), (o) => o.period);
  return [...byPeriod]
    .map(([period, figures]) => {
      const [best, ...others] = figures.toSorted(compareVintages);
      return best ? { period, best, others } : undefined;
    })
    .filter((v) => v !== undefined)
    .toSorted((a, b) => compareDates(a.period, b.period));
}

function hasValue(o: Observation): o is Figure {
  return o.value !== null;
}

/** The values that would have been printed as this one: "210" stands for 209.5 ≤ x < 210.5.
 *  @returns both ends in the metric's unit */
export function roundingInterval({ value, decimals }: Pick<Figure, "value" | "decimals">): { low: number; high: number } {
  const half = 0.5 * 10 ** -decimals;
  return { low: value - half, high: value + half };
}

/** @returns the number's text with a true minus sign, as it is printed */
export function withTrueMinus(text: string): string {
  return text.replace(/^-/, "−");
}

/** @returns the value with the digits that were published and no more: 2686.60, 2300, 7.3. No thousands separators. */
export function publishedDigits({ value, decimals }: Pick<Figure, "value" | "decimals">): string {
  return value.toFixed(Math.max(0, decimals));
}
