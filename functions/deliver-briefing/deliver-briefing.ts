import { thawModel } from "../core/briefing/frozen-model.ts";
import { parseRunName } from "../core/briefing-keys.ts";
import { type Delivery, type DeliveryKey, type DeliveryState, deliveryId } from "../core/delivery.ts";
import { type DeliveryEvent, isFree } from "../core/delivery-moves.ts";
import { InputError, MailThrottledError, StoreError } from "../core/errors.ts";
import { hideAddress } from "../core/mail-text.ts";
import type { BriefingArchive, DeliveryLedger, Mail, Mailer, SendingQuota, SubscriptionStore, SuppressionList } from "../core/ports.ts";
import { explainSuppression } from "../core/suppression.ts";
import { type ComposeMailDeps, composeMail, type Issue } from "./compose-mail.ts";
import { readPrevious } from "./read-previous.ts";
import { giveUpIfAbandoned, type SettleClaimsDeps } from "./settle-claims.ts";

export interface DeliverBriefingDeps extends ComposeMailDeps, SettleClaimsDeps {
  readonly ledger: DeliveryLedger;
  readonly subscriptions: SubscriptionStore;
  readonly suppressions: Pick<SuppressionList, "find">;
  readonly quota: SendingQuota;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly archive: BriefingArchive;
  readonly mailer: Mailer;
  /** Names one attempt; never the same twice, in any worker. */
  readonly newClaim: () => string;
}

export interface DeliverBriefingInput {
  /** monthly-2018-01-r1 */
  readonly run: string;
  readonly edition: string;
  /** A subscription's id. */
  readonly recipient: string;
  /** In the archive. */
  readonly modelKey: string;
  readonly documentKey: string;
}

export interface DeliveryResult {
  /** See `deliveryId`. */
  readonly delivery: string;
  readonly state: DeliveryState;
  /** Why it is in this state, where that is not plain. It names no person. */
  readonly reason?: string;
}

/** Sends one reader one issue, once, however often and by however many workers at once it is called.
 *
 *  All that may fail without harm is done before the claim: looking at the ledger, reading and composing. Between the claim and the word of
 *  what came of it lies nothing but the sending. Whoever dies there leaves SENDING, which nobody takes up again: the row becomes UNKNOWN once it is
 *  older than a worker lives, or what SES's events tell. Everywhere else the next call finds a row, or none, that may be claimed.
 *  It waits for leave to send before the claim, too: who waits holds nothing.
 *  @returns PENDING when the edition is not issued yet; REJECTED when the reader has left since the run was planned, the address is suppressed, or
 *  the mail was refused: the next call tries again
 *  @throws MailThrottledError when surely nothing was accepted (there is no row, or it is PENDING again); InputError for an input or a model that is none;
 *  StoreError, after which the next call finds out */
export async function deliverBriefing(input: DeliverBriefingInput, deps: DeliverBriefingDeps): Promise<DeliveryResult> {
  const key: DeliveryKey = { ...parseRunName(input.run), edition: input.edition, recipient: input.recipient };
  const id = deliveryId(key);
  const row = await deps.ledger.get(key);
  const known = row && (await giveUpIfAbandoned(row, deps));
  if (known && !isFree(known)) return describe(known);

  const reader = await deps.subscriptions.get(key.recipient);
  if (!reader) return decline(key, "the reader has no subscription any more", deps);
  if (reader.paused) return decline(key, "the subscription rests", deps);
  const suppression = await deps.suppressions.find(reader.address);
  if (suppression) return decline(key, explainSuppression(suppression, key.recipient), deps);

  const issue = await readIssue(input, deps.archive);
  if (!issue) return { delivery: id, state: known?.state ?? "PENDING", reason: `the edition ${key.edition} is not issued yet` };

  const mail = composeMail(id, issue, reader, deps);
  await waitForLeave(deps);
  const claim = deps.newClaim();
  const claimed = await move(key, { type: "claim", claim, at: deps.now() }, deps);
  if (claimed.outcome === "refused") return { delivery: id, state: claimed.delivery.state, reason: claimed.reason };
  return sendClaimed(mail, key, claim, deps);
}

async function sendClaimed(mail: Mail, key: DeliveryKey, claim: string, deps: DeliverBriefingDeps): Promise<DeliveryResult> {
  const event = await send(mail, key, claim, deps);
  const recorded = await move(key, event, deps);
  return recorded.outcome === "refused" ? { ...describe(recorded.delivery), reason: recorded.reason } : describe(recorded.delivery);
}

/** @returns what the mailer said
 *  @throws what it threw, when that is on record */
async function send(mail: Mail, key: DeliveryKey, claim: string, deps: DeliverBriefingDeps): Promise<DeliveryEvent> {
  try {
    const said = await deps.mailer.send(mail);
    const at = deps.now();
    if (said.outcome === "accepted") return { type: "accepted", messageId: said.messageId, at };
    return { type: said.outcome === "rejected" ? "rejected" : "lost", claim, reason: said.reason, at };
  } catch (error) {
    // Only this one error is certain; a mailer that throws another may have sent the mail before.
    const type = error instanceof MailThrottledError ? "released" : "lost";
    const reason = hideAddress(error instanceof Error ? error.message : String(error), mail.to);
    await move(key, { type, claim, reason, at: deps.now() }, deps).catch((failure: unknown) => {
      throw new StoreError(`the ledger did not take that a mail was not sent (${reason}): ${String(failure)}`, { cause: failure });
    });
    throw error;
  }
}

async function decline(key: DeliveryKey, reason: string, deps: DeliverBriefingDeps): Promise<DeliveryResult> {
  return describe((await move(key, { type: "declined", reason, at: deps.now() }, deps)).delivery);
}

/** What is refused for longer is left to the workflow, which has other work meanwhile. */
const soonMs = 5_000;

async function waitForLeave(deps: DeliverBriefingDeps, isSecond = false): Promise<void> {
  const leave = await deps.quota.ask();
  if (leave.outcome === "granted") {
    if (leave.waitMs > 0) await deps.sleep(leave.waitMs);
    return;
  }
  if (isSecond || leave.retryAfterMs > soonMs) throw new MailThrottledError(leave.reason);
  await deps.sleep(leave.retryAfterMs);
  return waitForLeave(deps, true);
}

/** Claims and declining make the row, everything else comes after them. */
async function move(key: DeliveryKey, event: DeliveryEvent, { ledger }: DeliverBriefingDeps) {
  const result = await ledger.move(key, event);
  if (result.outcome === "absent") throw new StoreError(`the ledger has lost the row of ${deliveryId(key)}; rows are never deleted`);
  return result;
}

/** @returns undefined when the document is not in the archive yet */
async function readIssue(
  { run, edition, modelKey, documentKey }: DeliverBriefingInput,
  archive: BriefingArchive,
): Promise<Issue | undefined> {
  const document = await archive.get(documentKey);
  if (!document) return undefined;
  const model = await archive.get(modelKey);
  if (!model) throw new InputError([{ file: modelKey, message: "there is no frozen model under this key, though its document is there" }]);
  const briefing = thawModel(model, modelKey);
  if (briefing.run !== run || briefing.edition !== edition) {
    const message = `this is the model of ${briefing.run}, ${briefing.edition}, not of ${run}, ${edition}`;
    throw new InputError([{ file: modelKey, message }]);
  }
  return { briefing, document, previous: await readPrevious(archive, briefing) };
}

function describe({ id, state, reason = state === "SENDING" ? "another worker is sending it" : undefined }: Delivery): DeliveryResult {
  return { delivery: id, state, ...(reason === undefined ? {} : { reason }) };
}
