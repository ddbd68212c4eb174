/** What the workflow's steps say to each other: ids and keys, never documents, never an address. The stack writes its definition against these
 *  names, the handlers parse against these schemas. */
import { z } from "zod";
import { isoDateSchema } from "./core/calendar.ts";
import { slugSchema } from "./core/office.ts";

const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "write a month as YYYY-MM");
const runNameSchema = z.string().regex(/^[a-z0-9-]+-\d{4}-(0[1-9]|1[0-2])-r[1-9]\d*$/, "write a run as monthly-2018-01-r1");
const countSchema = z.int().nonnegative();

/** The series that the schedule issues. */
export const scheduledSeries = "monthly";

/** What EventBridge Scheduler sends. `at` is the time for which it was scheduled, not the one at which it arrives: a late event still means its month. */
export const scheduleEventSchema = z.strictObject({
  trigger: z.enum(["monthly", "sweep"]),
  at: z.iso.datetime({ offset: true }),
});
export const startRunOutputSchema = z.strictObject({
  started: z.array(z.string()),
  /** Already running, or finished within Step Functions' ninety days. */
  known: z.array(z.string()),
});

/** The input of an execution, which is named after the run that it is to issue. */
export const runInputSchema = z.strictObject({ series: slugSchema, period: monthSchema });

/** `now` is when the step was entered: Step Functions' clock, so that a step that is tried again means the same day. */
export const checkReadinessInputSchema = z.strictObject({ period: monthSchema, now: z.iso.datetime({ offset: true }) });
export const checkReadinessOutputSchema = z.discriminatedUnion("state", [
  /** Look again at `until`, an instant in ISO 8601. */
  z.strictObject({ state: z.literal("wait"), until: z.iso.datetime({ offset: true }) }),
  /** Issue what is known at the end of `asOf`: enough is known, or no more waiting is allowed. */
  z.strictObject({ state: z.enum(["ready", "cut-off"]), asOf: isoDateSchema }),
]);

export const planRunInputSchema = z.strictObject({ series: slugSchema, period: monthSchema, asOf: isoDateSchema });
/** A round of work: keys in the archive of JSON arrays, one entry for each child of a Map, and how many there are. */
const workSchema = z.strictObject({
  renderItems: z.string(),
  renderCount: countSchema,
  deliverItems: z.string(),
  deliverCount: countSchema,
});
export type Work = z.infer<typeof workSchema>;
export const planRunOutputSchema = workSchema.extend({ run: runNameSchema });

export const renderItemSchema = z.strictObject({ run: runNameSchema, edition: z.string(), modelKey: z.string(), documentKey: z.string() });
export type RenderItem = z.infer<typeof renderItemSchema>;
export const renderOutputSchema = z.strictObject({ edition: z.string(), outcome: z.enum(["issued", "unchanged"]), sha256: z.string() });

/** `recipient` is a subscription's id. */
export const deliverItemSchema = z.strictObject({
  run: runNameSchema,
  edition: z.string(),
  recipient: slugSchema,
  modelKey: z.string(),
  documentKey: z.string(),
});
export type DeliverItem = z.infer<typeof deliverItemSchema>;
export const deliverOutputSchema = z.strictObject({ delivery: z.string(), state: z.string(), reason: z.string().optional() });

export const closeRunInputSchema = z.strictObject({
  run: runNameSchema,
  /** How often the execution was redriven, and how often it had been when the editions were last rendered. */
  redriveCount: countSchema,
  pass: countSchema,
  /** The manifest of what came of each edition, absent when the Map itself broke off; then `broke` names its error. */
  renderResults: z.string().nullable(),
  deliverResults: z.string().nullable(),
  broke: z.string().nullable(),
});
export type CloseRunInput = z.infer<typeof closeRunInputSchema>;
export const closeRunOutputSchema = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("complete"), issued: countSchema, delivered: countSchema }),
  /** A redrive is to make what is missing. */
  workSchema.extend({ state: z.literal("mend") }),
]);

export type CloseRunOutput = z.infer<typeof closeRunOutputSchema>;

/** The names that Retry and Catch match. An error's name is its class's; `test/contracts.test.ts` holds each to a class that is thrown. */
export const errorNames = {
  /** The database, the archive or the browser did not answer: the same again may well succeed. */
  transient: ["StoreError", "RenderError"],
  /** Another run took the same revision in the same moment: planning again takes the next. */
  conflict: ["ArchiveConflictError"],
  /** Surely not accepted; later it may be. */
  throttled: ["MailThrottledError"],
  /** Something was not issued or its mail is not accounted for. Thrown by close-run, so that the execution fails and can be redriven. */
  incomplete: "RunIncompleteError",
} as const;

/** The project's own metrics, in CloudWatch under this namespace with the dimension `service`. Alarms and functions name them from here. */
export const metricNamespace = "biaogan";
export const metricNames = ["EditionsFailed", "RunsIssued", "DeliveriesUnknown", "MonthsOverdue", "BouncesAndComplaints"] as const;
export type MetricName = (typeof metricNames)[number];
