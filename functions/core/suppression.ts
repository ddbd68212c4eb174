import { z } from "zod";

/** An address to which nothing is sent until a person clears it: it bounced for good, or its owner complained. */
export const suppressionSchema = z.strictObject({
  /** As `mailbox` writes it. Personal data: in no log. */
  address: z.string().min(3),
  cause: z.enum(["bounced", "complained"]),
  /** What the mail service told; it names nobody. */
  reason: z.string(),
  /** When it bounced or complained, by the mail service's clock. ISO 8601 in UTC. */
  since: z.iso.datetime(),
  /** The mail that it was: see `deliveryId`. */
  delivery: z.string(),
});
export type Suppression = z.infer<typeof suppressionSchema>;

/** Which of two stands for an address, in whatever order they come and however often: a complaint before a bounce, for who does not want
 *  mail is to be asked and not only to be reached; then what was first. */
export function graverOf(a: Suppression, b: Suppression): Suppression {
  if (a.cause !== b.cause) return a.cause === "complained" ? a : b;
  return b.since < a.since ? b : a;
}

const happened: Readonly<Record<Suppression["cause"], string>> = {
  bounced: "the address bounced for good",
  complained: "the reader complained of a mail",
};

/** @param recipient the subscription's id
 *  @returns why nothing is sent and what is to be done, without a name or an address */
export function explainSuppression({ cause, since }: Suppression, recipient: string): string {
  return `${happened[cause]} on ${since.slice(0, 10)}; a person must clear it: biaogan subscriptions clear ${recipient}`;
}
