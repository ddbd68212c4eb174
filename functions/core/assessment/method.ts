import { z } from "zod";
import { comparatorSchema } from "../commitment.ts";
import type { Message } from "../local-text.ts";
import type { Signal } from "./assessment.ts";

/** A value at a time. */
const pointSchema = z.strictObject({
  /** Years as a number; fractions for parts of a year. */
  t: z.number(),
  y: z.number(),
  /** Digits after the point as published (negative: rounded to tens …). Without it the value is taken as exact. */
  decimals: z.int().min(-12).max(15).optional(),
});
export type Point = z.infer<typeof pointSchema>;

/** What a method may be given; each uses what it needs and says what it misses. All values of one metric, in one unit. */
export const methodInputSchema = z.strictObject({
  /** Which way is better. */
  direction: z.enum(["increase", "decrease"]).default("increase"),
  base: pointSchema.optional(),
  current: pointSchema.optional(),
  target: pointSchema.optional(),
  /** How the target is meant; by default at least (increase) or at most (decrease). */
  comparator: comparatorSchema.optional(),
  /** What kind of number: a `rate` of growth is never compounded or divided; ranks and counts are exact. */
  shape: z.enum(["level", "rate", "share", "rank", "count"]).default("level"),
  /** The natural limit of a share or rate (100 for a share in per cent, 0 for deaths). */
  limit: z.number().optional(),
  /** What stands for a base or target of zero where growth is compounded, in the unit of the values (Open SDG puts 0.001). Without it a
   *  zero cannot be judged: the answer would depend on the unit. */
  zeroAs: z.number().positive().optional(),
  /** Every value known, any order; a time occurs once. */
  series: z.array(pointSchema).max(2_000).default([]),
  /** benchmark-gap: the other place's values. */
  other: z.array(pointSchema).max(2_000).default([]),
  /** run-rate: for each earlier year its total to the same date and its whole total. */
  history: z
    .array(z.strictObject({ t: z.number(), toDate: z.number(), total: z.number() }))
    .max(200)
    .default([]),
  /** run-rate: this year's total to date, and the growth wanted for the whole year in per cent. */
  toDate: z.number().optional(),
  growth: z.number().optional(),
  /** evidence-stage: what each statement shows, oldest first. */
  stages: z.array(z.string()).max(2_000).default([]),
});
export type MethodInput = z.infer<typeof methodInputSchema>;

/** What a method finds. No number in it is ever NaN or infinite. */
export interface MethodOutcome {
  readonly signal: Signal;
  /** One of the method's own bands, or `cannot judge`. */
  readonly band: string;
  /** The method's characteristic number; null where it has none. */
  readonly ratio: number | null;
  /** Where it projects: the value at the target's time, with the interval and how it was made. */
  readonly projection?: { readonly value: number; readonly low: number; readonly high: number; readonly how: Message };
  readonly explanation: Message;
}

/** A way of judging. One file each; registered in methods.ts. */
export interface Method {
  readonly id: string;
  /** In plain signs, with the names of {@link MethodInput}. */
  readonly formula: string;
  /** From best to worst, each with its limits. */
  readonly bands: readonly { readonly name: string; readonly limits: string; readonly signal: Signal }[];
  /** Where formula and bands come from: a title and, where there is one, an address. */
  readonly source: string;
  /** Whose rounding decides (see rounding-corners.ts): that of base and current value, unless it is that of the first and the last point
   *  of the last five years (`window`), or the method reads `decimals` itself (`own`). */
  readonly rounding?: "window" | "own";
  /** Never throws and never divides by zero: what is missing or impossible gives the band `cannot judge` with its reason. */
  judge(input: MethodInput): MethodOutcome;
}
