import type { MailProof } from "../../functions/core/delivery-moves.ts";
import type { Mail } from "../../functions/core/ports.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { Random } from "./random.ts";

/** A mail that reached the server: the truth, whatever anybody else believes. */
export interface Attempt {
  readonly deliveryId: string;
  readonly to: string;
  /** What was sent, by its content and not by anybody's id. */
  readonly issue: string;
  /** There once the server has taken the mail. */
  messageId?: string;
  /** Whether the sender was told for sure that it was not taken. */
  refused: boolean;
}

/** What the server tells of a mail, as SES publishes it. */
export interface Notice {
  readonly type: MailProof["type"];
  readonly messageId: string;
  readonly deliveryId: string;
  /** The place in what happened to the mail. */
  readonly order: number;
  readonly event: object;
}

export interface MailServer {
  readonly attempts: readonly Attempt[];
  /** On their way; whoever delivers one takes it out. */
  readonly notices: Notice[];
  /** Those that come long after. */
  readonly lateNotices: Notice[];
  receive(mail: Mail): Attempt;
  accept(attempt: Attempt): string;
}

/** What may become of a mail, in the order in which it happens. */
const lives: readonly (readonly Notice["type"][])[] = [
  ["send", "delivery"],
  ["send", "delivery"],
  ["send", "delay", "delivery"],
  ["send", "bounce"],
  ["send", "delay", "bounce"],
  ["send", "reject"],
  ["send", "delivery", "bounce"],
  ["send", "delivery", "complaint"],
];

/** A mail server that keeps a log of its own and tells of its mails as SES does, with the faults of such telling. */
export function createMailServer(random: Random, faults: FaultPlan, now: () => string): MailServer {
  const attempts: Attempt[] = [];
  const notices: Notice[] = [];
  const lateNotices: Notice[] = [];
  return {
    attempts,
    notices,
    lateNotices,
    receive: ({ deliveryId, to, attachments }) => {
      const issue = attachments.map(({ content }) => new TextDecoder().decode(content)).join();
      const attempt: Attempt = { deliveryId, to, issue, refused: false };
      attempts.push(attempt);
      return attempt;
    },
    accept: (attempt) => {
      const messageId = `ses-${attempts.indexOf(attempt) + 1}`;
      attempt.messageId = messageId;
      for (const [order, type] of random.pick(lives).entries()) publish({ type, messageId, deliveryId: attempt.deliveryId, order });
      return messageId;
    },
  };

  function publish(parts: Omit<Notice, "event">): void {
    const notice = { ...parts, event: asPublished(parts, now()) };
    const fault = faults.choose(["event lost", "event repeated", "event late"], notice.type);
    if (fault === "event lost") return;
    (fault === "event late" ? lateNotices : notices).push(notice);
    if (fault === "event repeated") notices.push(notice);
  }
}

function asPublished({ type, messageId, deliveryId }: Omit<Notice, "event">, timestamp: string): object {
  const mail = { timestamp, messageId, destination: [], tags: { delivery: [deliveryId] } };
  switch (type) {
    case "send":
      return { eventType: "Send", mail, send: {} };
    case "delay":
      return { eventType: "DeliveryDelay", mail, deliveryDelay: { timestamp, delayType: "MailboxFull" } };
    case "reject":
      return { eventType: "Reject", mail, reject: { reason: "Bad content" } };
    case "delivery":
      return { eventType: "Delivery", mail, delivery: { timestamp } };
    case "bounce":
      return { eventType: "Bounce", mail, bounce: { timestamp, bounceType: "Permanent", bounceSubType: "General" } };
    case "complaint":
      return { eventType: "Complaint", mail, complaint: { timestamp, complaintFeedbackType: "abuse" } };
  }
}
