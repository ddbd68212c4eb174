import { z } from "zod";
import { signalSchema, verdictSchema } from "./assessment/assessment.ts";
import { itemSchema } from "./briefing-item.ts";
import { seriesSchema } from "./briefing-series.ts";
import { isoDateSchema } from "./calendar.ts";
import { localeSchema } from "./local-text.ts";

/** One metric, other places against the office's own area; a row that cannot be compared says why. */
const benchmarkTableSchema = z.strictObject({
  metric: z.string(),
  name: z.string(),
  unit: z.string(),
  rows: z.array(
    z.union([
      z.strictObject({
        area: z.string(),
        gap: z.strictObject({
          period: z.string(),
          home: z.string(),
          homeSource: z.int().positive(),
          other: z.string(),
          otherSource: z.int().positive(),
          /** home − other */
          difference: z.string(),
          /** home ÷ other */
          ratio: z.string(),
          status: z.string(),
        }),
      }),
      z.strictObject({ area: z.string(), refusal: z.string() }),
    ]),
  ),
});
export type BenchmarkTable = z.infer<typeof benchmarkTableSchema>;

const countSchema = z.strictObject({ signal: signalSchema, name: z.string(), count: z.int().nonnegative() });

const themeSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** One sentence: how many of what. */
  finding: z.string(),
  counts: z.array(countSchema),
  /** What has a verdict, by sub-theme in the order of the text. */
  groups: z.array(z.strictObject({ name: z.string().optional(), items: z.array(itemSchema).min(1) })),
  /** What cannot be judged or is not scored. */
  open: z.array(itemSchema),
  series: z.array(seriesSchema),
});
export type BriefingTheme = z.infer<typeof themeSchema>;

/** The composed model of one edition for one period: all that a template may show, frozen before it is printed. */
export const briefingSchema = z.strictObject({
  schema: z.literal("biaogan.briefing/1"),
  edition: z.string(),
  locale: localeSchema,
  period: z.string(),
  periodName: z.string(),
  asOf: isoDateSchema,
  asOfName: z.string(),
  office: z.strictObject({
    id: z.string(),
    name: z.string(),
    series: z.string(),
    issuer: z.string(),
    notice: z.string().optional(),
    fictional: z.boolean(),
  }),
  /** Printed on every page when the office is fictional. */
  fictionalMark: z.string(),
  /** Months since the first issue, counted from 1. */
  issue: z.int().positive(),
  title: z.string(),
  finding: z.string(),
  counts: z.array(countSchema),
  /** What a leader should see first: everything decided, then everything in doubt. */
  highlights: z.array(itemSchema),
  speeches: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      speaker: z.string(),
      office: z.string(),
      date: z.string(),
      dateNote: z.string(),
      count: z.int(),
    }),
  ),
  themes: z.array(themeSchema),
  /** Series of metrics that no commitment of this period is judged by. */
  otherSeries: z.array(seriesSchema),
  /** What became different since the end of the month before, and why. */
  changes: z.strictObject({
    since: z.string(),
    /** Statements that were not on record then. */
    appeared: z.int().nonnegative(),
    items: z.array(
      z.strictObject({
        commitmentId: z.string(),
        title: z.string(),
        from: z.strictObject({ signal: signalSchema, name: z.string() }),
        to: z.strictObject({ signal: signalSchema, name: z.string() }),
        cause: z.string(),
        because: z.string(),
      }),
    ),
  }),
  benchmarks: z.array(benchmarkTableSchema),
  /** What could not be judged, gathered by what is missing. */
  cannotJudge: z.array(
    z.strictObject({
      verdict: verdictSchema,
      verdictName: z.string(),
      reason: z.string(),
      items: z.array(z.strictObject({ commitmentId: z.string(), title: z.string(), owner: z.string() })),
    }),
  ),
  methods: z.array(z.strictObject({ id: z.string(), name: z.string(), description: z.string(), bands: z.string(), source: z.string() })),
  sources: z.array(
    z.strictObject({
      number: z.int().positive(),
      title: z.string(),
      publisher: z.string(),
      url: z.string(),
      quotes: z.array(z.string()),
      knownSince: z.string(),
      rankName: z.string(),
    }),
  ),
});
export type Briefing = z.infer<typeof briefingSchema>;
