import { z } from "zod";
import { InputError } from "./errors.ts";
import { slugSchema } from "./office.ts";

/** What became of one reader's mail. Without a row in the ledger it is PENDING: nobody has tried yet.
 *  SENDING: a worker has claimed it and not said what came of it. UNKNOWN: the answer is lost; it may have been accepted, so it is never sent again.
 *  REJECTED: surely nothing was accepted (or SES took it and threw it away: then `messageId` is there); `reason` says why. */
export const deliveryStates = ["PENDING", "SENDING", "UNKNOWN", "REJECTED", "ACCEPTED", "DELIVERED", "BOUNCED", "COMPLAINED"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Edition ids are put together from slugs and a language. */
const editionIdSchema = z.string().regex(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, "write an edition such as full-zh-CN");

const deliveryKeySchema = z.strictObject({
  series: slugSchema,
  period: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "write a month as YYYY-MM"),
  revision: z.int().positive(),
  edition: editionIdSchema,
  /** A subscription's id. */
  recipient: slugSchema,
});
/** One issue for one reader: the same key is the same mail. */
export type DeliveryKey = z.infer<typeof deliveryKeySchema>;

/** A row of the ledger. It holds no address and no name. */
export const deliverySchema = deliveryKeySchema.extend({
  /** See {@link deliveryId}. */
  id: z.string(),
  state: z.enum(deliveryStates),
  /** Names the worker that claimed it last. */
  claim: z.string().optional(),
  /** SES's own id: there from the moment at which it is proved that SES took the mail. */
  messageId: z.string().optional(),
  /** Why it is in this state, where that is not plain. */
  reason: z.string().optional(),
  /** When what brought it into this state happened; in SENDING, when it was claimed. ISO 8601 in UTC. */
  changedAt: z.iso.datetime(),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** The deliveries of a run that have a row, and how many there are of each state. */
export interface RunDeliveries {
  readonly deliveries: readonly Delivery[];
  readonly counts: Readonly<Record<DeliveryState, number>>;
}

/** The tag under which a mail carries its delivery's id, and SES's events bring it back. */
export const deliveryTag = "delivery";

/** The longest value that SES takes for a tag. */
const maxIdLength = 256;

/** A name for the delivery that is always the same, can be read, and serves as an SES tag: `monthly_2018-01_r1_full-zh-CN_li-wei`. No part
 *  holds an underscore, so two deliveries never share one.
 *  @throws InputError when a part is not what it must be, or all together are longer than a tag may be */
export function deliveryId(key: DeliveryKey): string {
  const { series, period, revision, edition, recipient } = key;
  const id = [series, period, `r${revision}`, edition, recipient].join("_");
  const parsed = deliveryKeySchema.safeParse({ series, period, revision, edition, recipient });
  const problems = parsed.error?.issues.map(({ path, message }) => ({ file: id, field: path.join("."), message })) ?? [];
  if (id.length > maxIdLength)
    problems.push({ file: id, field: "", message: `is longer than ${maxIdLength}; shorten the subscription's id` });
  if (problems.length > 0) throw new InputError(problems, { cause: parsed.error });
  return id;
}

/** @returns what the delivery is of; undefined when no delivery is so named */
export function parseDeliveryId(id: string): DeliveryKey | undefined {
  const [series, period, revision = "", edition, recipient, ...more] = id.split("_");
  const number = /^r([1-9]\d*)$/.exec(revision)?.[1];
  if (number === undefined || more.length > 0) return undefined;
  return deliveryKeySchema.safeParse({ series, period, revision: Number(number), edition, recipient }).data;
}

/** @returns how many there are of each state, zeros included */
export function countDeliveries(deliveries: readonly Delivery[]): Record<DeliveryState, number> {
  const counts = { PENDING: 0, SENDING: 0, UNKNOWN: 0, REJECTED: 0, ACCEPTED: 0, DELIVERED: 0, BOUNCED: 0, COMPLAINED: 0 };
  for (const { state } of deliveries) counts[state] += 1;
  return counts;
}

/** Whether a claim is older than any worker lives, so that nobody will say any more what came of it.
 *  @param now ISO 8601
 *  @param leaseMs how long a worker may live */
export function isAbandoned({ state, changedAt }: Delivery, now: string, leaseMs: number): boolean {
  return state === "SENDING" && Date.parse(now) - Date.parse(changedAt) >= leaseMs;
}
