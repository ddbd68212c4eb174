import { z } from "zod";
import { readArchivedJson } from "../archived-json.ts";
import { type CloseRunInput, type CloseRunOutput, deliverItemSchema, renderItemSchema } from "../contracts.ts";
import { parseRunName, runPrefix } from "../core/briefing-keys.ts";
import type { RunDeliveries } from "../core/delivery.ts";
import { InputError, RunIncompleteError } from "../core/errors.ts";
import type { BriefingArchive, DeliveryLedger, RunStore } from "../core/ports.ts";
import type { FailedEdition, RunRecord } from "../core/run-record.ts";
import { settleClaims } from "../deliver-briefing/settle-claims.ts";
import { putWork } from "../work-lists.ts";
import { readMapFailures } from "./map-failures.ts";

export interface CloseRunDeps {
  readonly archive: BriefingArchive;
  readonly runs: RunStore;
  readonly ledger: DeliveryLedger;
  /** A collision-free digest of a text. */
  readonly digest: (text: string) => string;
  /** ISO 8601 in UTC. */
  readonly now: () => string;
}

/** What came of a run, for the alarms. */
export interface RunOutcome {
  readonly editionsFailed: number;
  readonly deliveriesUnknown: number;
}

/** Compares what was planned with what lies in the archive and in the ledger, writes the run's record, and says what is left to do. What the
 *  Map states said is only asked for reasons: whether something is there, the archive and the ledger know.
 *  @throws RunIncompleteError when something is missing and was already tried since the last redrive; InputError, StoreError */
export async function closeRun(input: CloseRunInput, deps: CloseRunDeps, tell: (outcome: RunOutcome) => void): Promise<CloseRunOutput> {
  const run = parseRunName(input.run);
  const record = await deps.runs.get(run);
  if (!record) throw new InputError([{ file: input.run, message: "no such run was planned" }]);
  const { editions, mails } = await readPlan(record, deps.archive);
  const published = new Set(await deps.archive.list(runPrefix(record.office, run)));
  const unprinted = editions.filter(({ documentKey }) => !published.has(documentKey));
  // The Map of mails has ended, and its workers with it: what they claimed and left is UNKNOWN.
  const { deliveries, counts } = await settleClaims(run, { ledger: deps.ledger, now: deps.now, leaseMs: 0 });
  const unsent = mails.filter(isUnsettled(deliveries));

  if ((unprinted.length > 0 || unsent.length > 0) && input.redriveCount > input.pass) {
    return { state: "mend", ...(await putWork(record.office, run, { editions: unprinted, mails: unsent }, deps)) };
  }
  const failed = await explainFailures(unprinted, input, deps.archive);
  tell({ editionsFailed: failed.length, deliveriesUnknown: counts.UNKNOWN });
  const complete = unprinted.length === 0 && unsent.length === 0;
  await deps.runs.put({
    ...record,
    state: complete ? "issued" : "incomplete",
    issued: editions.length - unprinted.length,
    failed,
    deliveries: { ...counts, PENDING: counts.PENDING + countWithoutRow(mails, deliveries) },
    changedAt: deps.now(),
  });
  if (complete) return { state: "complete", issued: editions.length, delivered: mails.length };
  throw new RunIncompleteError(
    input.run,
    failed.map(({ edition, error, reason }) => `${edition}: ${error}: ${reason}`),
    unsent.length,
  );
}

const editionsSchema = z.array(renderItemSchema);
const mailsSchema = z.array(deliverItemSchema);
type Plan = { readonly editions: z.infer<typeof editionsSchema>; readonly mails: z.infer<typeof mailsSchema> };

async function readPlan({ renderItems, deliverItems }: RunRecord, archive: BriefingArchive): Promise<Plan> {
  return {
    editions: await readArchivedJson(archive, renderItems, editionsSchema),
    mails: await readArchivedJson(archive, deliverItems, mailsSchema),
  };
}

/** Not tried, or not taken by a mail service that was busy. Whatever else stands in the ledger is an answer. */
function isUnsettled(deliveries: RunDeliveries["deliveries"]): (mail: Plan["mails"][number]) => boolean {
  const settled = new Set(deliveries.filter(({ state }) => state !== "PENDING").map(({ edition, recipient }) => `${edition} ${recipient}`));
  return ({ edition, recipient }) => !settled.has(`${edition} ${recipient}`);
}

/** Without a row nobody has tried yet. */
function countWithoutRow(mails: Plan["mails"], deliveries: RunDeliveries["deliveries"]): number {
  const rows = new Set(deliveries.map(({ edition, recipient }) => `${edition} ${recipient}`));
  return mails.filter(({ edition, recipient }) => !rows.has(`${edition} ${recipient}`)).length;
}

const childSchema = z.object({ edition: z.string() });

/** @returns each edition that is missing with the reason that its child gave, or the Map's own */
async function explainFailures(
  unprinted: Plan["editions"],
  { renderResults, broke }: CloseRunInput,
  archive: BriefingArchive,
): Promise<FailedEdition[]> {
  if (unprinted.length === 0) return [];
  const children = renderResults === null ? [] : await readMapFailures(archive, renderResults);
  const known = new Map(children.map(({ input, ...failure }) => [childSchema.safeParse(input).data?.edition, failure]));
  const unknown = { error: "NotRendered", reason: broke ?? "its step was not reached" };
  return unprinted.map(({ edition }) => ({ edition, ...(known.get(edition) ?? unknown) }));
}
