import { type Delivery, type DeliveryKey, type DeliveryState, deliveryId } from "./delivery.ts";

/** What a worker does or is told. `claim` names the worker's one attempt and is different each time. All `at` are ISO 8601 in UTC. */
type WorkerEvent =
  | { readonly type: "claim"; readonly claim: string; readonly at: string }
  | { readonly type: "accepted"; readonly messageId: string; readonly at: string }
  | { readonly type: "rejected"; readonly claim: string; readonly reason: string; readonly at: string }
  /** Surely not accepted, and later it may be. */
  | { readonly type: "released"; readonly claim: string; readonly reason: string; readonly at: string }
  /** The answer is lost, or the worker that claimed it is. */
  | { readonly type: "lost"; readonly claim: string; readonly reason: string; readonly at: string }
  /** It is not to be sent: the reader has left. */
  | { readonly type: "declined"; readonly reason: string; readonly at: string };

/** What SES publishes of a mail it took. */
export interface MailProof {
  readonly type: "send" | "delay" | "reject" | "delivery" | "bounce" | "complaint";
  readonly messageId: string;
  readonly reason?: string;
  /** When it happened, ISO 8601 in UTC. */
  readonly at: string;
}

export type DeliveryEvent = WorkerEvent | MailProof;

/** What an event does to a delivery. */
export type DeliveryMove =
  | { readonly outcome: "moved"; readonly delivery: Delivery }
  | { readonly outcome: "unchanged"; readonly delivery: Delivery }
  | { readonly outcome: "refused"; readonly delivery: Delivery; readonly reason: string };

/** What each proof shows, and how much it says. The greater number stands, whatever comes first: that makes their order, their repetition and
 *  their delay meaningless. A bounce after a delivery stands, for a server that takes a mail may still give it back. */
const proofs: Readonly<Record<MailProof["type"], { readonly state: DeliveryState; readonly says: number }>> = {
  send: { state: "ACCEPTED", says: 1 },
  delay: { state: "ACCEPTED", says: 1 },
  reject: { state: "REJECTED", says: 2 },
  delivery: { state: "DELIVERED", says: 3 },
  bounce: { state: "BOUNCED", says: 4 },
  complaint: { state: "COMPLAINED", says: 5 },
};

/** @returns the row of a delivery that has none yet */
export function pendingDelivery(key: DeliveryKey, at: string): Delivery {
  const { series, period, revision, edition, recipient } = key;
  return { id: deliveryId(key), series, period, revision, edition, recipient, state: "PENDING", changedAt: at };
}

/** Every move that a delivery may make.
 *
 *  | from                        | claim     | declined  | rejected | released | lost      | accepted, or an event of SES |
 *  |-----------------------------|-----------|-----------|----------|----------|-----------|------------------------------|
 *  | PENDING                     | SENDING   | REJECTED  | refused  | same     | refused   | what it proves               |
 *  | SENDING                     | refused¹  | refused   | REJECTED²| PENDING² | UNKNOWN²  | what it proves               |
 *  | UNKNOWN                     | refused   | refused   | REJECTED²| PENDING² | same²     | what it proves               |
 *  | REJECTED, nothing accepted  | SENDING   | its reason| same     | refused  | refused   | what it proves               |
 *  | accepted by SES (messageId) | refused   | refused   | refused  | refused  | same      | the graver of the two³       |
 *
 *  ¹ Its own claim again changes nothing: the database's client repeats a write whose answer was lost.
 *  ² Only of the claim that the row names: what is repeated late never ends the claim of another worker. An answer that comes after the row
 *  was given up as UNKNOWN still counts, which is why giving it up too early does no harm.
 *  ³ Of the same messageId; another one would be a second mail, and is refused for all to see. */
