import { z } from "zod";
import { isoDateSchema, periodSchema } from "./calendar.ts";
import { localTextSchema } from "./local-text.ts";
import { slugSchema } from "./office.ts";
import { sourceSchema } from "./source.ts";

/** How far a programme has come, lowest first (after the stages of the pledge projects). Signing is not building. */
export const programmeStages = ["announced", "issued", "running", "has output"] as const;

/** What a piece of evidence says of its programme:
 *  a stage of it; a `setback` (it goes on, but in doubt) or its end (`ended`); a plan with a date (`planned`) or that
 *  the planned thing happened (`done`); that an official list has it (`listed`); that a stated fact is so (`confirms`) or not (`contradicts`);
 *  or what a term has been said to mean elsewhere (`defines`), which proves nothing about delivery. */
export const evidenceStageSchema = z.enum([
  ...programmeStages,
  "setback",
  "ended",
  "planned",
  "done",
  "listed",
  "confirms",
  "contradicts",
  "defines",
]);

/** A dated, sourced statement. One entry of `evidence/*.yaml`. */
export const evidenceSchema = z.strictObject({
  id: slugSchema,
  /** What it is about; commitments name the same slug under `programmes`. */
  programme: slugSchema,
  /** When it happened, or when the plan was made. */
  date: periodSchema,
  stage: evidenceStageSchema,
  statement: localTextSchema,
  /** The first day on which this could be known: the source's own date, at the latest day it leaves open. */
  knownSince: isoDateSchema,
  source: sourceSchema,
  /** For `planned`: when it was to be done by. */
  due: periodSchema.optional(),
  /** A number that belongs to the statement and is no series of its own (a planned investment, a stake). */
  figure: z.strictObject({ label: localTextSchema, value: z.number(), unit: z.string().min(1) }).optional(),
  comment: z.string().min(1).optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;
