import { z } from "zod";
import { periodSchema } from "../calendar.ts";
import { localeSchema } from "../local-text.ts";
import { observationStatusSchema } from "../observation.ts";

const figureSchema = z.strictObject({
  value: z.number(),
  /** With the digits that were published. */
  text: z.string(),
  status: observationStatusSchema,
  statusName: z.string(),
  knownSince: z.string(),
  source: z.int().positive(),
  /** Under which name it was published, where the series holds figures under more than one. */
  definition: z.string().optional(),
});

const pointSchema = figureSchema.extend({
  period: periodSchema,
  periodName: z.string(),
  /** The period as written under an axis, as short as it can be understood. */
  tick: z.string(),
  /** Figures of one run can be compared; a change of definition or a break begins another, and nothing joins the two. From 0. */
  run: z.int().nonnegative(),
  /** Other figures known for the same period that lost to this one; `comparable` is false for one under another definition. */
  superseded: z.array(figureSchema.extend({ comparable: z.boolean() })),
});

const targetSchema = z.strictObject({
  period: periodSchema,
  periodName: z.string(),
  tick: z.string(),
  value: z.number(),
  /** What was said, with comparator and unit. */
  label: z.string(),
  /** The last figure before it was said, where the way to the target begins. */
  base: z.strictObject({ period: periodSchema, value: z.number() }).optional(),
  /** The way from the base to the target, where the target is still ahead and periods lie between: in equal steps or by equal growth,
   *  as the method goes by which it is judged. */
  course: z.strictObject({ steps: z.enum(["equal", "growing"]), label: z.string() }).optional(),
});

/** A metric that has a series, as chart and table. */
export const seriesSchema = z.strictObject({
  metric: z.string(),
  name: z.string(),
  area: z.string(),
  unit: z.string(),
  definition: z.string(),
  /** What the chart shows, in words: its caption and, after the name, its alternative text. */
  finding: z.string(),
  /** Two whole periods have ended since the newest figure's without another; `staleMark` says so beside the name. */
  stale: z.boolean(),
  staleMark: z.string().optional(),
  /** Periods ascending. */
  points: z.array(pointSchema).min(1),
  /** What was said the value would be, at most three. */
  targets: z.array(targetSchema).max(3),
  /** How it is drawn; absent where no two figures can be compared, for which there is no chart. */
  chart: z
    .strictObject({
      form: z.enum(["bars", "line"]),
      axis: z.enum(["zero", "cut", "rank"]),
      /** The unit, and what is unusual about the axis. */
      axisLabel: z.string(),
      /** The language by whose rule the thousands on the axis are set apart; absent where they never are. */
      grouping: localeSchema.optional(),
      /** What stands between two runs. */
      breakLabel: z.string(),
      /** How many of the latest points are drawn; the rest stands in the table. */
      points: z.int().min(2),
    })
    .optional(),
  /** Known periods of another length (half-years beside years), which are not held against these. */
  leftOut: z.int().nonnegative(),
});
export type BriefingSeries = z.infer<typeof seriesSchema>;
