import { z } from "zod";
import { deliveryTag } from "../core/delivery.ts";
import type { MailProof } from "../core/delivery-moves.ts";
import { InputError } from "../core/errors.ts";
import { hideAddress } from "../core/mail-text.ts";
import { mailbox } from "../core/subscription.ts";
import type { Suppression } from "../core/suppression.ts";

/** What SES tells, in the words of the ledger. */
export type MailNews =
  | {
      readonly deliveryIds: readonly string[];
      readonly proof: MailProof;
      /** The address to which nothing more should be sent. */
      readonly suppress?: Pick<Suppression, "address" | "cause">;
    }
  /** Opens, clicks and the like. */
  | { readonly eventType: string };

const instantSchema = z.iso.datetime({ offset: true });

/** Only what is used: AWS may add fields at any time. */
const mailSchema = z.object({
  timestamp: instantSchema,
  messageId: z.string().min(1),
  destination: z.array(z.string()).default([]),
  tags: z.record(z.string(), z.array(z.string())).default({}),
});

/** Shapes: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
const eventSchema = z.discriminatedUnion("eventType", [
  z.object({ eventType: z.literal("Send"), mail: mailSchema }),
  z.object({ eventType: z.literal("Reject"), mail: mailSchema, reject: z.object({ reason: z.string().optional() }).optional() }),
  z.object({ eventType: z.literal("Delivery"), mail: mailSchema, delivery: z.object({ timestamp: instantSchema }) }),
  z.object({
    eventType: z.literal("Bounce"),
    mail: mailSchema,
    bounce: z.object({
      timestamp: instantSchema,
      bounceType: z.string(),
      bounceSubType: z.string().optional(),
      bouncedRecipients: z.array(z.object({ diagnosticCode: z.string().optional() })).default([]),
    }),
  }),
  z.object({
    eventType: z.literal("Complaint"),
    mail: mailSchema,
    complaint: z.object({ timestamp: instantSchema, complaintFeedbackType: z.string().nullish() }),
  }),
  z.object({
    eventType: z.literal("DeliveryDelay"),
    mail: mailSchema,
    deliveryDelay: z.object({ timestamp: instantSchema, delayType: z.string().optional() }),
  }),
]);
type SesEvent = z.infer<typeof eventSchema>;

const others = ["Open", "Click", "Rendering Failure", "Subscription"];

/** A server's answer may go on for pages. */
const maxReasonLength = 300;

/** @param event as SES publishes it, without the envelope of SNS or EventBridge
 *  @throws InputError naming every field that is not as it must be */
export function parseMailEvent(event: unknown): MailNews {
  const kind = z.object({ eventType: z.string() }).safeParse(event).data?.eventType;
  if (kind !== undefined && others.includes(kind)) return { eventType: kind };
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues.map(({ path, message }) => ({ file: "event of SES", field: path.join("."), message })),
      { cause: parsed.error },
    );
  }
  const { mail } = parsed.data;
  const { type, timestamp, words, cause } = read(parsed.data);
  const told = words.filter(Boolean).join(", ");
  const reason = mail.destination.reduce((text, address) => hideAddress(text, address), told).slice(0, maxReasonLength);
  // A mail of ours has one recipient. Who bounced may be named otherwise, where mail was passed on to another address.
  const [address] = mail.destination;
  return {
    ...(cause === undefined || address === undefined ? {} : { suppress: { address: mailbox(address), cause } }),
    deliveryIds: mail.tags[deliveryTag] ?? [],
    proof: {
      type,
      messageId: mail.messageId,
      ...(reason === "" ? {} : { reason }),
      at: new Date(timestamp).toISOString(),
    },
  };
}

interface Told {
  readonly type: MailProof["type"];
  readonly timestamp: string;
  readonly words: readonly (string | null | undefined)[];
  /** Why nothing more should be sent to the address. */
  readonly cause?: Suppression["cause"] | undefined;
}

/** Only what SES calls permanent: the mailbox or its domain is not there, or SES itself has it on a list. Transient is a full mailbox, a server
 *  at rest, a mail too large. Undetermined is an answer that SES could not read: to cut a reader off silently on a guess would be worse than a bounce a
 *  month, which the ledger and the alarm on bounces show. */
function causeOfBounce(bounceType: string): Suppression["cause"] | undefined {
  return bounceType === "Permanent" ? "bounced" : undefined;
}

/** SES passes on whatever a provider reports; "not-spam" takes such a report back. */
function causeOfComplaint(feedbackType: string | null | undefined): Suppression["cause"] | undefined {
  return feedbackType === "not-spam" ? undefined : "complained";
}

function read(event: SesEvent): Told {
  switch (event.eventType) {
    case "Send":
      return { type: "send", timestamp: event.mail.timestamp, words: [] };
    case "Reject":
      return { type: "reject", timestamp: event.mail.timestamp, words: [event.reject?.reason] };
    case "Delivery":
      return { type: "delivery", timestamp: event.delivery.timestamp, words: [] };
    case "Bounce": {
      const { timestamp, bounceType, bounceSubType, bouncedRecipients } = event.bounce;
      const words = [bounceType, bounceSubType, bouncedRecipients[0]?.diagnosticCode];
      return { type: "bounce", timestamp, words, cause: causeOfBounce(bounceType) };
    }
    case "Complaint": {
      const { timestamp, complaintFeedbackType } = event.complaint;
      return { type: "complaint", timestamp, words: [complaintFeedbackType], cause: causeOfComplaint(complaintFeedbackType) };
    }
    case "DeliveryDelay":
      return { type: "delay", timestamp: event.deliveryDelay.timestamp, words: [event.deliveryDelay.delayType] };
  }
}
