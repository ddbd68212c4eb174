import { type DeliveryState, parseDeliveryId } from "../core/delivery.ts";
import type { DeliveryLedger, SuppressionList } from "../core/ports.ts";
import { parseMailEvent } from "./ses-event.ts";

export interface RecordMailEventDeps {
  readonly ledger: DeliveryLedger;
  readonly suppressions: Pick<SuppressionList, "add">;
}

/** What an event did to the ledger. */
export type MailEventResult =
  | { readonly outcome: "moved" | "unchanged"; readonly delivery: string; readonly state: DeliveryState }
  /** It contradicts what the ledger knows: a second mail was sent for the same delivery. */
  | { readonly outcome: "refused"; readonly delivery: string; readonly state: DeliveryState; readonly reason: string }
  /** The mail is none of the ledger's. */
  | { readonly outcome: "unknown delivery"; readonly messageId: string; readonly reason: string }
  /** It says nothing of whether a mail arrived. */
  | { readonly outcome: "not concerned"; readonly eventType: string };

/** Writes into the ledger what SES tells of a mail, and suppresses the address of one that came back for good or was complained of; events may
 *  come in any order, repeated or late. Only a mail of the ledger's suppresses: what others send from the same account is theirs to judge.
 *  @param event as SES publishes it: the `detail` of an EventBridge event, the `Message` of an SNS notification read as JSON
 *  @throws InputError when it is no event of SES; StoreError, and then the event is to be given again */
export async function recordMailEvent(event: unknown, { ledger, suppressions }: RecordMailEventDeps): Promise<MailEventResult> {
  const told = parseMailEvent(event);
  if ("eventType" in told) return { outcome: "not concerned", ...told };
  const { deliveryIds, proof, suppress } = told;
  const { messageId } = proof;
  const [id] = deliveryIds;
  if (id === undefined) return { outcome: "unknown delivery", messageId, reason: "the mail has no tag that names a delivery" };
  const key = parseDeliveryId(id);
  if (!key) return { outcome: "unknown delivery", messageId, reason: `its tag is ${JSON.stringify(id)}, which is no delivery's id` };
  const move = await ledger.move(key, proof);
  if (move.outcome === "absent") return { outcome: "unknown delivery", messageId, reason: `the ledger has no row for ${id}` };
  // After the ledger and whatever it said: the same event, given again after a failure here, changes nothing there and comes by once more.
  if (suppress) await suppressions.add({ ...suppress, reason: proof.reason ?? "", since: proof.at, delivery: id });
  const { state } = move.delivery;
  return move.outcome === "refused"
    ? { outcome: "refused", delivery: id, state, reason: move.reason }
    : { outcome: move.outcome, delivery: id, state };
}
