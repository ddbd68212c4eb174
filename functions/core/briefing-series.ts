import { z } from "zod";
import { observationStatusSchema } from "./observation.ts";

const pointSchema = z.strictObject({
  period: z.string(),
  periodName: z.string(),
  value: z.number(),
  /** With the digits that were published. */
  text: z.string(),
  status: observationStatusSchema,
  statusName: z.string(),
  knownSince: z.string(),
  source: z.int().positive(),
  /** Other figures known for the same period that lost to this one. */
  superseded: z.array(
    z.strictObject({ value: z.number(), text: z.string(), statusName: z.string(), knownSince: z.string(), source: z.int().positive() }),
  ),
});

/** A metric that has a series, as chart and table. */
export const seriesSchema = z.strictObject({
  metric: z.string(),
  name: z.string(),
  area: z.string(),
  unit: z.string(),
  definition: z.string(),
  /** What the chart shows, in one sentence: its caption and its alternative text. */
  finding: z.string(),
  points: z.array(pointSchema).min(2),
  /** What was said the value would be, where something was. */
  target: z.strictObject({ period: z.string(), value: z.number(), label: z.string() }).optional(),
});
export type BriefingSeries = z.infer<typeof seriesSchema>;
