import { z } from "zod";
import { type Locale, localTextSchema, textIn } from "./local-text.ts";

export const metricIdSchema = z.string().regex(/^[a-z][a-z0-9_]*$/, "write a metric id: small letters, digits and underscores");

/** How amounts are written in one language, where that is not the unit as declared after the number. */
const printedUnitSchema = z.strictObject({
  /** As it stands over a column and after a number: billion yuan. */
  name: z.string().min(1),
  /** After the number 1: enterprise. */
  one: z.string().min(1).optional(),
  /** Where the unit does not simply follow the number `#`: "rank #". */
  pattern: z.string().includes("#", "write the place of the number as #").optional(),
  /** The power of ten from the declared unit to this one: from 亿元 (10^8) to billions (10^9) it is 1. */
  power: z.int().min(-12).max(12).default(0),
  /** Whether thousands are set apart; not where the number is a calendar year. */
  grouped: z.boolean().default(true),
});

/** What is measured (SDMX concept). One entry of `metrics/*.yaml`. */
export const metricSchema = z.strictObject({
  id: metricIdSchema,
  name: localTextSchema,
  unit: z.strictObject({
    /** As written in UNIT_MEASURE and in targets, for example 亿元 or %. */
    id: z.string().min(1),
    /** The SDMX code and power of ten that the unit stands for: 亿元 is CNY × 10^8. UNIT_MEASURE may say either. */
    measure: z.string().min(1).optional(),
    mult: z.int().optional(),
    printed: z.strictObject({ "zh-CN": printedUnitSchema.optional(), en: printedUnitSchema.optional() }).optional(),
  }),
  /** Which way is better; `none` where neither is. */
  direction: z.enum(["increase", "decrease", "none"]),
  frequency: z.enum(["A", "S", "Q", "M", "D", "irregular"]),
  /** `rate` is a growth rate: it is never divided, compounded or extrapolated as a level. */
  shape: z.enum(["level", "rate", "share", "rank", "count"]),
  /** Levels in current prices are never divided to give real growth. */
  priceBasis: z.enum(["current", "constant", "none"]),
  /** The natural limit of a share or rate: 100 for a share in per cent, 0 for what should vanish. */
  limit: z.number().optional(),
  definition: localTextSchema,
  /** Where a name has been used for more than one thing: each, and which are the same series. The first is the default. */
  definitions: z
    .array(z.strictObject({ id: z.string().min(1), name: localTextSchema, comparableWith: z.array(z.string().min(1)).default([]) }))
    .default([]),
});
export type Metric = z.infer<typeof metricSchema>;

/** The name under which a figure was published or a target was said; a missing id is the metric's first definition.
 *  @returns undefined of a metric that has only one definition and no name for it */
export function definitionName({ definitions }: Metric, id: string | undefined, locale: Locale): string | undefined {
  const declared = definitions.find((d) => d.id === (id ?? definitions[0]?.id));
  return declared ? textIn(declared.name, locale) : id;
}

/** Ranks and counts stand for themselves; every other published figure stands for all that rounds to it. */
export function isExact(shape: Metric["shape"]): boolean {
  return shape === "rank" || shape === "count";
}

/** Growth rates and ranks are subtracted, never divided or compounded: 3.9 % is not "6.5 times" 0.6 %, a rate may be zero or change its
 *  sign, and the third is not three times the first. Their ratio, share and growth mean nothing. */
export function hasRatio(shape: Metric["shape"]): boolean {
  return shape !== "rate" && shape !== "rank";
}

/** @returns whether figures under the two definition names belong to one series. A missing name is the metric's first definition. */
export function definitionsComparable(metric: Metric, a: string | undefined, b: string | undefined): boolean {
  const first = metric.definitions[0]?.id;
  const [left, right] = [a ?? first, b ?? first];
  if (left === right) return true;
  const joins = (from: string | undefined, to: string | undefined) =>
    to !== undefined && metric.definitions.some((d) => d.id === from && d.comparableWith.includes(to));
  return joins(left, right) || joins(right, left);
}
