import { z } from "zod";
import { isoDateSchema } from "../calendar.ts";
import { kindSchema } from "../commitment.ts";
import { evidenceStageSchema } from "../evidence.ts";
import type { Message } from "../local-text.ts";
import { observationStatusSchema } from "../observation.ts";
import { sourceRankSchema } from "../source.ts";

/** What can be said of a commitment, by kind (the design's table). "cannot judge" and "not scored" hold for every kind. */
export const verdictSchema = z.enum([
  // quantified-target
  "met",
  "missed",
  "on the line",
  "definition differs",
  "no data",
  "on track",
  "at risk",
  "off track",
  // directional-commitment
  "improving",
  "flat",
  "worsening",
  "one period only",
  "no proxy",
  // programme-or-mechanism
  "no evidence",
  "announced",
  "issued",
  "running",
  "has output",
  "ended",
  // benchmark
  "gap closing",
  "gap widening",
  "not comparable",
  "no metric chosen",
  // baseline-fact
  "verified",
  "differs",
  "cannot be verified",
  // recognition ("verified" as above)
  "list incomplete",
  // deadline-or-plan
  "published",
  "not seen",
  "overdue",
  "done late",
  "done on time",
  // any kind
  "cannot judge",
  "not scored",
]);
export type Verdict = z.infer<typeof verdictSchema>;

/** For the eye: shown by shape and text as well as colour. */
export const signalSchema = z.enum(["ahead", "on track", "watch", "off track", "achieved", "failed", "cannot judge", "not scored"]);
export type Signal = z.infer<typeof signalSchema>;

/** A figure that a verdict rests on, or that lost to one that does. */
const inputSchema = z.strictObject({
  metric: z.string(),
  refArea: z.string(),
  period: z.string(),
  value: z.number(),
  /** Digits after the point as published. */
  decimals: z.int(),
  unit: z.string(),
  status: observationStatusSchema,
  knownSince: isoDateSchema,
  sourceTitle: z.string(),
  sourceUrl: z.string(),
  sourceQuote: z.string(),
  sourceRank: sourceRankSchema,
  definition: z.string().optional(),
  /** `decides` the verdict, or was known and `superseded` by a better vintage of the same period. */
  role: z.enum(["decides", "superseded"]),
});
export type Input = z.infer<typeof inputSchema>;

/** A statement that a verdict rests on. */
const evidenceInputSchema = z.strictObject({
  id: z.string(),
  programme: z.string(),
  date: z.string(),
  stage: evidenceStageSchema,
  statement: z.string(),
  knownSince: isoDateSchema,
  sourceTitle: z.string(),
  sourceUrl: z.string(),
  sourceQuote: z.string(),
  sourceRank: sourceRankSchema,
});
export type EvidenceInput = z.infer<typeof evidenceInputSchema>;

/** One commitment judged at `asOf`, in one language. */
export const assessmentSchema = z.strictObject({
  commitmentId: z.string(),
  speech: z.string(),
  quote: z.string(),
  kind: kindSchema,
  verdict: verdictSchema,
  signal: signalSchema,
  method: z.string(),
  /** The method's formula with the numbers of this case put in; in words where the case has none. */
  formula: z.string(),
  asOf: isoDateSchema,
  inputs: z.array(inputSchema),
  evidence: z.array(evidenceInputSchema),
  /** One sentence a reader can check. */
  explanation: z.string(),
});
export type Assessment = z.infer<typeof assessmentSchema>;

/** What a method returns: the finding before it has a language. */
export interface MethodResult {
  readonly verdict: Verdict;
  readonly signal: Signal;
  readonly method: string;
  /** With the numbers of the case; empty where it has none. */
  readonly formula: string;
  readonly explanation: Message;
}
