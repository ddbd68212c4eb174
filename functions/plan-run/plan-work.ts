import type { DeliverItem, RenderItem, Work } from "../contracts.ts";
import { runName } from "../core/briefing-keys.ts";
import { type Edition, listEditions, parseEditions } from "../core/edition.ts";
import { InputError } from "../core/errors.ts";
import type { Office } from "../core/office.ts";
import type { RunStore, SubscriptionStore } from "../core/ports.ts";
import { inReadingOrder } from "../core/register-order.ts";
import { subscriptionsFor } from "../core/subscription.ts";
import { putWork } from "../work-lists.ts";
import { type PlanRunDeps, planKnownRun, type RunPlan } from "./plan-run.ts";

export interface PlanWorkDeps extends PlanRunDeps {
  readonly subscriptions: SubscriptionStore;
  readonly runs: RunStore;
  /** ISO 8601 in UTC. */
  readonly now: () => string;
}

export interface PlanWorkInput {
  readonly series: string;
  /** YYYY-MM */
  readonly period: string;
  /** YYYY-MM-DD; nothing that became known later is used. */
  readonly asOf: string;
  /** Names of editions, as on the command line. */
  readonly editions: readonly string[];
}

/** Plans a run for the workflow: as `planRun`, and writes the lists of what is to be printed and sent into the archive, and the run's record.
 *  Planning twice gives the same lists; with other subscriptions, another list of mails.
 *  @throws InputError for an edition that the office has not, or when none is left to be made; StoreError, ArchiveConflictError */
export async function planWork(input: PlanWorkInput, deps: PlanWorkDeps): Promise<Work & { readonly run: string }> {
  const everything = inReadingOrder(await deps.store.read());
  const { office } = everything;
  const plan = await planKnownRun(everything, { ...input, editions: chooseEditions(input.editions, office) }, deps);
  if (plan.editions.length === 0) {
    throw new InputError([{ file: "EDITIONS", message: `nothing had been said on the subject of any of them by ${input.asOf}` }]);
  }
  const run = runName(plan.run);
  const editions = plan.editions.map(
    ({ edition, modelKey, documentKey }): RenderItem => ({ run, edition: edition.id, modelKey, documentKey }),
  );
  const mails = await listMails(editions, input.asOf, office, deps.subscriptions);
  const work = await putWork(office.id, plan.run, { editions, mails }, deps);
  await record(plan, office, { ...input, ...work }, deps);
  return { run, ...work };
}

/** @returns each edition once, in the order named */
function chooseEditions(names: readonly string[], office: Office): Edition[] {
  const found = names.map((name) => ({ name, editions: parseEditions(name, office) }));
  const unknown = found.filter(({ editions }) => editions.length === 0);
  if (unknown.length > 0) {
    const there = listEditions(office).map(({ id }) => id);
    throw new InputError(
      unknown.map(({ name }) => ({ file: "EDITIONS", field: name, message: `the office has no such edition; it has ${there.join(", ")}` })),
    );
  }
  return [...new Map(found.flatMap(({ editions }) => editions).map((edition) => [edition.id, edition])).values()];
}

async function listMails(
  editions: readonly RenderItem[],
  day: string,
  office: Office,
  subscriptions: SubscriptionStore,
): Promise<DeliverItem[]> {
  const byId = new Map(editions.map((item) => [item.edition, item]));
  const due = subscriptionsFor(await subscriptions.list(), [...byId.keys()], day, office);
  return due.flatMap(({ recipient, edition }) => {
    const item = byId.get(edition);
    return item ? [{ ...item, recipient }] : [];
  });
}

/** Planned again with the same lists, the run keeps its record: it may say by now that it is issued. */
async function record({ run }: RunPlan, office: Office, work: PlanWorkInput & Work, { runs, now }: PlanWorkDeps): Promise<void> {
  const { renderItems, deliverItems } = work;
  const present = await runs.get(run);
  if (present?.renderItems === renderItems && present.deliverItems === deliverItems) return;
  await runs.put({
    ...run,
    run: runName(run),
    office: office.id,
    asOf: work.asOf,
    state: "planned",
    renderItems,
    deliverItems,
    planned: work.renderCount,
    issued: 0,
    failed: [],
    deliveries: {},
    changedAt: now(),
  });
}
