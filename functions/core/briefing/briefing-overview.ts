import { z } from "zod";
import { signalSchema } from "../assessment/assessment.ts";

/** The four answers that a leader looks for, each a signal or two: ahead and achieved, on track, to watch and off track, failed. */
const laneSchema = z.enum(["ahead", "on track", "slipping", "failed"]);
export type Lane = z.infer<typeof laneSchema>;

/** How much of the changes and of what is to be decided stands on page one. */
export const namedOnPageOne = 3;

/** A signal with its word. */
const standingSchema = z.strictObject({ signal: signalSchema, name: z.string() });

/** Page one: what a leader learns in ten seconds. */
export const overviewSchema = z.strictObject({
  lanes: z.array(
    z.strictObject({
      lane: laneSchema,
      name: z.string(),
      count: z.int().nonnegative(),
      /** The first few, the most telling first. */
      items: z.array(z.strictObject({ commitmentId: z.string(), title: z.string(), signal: signalSchema, verdictName: z.string() })),
      /** How many more there are. */
      more: z.int().nonnegative(),
    }),
  ),
  /** What somebody has to decide, the gravest first. */
  decisions: z.array(
    z.strictObject({
      commitmentId: z.string(),
      title: z.string(),
      signal: signalSchema,
      verdictName: z.string(),
      /** What is to be decided. */
      ask: z.string(),
      /** Which office is to bring it forward. */
      owner: z.string(),
    }),
  ),
  /** Who holds the most of what is missing: one line an office, the most first. */
  gaps: z.array(z.strictObject({ owner: z.string(), count: z.int().positive() })),
});
export type Overview = z.infer<typeof overviewSchema>;

/** What became different since the end of the month before, and why. */
export const changesSchema = z.strictObject({
  since: z.string(),
  /** Statements that were not on record then. */
  appeared: z.int().nonnegative(),
  items: z.array(
    z.strictObject({
      commitmentId: z.string(),
      title: z.string(),
      from: standingSchema,
      to: standingSchema,
      cause: z.string(),
      causeName: z.string(),
      because: z.string(),
    }),
  ),
});
