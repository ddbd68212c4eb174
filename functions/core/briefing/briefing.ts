import { z } from "zod";
import { signalSchema, verdictSchema } from "../assessment/assessment.ts";
import { isoDateSchema } from "../calendar.ts";
import { editionScopes } from "../edition.ts";
import { localeSchema } from "../local-text.ts";
import { metricSchema } from "../metric.ts";
import { observationStatusSchema } from "../observation.ts";
import { sourceRankSchema } from "../source.ts";
import { itemSchema } from "./briefing-item.ts";
import { changesSchema, overviewSchema } from "./briefing-overview.ts";
import { seriesSchema } from "./briefing-series.ts";

/** One metric, other places against the office's own area; a row that cannot be compared says why. */
const benchmarkTableSchema = z.strictObject({
  metric: z.string(),
  name: z.string(),
  unit: z.string(),
  /** A difference of percentages is in percentage points. */
  differenceUnit: z.string(),
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
  /** How many of what, and the most telling by name: the section's 导语. */
  finding: z.string(),
  counts: z.array(countSchema),
  /** What has a verdict, by sub-theme in the order of the text; in a leader's page only what it names. */
  groups: z.array(z.strictObject({ name: z.string().optional(), items: z.array(itemSchema).min(1) })),
  /** What cannot be judged or is not scored. */
  open: z.array(itemSchema),
  series: z.array(seriesSchema),
});
export type BriefingTheme = z.infer<typeof themeSchema>;

/** A published value behind the briefing, as it stands in the register: SDMX's words, the metric's own unit. */
const observationRowSchema = z.strictObject({
  metric: z.string(),
  metricName: z.string(),
  frequency: metricSchema.shape.frequency,
  refArea: z.string(),
  period: z.string(),
  /** With the digits that were published. */
  value: z.string(),
  unit: z.string(),
  status: observationStatusSchema,
  knownSince: isoDateSchema,
  definition: z.string().optional(),
  /** `decides` a verdict, is only `shown`, or was `superseded` by a better vintage of the same period. */
  role: z.enum(["decides", "shown", "superseded"]),
  sourceTitle: z.string(),
  sourceUrl: z.string(),
  sourceQuote: z.string(),
  sourceRank: sourceRankSchema,
});
export type ObservationRow = z.infer<typeof observationRowSchema>;

/** The composed model of one edition for one period: all that a template may show, frozen before it is printed. */
export const briefingSchema = z.strictObject({
  schema: z.literal("biaogan.briefing/2"),
  /** A draft is marked on every page and never published. */
  status: z.enum(["issued", "draft"]),
  /** The run that it belongs to: monthly-2018-01-r1. */
  run: z.string(),
  edition: z.string(),
  scope: z.enum(editionScopes),
  /** What the edition is about, where it is not everything: a theme or an office. */
  subject: z.strictObject({ id: z.string(), name: z.string() }).optional(),
  locale: localeSchema,
  period: z.string(),
  periodName: z.string(),
  asOf: isoDateSchema,
  asOfName: z.string(),
  /** SHA-256 of what the briefing was made from. */
  inputs: z.strictObject({ register: z.string() }),
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
  /** Set across every page of a draft. */
  draftMark: z.string().optional(),
  /** Where fewer of the figures that the office waits for had come in than are enough: that it is so, and what is missing. */
  provisional: z
    .strictObject({
      mark: z.string(),
      note: z.string(),
      missing: z.array(z.strictObject({ metric: z.string(), name: z.string(), period: z.string(), holder: z.string() })).min(1),
    })
    .optional(),
  /** The issue of the same edition and month that this one takes the place of; that one stays in the archive. */
  supersedes: z
    .strictObject({
      /** monthly-2018-01-r1, and its number. */
      run: z.string(),
      revision: z.int().positive(),
      /** The day at whose end its facts were known. */
      asOf: isoDateSchema,
      mark: z.string(),
      note: z.string(),
    })
    .optional(),
  /** Months since the first issue, counted from 1. */
  issue: z.int().positive(),
  title: z.string(),
  finding: z.string(),
  counts: z.array(countSchema),
  overview: overviewSchema,
  /** On a leader's page: the statements that it shows with their grounds as far as they fit, the gravest first; empty in other editions. */
  leaders: z.array(z.string()),
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
  changes: changesSchema,
  benchmarks: z.array(benchmarkTableSchema),
  /** What could not be judged, gathered by what is missing and by the office that holds it. */
  cannotJudge: z.array(
    z.strictObject({
      verdict: verdictSchema,
      verdictName: z.string(),
      reason: z.string(),
      count: z.int().positive(),
      holders: z.array(
        z.strictObject({ owner: z.string(), items: z.array(z.strictObject({ commitmentId: z.string(), title: z.string() })).min(1) }),
      ),
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
  /** Every figure that the verdicts rest on or that is shown, with those that lost to it. */
  observations: z.array(observationRowSchema),
  /** 报, 送, 发: who gets it, printed at its foot; empty lists are left out. */
  distribution: z.array(z.strictObject({ label: z.string(), names: z.array(z.string()).min(1) })),
});
export type Briefing = z.infer<typeof briefingSchema>;
