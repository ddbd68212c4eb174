import { z } from "zod";
import { isoDateSchema } from "./calendar.ts";
import { slugSchema } from "./office.ts";

/** Why an edition was not issued: the name of the error that stopped it, and its words. */
const failedEditionSchema = z.strictObject({ edition: z.string(), error: z.string(), reason: z.string() });
export type FailedEdition = z.infer<typeof failedEditionSchema>;

/** What is known of a run while it lasts and afterwards. */
export const runRecordSchema = z.strictObject({
  /** monthly-2018-01-r1 */
  run: z.string(),
  /** The office's id. */
  office: slugSchema,
  series: slugSchema,
  period: z.string(),
  revision: z.int().positive(),
  asOf: isoDateSchema,
  /** `issued` when every edition is in the archive and no mail is left to be sent; `incomplete` when the run ended before that. */
  state: z.enum(["planned", "issued", "incomplete"]),
  /** Keys in the archive: the editions to print and the mails to send. */
  renderItems: z.string(),
  deliverItems: z.string(),
  planned: z.int().nonnegative(),
  issued: z.int().nonnegative(),
  failed: z.array(failedEditionSchema),
  /** Mails by the state of their row in the ledger; without a row they are PENDING. */
  deliveries: z.record(z.string(), z.int().nonnegative()),
  /** Of the last change, ISO 8601 in UTC. */
  changedAt: z.iso.datetime(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;
