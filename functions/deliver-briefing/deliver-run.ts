import { editionKeys, parseRunName, type RunId } from "../core/briefing-keys.ts";
import { type Delivery, deliveryId } from "../core/delivery.ts";
import { type DeliveryPlan, planDeliveries } from "../core/delivery-plan.ts";
import { MailThrottledError, StoreError } from "../core/errors.ts";
import { hideAddress } from "../core/mail-text.ts";
import type { Office } from "../core/office.ts";
import type { SuppressionList } from "../core/ports.ts";
import type { Subscription } from "../core/subscription.ts";
import { composeMail, type Issue } from "./compose-mail.ts";
import { type DeliverBriefingDeps, deliverBriefing } from "./deliver-briefing.ts";
import { type IssuedRun, readIssuedRun } from "./read-issued-run.ts";
import { isSuppressed, pairOf, type ReportedMail, reportMail, type Tried } from "./report-mail.ts";
import { settleClaims } from "./settle-claims.ts";

export interface DeliverRunInput {
  /** monthly-2018-01-r1 */
  readonly run: string;
  readonly office: Pick<Office, "id" | "themes" | "owners">;
  readonly subscriptions: readonly Subscription[];
  /** Tries nothing that was not tried before. */
  readonly failedOnly: boolean;
}

export interface DeliverRunDeps extends DeliverBriefingDeps {
  readonly suppressions: Pick<SuppressionList, "find" | "list">;
}

/** A way out that refuses so many in a row takes nothing at present: the rest would only wait for it. A relay that greylists some readers takes others. */
const maxRefusalsInARow = 20;

/** Says who would get what if the run were delivered now, and changes nothing. Each mail is composed as it would be sent.
 *  @throws InputError when the archive has nothing of the run; StoreError */
export async function previewRun(input: DeliverRunInput, deps: DeliverRunDeps, say: (detail: string) => void): Promise<ReportedMail[]> {
  const issued = await readIssuedRun(input.run, input.office.id, deps.archive);
  const { deliveries } = await deps.ledger.ofRun(issued.run);
  const readers = new Map(input.subscriptions.map((reader) => [reader.id, reader]));
  const plans = await plan(input, issued, deliveries, deps);
  const report: ReportedMail[] = [];
  for (const [index, planned] of plans.entries()) {
    say(`${index + 1} of ${plans.length}`);
    const mail = reportMail(planned, new Map());
    const [reader, issue] = [readers.get(planned.recipient), issued.issues.get(planned.edition)];
    const due = planned.outcome === "send" && (planned.before || !input.failedOnly) && reader && issue;
    report.push(due ? { ...mail, outcome: "to send", way: wayOf(issue, reader, issued.run, deps) } : mail);
  }
  return report;
}

/** Sends a run's issues to everybody who is due one and has not got it, one after the other.
 *  @param signal ends it after the mail at hand
 *  @returns what the ledger says in the end, of every reader
 *  @throws InputError when the archive has nothing of the run; StoreError, after which calling again goes on where this stopped */
export async function deliverRun(
  input: DeliverRunInput,
  deps: DeliverRunDeps,
  say: (detail: string) => void,
  signal?: AbortSignal,
): Promise<ReportedMail[]> {
  const issued = await readIssuedRun(input.run, input.office.id, deps.archive);
  const { deliveries } = await settleClaims(issued.run, deps);
  const plans = await plan(input, issued, deliveries, deps);
  // One whose address is suppressed is gone through too: the ledger then says why there was no mail.
  const due = plans.filter((p) => (p.outcome === "send" ? p.before || !input.failedOnly : isSuppressed(p) && !input.failedOnly));
  const tried = await sendEach(due, input, { ...deps, archive: issued.archive }, say, signal);
  const after = await plan(input, issued, (await deps.ledger.ofRun(issued.run)).deliveries, deps);
  return after.map((planned) => reportMail(planned, tried));
}

async function sendEach(
  due: readonly DeliveryPlan[],
  { run, office, subscriptions }: DeliverRunInput,
  deps: DeliverRunDeps,
  say: (detail: string) => void,
  signal: AbortSignal | undefined,
): Promise<Tried> {
  const addresses = new Map(subscriptions.map(({ id, address }) => [id, address]));
  const tried = new Map<string, string | undefined>();
  let refusals = 0;
  for (const [index, { recipient, edition }] of due.entries()) {
    if (signal?.aborted || refusals >= maxRefusalsInARow) break;
    say(`${index + 1} of ${due.length}: ${recipient}`);
    const { model, document } = editionKeys(office.id, parseRunName(run), edition);
    try {
      await deliverBriefing({ run, edition, recipient, modelKey: model, documentKey: document }, deps);
      tried.set(pairOf({ recipient, edition }), undefined);
      refusals = 0;
    } catch (error) {
      // Without the ledger nothing can be sent safely; any other error is of this mail, and is told with it.
      if (error instanceof StoreError) throw error;
      tried.set(pairOf({ recipient, edition }), hideAddress(String(error), addresses.get(recipient) ?? ""));
      refusals = error instanceof MailThrottledError ? refusals + 1 : 0;
    }
  }
  return tried;
}

async function plan(input: DeliverRunInput, { issues, day }: IssuedRun, deliveries: readonly Delivery[], deps: DeliverRunDeps) {
  const { office, subscriptions } = input;
  return planDeliveries({
    issued: [...issues.keys()],
    day,
    office,
    subscriptions,
    suppressions: await deps.suppressions.list(),
    deliveries,
  });
}

function wayOf(issue: Issue, reader: Subscription, run: RunId, deps: DeliverRunDeps): NonNullable<ReportedMail["way"]> {
  const { edition } = issue.briefing;
  const { linkIssue } = deps;
  const linked: string[] = [];
  const watched = linkIssue && {
    linkIssue: (scope: Parameters<typeof linkIssue>[0]) => {
      linked.push(scope.edition);
      return linkIssue(scope);
    },
  };
  const { attachments } = composeMail(deliveryId({ ...run, edition, recipient: reader.id }), issue, reader, { ...deps, ...watched });
  if (attachments.length > 0) return linked.length > 0 ? "attachment and link" : "attachment";
  return linked.length > 0 ? "link" : "request";
}