export function moveDelivery(delivery: Delivery, event: DeliveryEvent): DeliveryMove {
  if (event.type === "accepted") return prove(delivery, { type: "send", messageId: event.messageId, at: event.at });
  if ("messageId" in event) return prove(delivery, event);
  if (event.type === "claim") return claim(delivery, event);
  if (delivery.messageId !== undefined) {
    return event.type === "lost" ? unchanged(delivery) : refused(delivery, event.type, `SES took the mail as ${delivery.messageId}`);
  }
  if (event.type === "declined") return decline(delivery, event);
  return answer(delivery, event);
}

function claim(delivery: Delivery, event: Extract<DeliveryEvent, { type: "claim" }>): DeliveryMove {
  if (delivery.state === "SENDING" && delivery.claim === event.claim) return unchanged(delivery);
  return isFree(delivery) ? moved(delivery, "SENDING", event) : refused(delivery, "claim", whyNotFree[delivery.state]);
}

/** Whether it may be claimed: surely nothing was accepted so far, and nobody is at it. */
export function isFree({ state, messageId }: Delivery): boolean {
  return state === "PENDING" || (state === "REJECTED" && messageId === undefined);
}

const whyNotFree: Readonly<Record<DeliveryState, string>> = {
  PENDING: "nothing keeps it from being claimed",
  SENDING: "another worker is sending it",
  UNKNOWN: "it may have been accepted, and is not sent a second time",
  REJECTED: "SES took it and threw it away",
  ACCEPTED: "it was sent",
  DELIVERED: "it has arrived",
  BOUNCED: "it was sent, and came back",
  COMPLAINED: "it has arrived, and was complained of",
};

function decline(delivery: Delivery, event: Extract<DeliveryEvent, { type: "declined" }>): DeliveryMove {
  // The reason that holds now, whatever it was before.
  if (delivery.state === "REJECTED") return delivery.reason === event.reason ? unchanged(delivery) : moved(delivery, "REJECTED", event);
  return delivery.state === "PENDING" ? moved(delivery, "REJECTED", event) : refused(delivery, event.type, whyNotFree[delivery.state]);
}

type Answer = Extract<DeliveryEvent, { type: "rejected" | "released" | "lost" }>;
const afterAnswer: Readonly<Record<Answer["type"], DeliveryState>> = { rejected: "REJECTED", released: "PENDING", lost: "UNKNOWN" };

function answer(delivery: Delivery, event: Answer): DeliveryMove {
  const next = afterAnswer[event.type];
  const open = delivery.state === "SENDING" || delivery.state === "UNKNOWN";
  if (open && delivery.claim !== event.claim) return refused(delivery, event.type, "another worker has claimed it since");
  if (delivery.state === next) return unchanged(delivery);
  return open ? moved(delivery, next, event) : refused(delivery, event.type, "no worker has claimed it");
}

function prove(delivery: Delivery, event: MailProof): DeliveryMove {
  const { messageId } = delivery;
  if (messageId !== undefined && messageId !== event.messageId) {
    return refused(delivery, event.type, `it is of a second mail, ${event.messageId}; the first is ${messageId}`);
  }
  const { state, says } = proofs[event.type];
  const known = messageId === undefined ? 0 : Math.max(...Object.values(proofs).map((p) => (p.state === delivery.state ? p.says : 0)));
  return says > known ? moved(delivery, state, event) : unchanged(delivery);
}

/** A reason belongs to the state that it explains and goes with it. */
function moved({ reason: _, ...delivery }: Delivery, state: DeliveryState, event: DeliveryEvent): DeliveryMove {
  return {
    outcome: "moved",
    delivery: {
      ...delivery,
      state,
      ...(event.type === "claim" ? { claim: event.claim } : {}),
      ...("messageId" in event ? { messageId: event.messageId } : {}),
      ...("reason" in event && event.reason !== undefined ? { reason: event.reason } : {}),
      changedAt: event.at,
    },
  };
}

function unchanged(delivery: Delivery): DeliveryMove {
  return { outcome: "unchanged", delivery };
}

function refused(delivery: Delivery, type: DeliveryEvent["type"], reason: string): DeliveryMove {
  return { outcome: "refused", delivery, reason: `${delivery.id} is ${delivery.state} and does not take "${type}": ${reason}` };
}
