import { z } from "zod";
import { periodSchema } from "./calendar.ts";
import { localTextSchema } from "./local-text.ts";
import { metricIdSchema } from "./metric.ts";
import { slugSchema } from "./office.ts";

export const kindSchema = z.enum([
  "quantified-target",
  "directional-commitment",
  "programme-or-mechanism",
  "benchmark",
  "baseline-fact",
  "recognition",
  "deadline-or-plan",
]);
export type Kind = z.infer<typeof kindSchema>;

/** 预计 is a forecast, not a promise: what was claimed decides what can be held against the speaker. */
const modalitySchema = z.enum(["forecast", "promise", "intention", "exhortation", "description"]);

/** Whose words these are. A question, a headline or narration is not the leader's word. */
const voiceSchema = z.enum(["leader", "reported-speech", "interviewer", "headline", "narration"]);

/** `>` is strict (超 210 is not met by 210); a rank "in the first three" is `<=` 3; 近 3000 is `<` 3000. */
export const comparatorSchema = z.enum([">", ">=", "<", "<=", "="]);

/** The methods a sentence can be judged by; what none is named for gets its kind's default. */
const methodIdSchema = z.enum([
  "threshold",
  "time-proportional",
  "run-rate",
  "cagr-ratio",
  "projection",
  "weather",
  "maintain",
  "benchmark-gap",
  "evidence-stage",
  "trend",
  "direction",
]);
export type MethodId = z.infer<typeof methodIdSchema>;

const targetSchema = z
  .strictObject({
    metric: metricIdSchema,
    refArea: z.string().min(1).optional(),
    comparator: comparatorSchema,
    value: z.number(),
    unit: z.string().min(1),
    /** The period whose figure is meant … */
    period: periodSchema.optional(),
    /** … or the period by whose end it is to be reached. */
    due: periodSchema.optional(),
    /** The definition that the speaker used, one of the metric's. */
    definition: z.string().min(1).optional(),
  })
  .refine((t) => t.period === undefined || t.due === undefined, "a target has a period or a due date, not both");
export type Target = z.infer<typeof targetSchema>;

/** A passage of a speech that can be followed up. One entry of `commitments/*.yaml`. */
export const commitmentSchema = z
  .strictObject({
    id: slugSchema,
    speech: slugSchema,
    /** W3C TextQuoteSelector `exact`: byte for byte as in the text. */
    quote: z.string().min(1),
    /** W3C TextPositionSelector: UTF-16 code units into the text as stored, end exclusive. */
    start: z.int().nonnegative(),
    end: z.int().positive(),
    /** What the quote says, in other languages than the speech's own: for readers, never for judging. */
    translations: localTextSchema.optional(),
    /** A clean short name for tables and headings. */
    title: localTextSchema,
    kind: kindSchema,
    modality: modalitySchema,
    voice: voiceSchema,
    /** `theme` or `theme/child`, as declared in office.yaml. */
    theme: z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)?$/, "write theme or theme/child"),
    owner: slugSchema,
    target: targetSchema.optional(),
    /** Further targets of the same sentence; the worst of all decides. */
    moreTargets: z.array(targetSchema).default([]),
    /** How to judge, where the default of the kind and target is not right (see `biaogan methods`). */
    method: methodIdSchema.optional(),
    /** The named proxy by which a direction is judged. */
    proxy: z.strictObject({ metric: metricIdSchema, refArea: z.string().min(1).optional() }).optional(),
    /** With whom to compare, and — once somebody chose it — by what. */
    benchmark: z.strictObject({ refArea: z.string().min(1), metric: metricIdSchema.optional() }).optional(),
    /** Evidence is looked for under these names. */
    programmes: z.array(slugSchema).default([]),
    /** The framework this belongs to (another commitment's id). */
    parent: slugSchema.optional(),
    /** For a framework: its members as the text names them, or that the text leaves them undefined. */
    members: z.union([z.array(localTextSchema).min(1), z.literal("not defined in the text")]).optional(),
    /** Kept and shown, but nobody's to deliver (a national slogan, a figure of speech): why. */
    notScored: localTextSchema.optional(),
    note: localTextSchema.optional(),
  })
  .refine((c) => c.end - c.start === c.quote.length, { path: ["end"], error: "end minus start is not the quote's length" });
export type Commitment = z.infer<typeof commitmentSchema>;

/** A stretch of a speech that holds a number or a quoted term but nothing to follow up. One entry of `commitments/exclusions.yaml`. */
export const exclusionSchema = z.strictObject({
  speech: slugSchema,
  quote: z.string().min(1),
  start: z.int().nonnegative(),
  end: z.int().positive(),
  reason: z.string().min(1),
});
export type Exclusion = z.infer<typeof exclusionSchema>;
