import type { RunId } from "../../core/briefing-keys.ts";
import type { Commitment } from "../../core/commitment.ts";
import type { DeliveryKey } from "../../core/delivery.ts";
import type { Evidence } from "../../core/evidence.ts";
import type { Metric } from "../../core/metric.ts";
import { type Observation, observationKey } from "../../core/observation.ts";
import type { Speech } from "../../core/speech.ts";
import { mailbox } from "../../core/subscription.ts";
import { sha256 } from "../content-hash.ts";

/**
 * Access patterns. One table for each office (and stage), on demand, `pk` + `sk`, no secondary index: every pattern is a
 * GetItem or a Query of the table itself, and none is a Scan.
 *
 * | pattern                                   | key condition                                              | index |
 * |-------------------------------------------|------------------------------------------------------------|-------|
 * | is the table complete, and of what digest | pk = REGISTER, sk = HEAD                                   | table |
 * | the office                                | pk = REGISTER, sk = OFFICE                                 | table |
 * | all speeches' metadata                    | pk = SPEECHES                                              | table |
 * | all commitments                           | pk = COMMITMENTS                                           | table |
 * | commitments of a speech                   | pk = COMMITMENTS, sk begins with `speech#`                 | table |
 * | all metrics                               | pk = METRICS                                               | table |
 * | one metric                                | pk = METRICS, sk = `metric`                                | table |
 * | all observations                          | pk = OBSERVATIONS                                          | table |
 * | observations of a metric, all areas       | pk = OBSERVATIONS, sk begins with `metric#`                | table |
 * | … and of an area, all vintages            | pk = OBSERVATIONS, sk begins with `metric#area#`           | table |
 * | … and of a period, all vintages by date   | pk = OBSERVATIONS, sk begins with `metric#area#period#`    | table |
 * | all evidence                              | pk = EVIDENCE                                              | table |
 * | evidence of a programme, by date known    | pk = EVIDENCE, sk begins with `programme#`                 | table |
 * | a run                                     | pk = `RUNS#series#month`, sk = revision in five digits     | table |
 * | runs of a month, by revision              | pk = `RUNS#series#month`                                   | table |
 * | all subscriptions, by id                  | pk = SUBSCRIPTIONS                                         | table |
 * | one subscription                          | pk = SUBSCRIPTIONS, sk = `id`                              | table |
 * | all suppressed addresses, by address      | pk = SUPPRESSIONS                                          | table |
 * | one suppressed address                    | pk = SUPPRESSIONS, sk = `address` in lower case            | table |
 * | who may send next                         | pk = QUOTA, sk = `service`                                 | table |
 * | deliveries of a run                       | pk = `DELIVERIES#series#month#revision`                    | table |
 * | … and one of them                         | the same, sk = `edition#recipient`                         | table |
 * | everything                                | the five collections' partitions and REGISTER, in parallel | table |
 *
 * Both times of an observation stand in its sort key: the period that it speaks of, then the day since which it was known
 * (`metric#area#period#knownSince#rest`). A revision is therefore another item beside the first, never over it.
 *
 * Why one partition for a collection and not one for each metric: "everything" needs no list of partitions to start from, so
 * what a broken-off load left behind is always found again. The price is a partition's limit of 3000 read units a second,
 * 12 MB/s of consistent reads: forty metrics by month for ten years in three vintages are 14,400 items of about 1 KB, 1.2 seconds
 * once a month.
 */
export const accessPatterns = {
  head: () => ({ pk: partitions.register, sk: "HEAD" }),
  office: () => ({ pk: partitions.register, sk: "OFFICE" }),
  speeches: () => ({ pk: partitions.speeches }),
  commitments: (speech?: string) => under(partitions.commitments, speech),
  metrics: () => ({ pk: partitions.metrics }),
  metric: (id: string) => ({ pk: partitions.metrics, sk: keyPart(id) }),
  observations: (metric?: string, refArea?: string, period?: string) => under(partitions.observations, metric, refArea, period),
  evidence: (programme?: string) => under(partitions.evidence, programme),
} as const;

/** Every partition of a register: what "everything" reads. */
export const partitions = {
  register: "REGISTER",
  speeches: "SPEECHES",
  commitments: "COMMITMENTS",
  metrics: "METRICS",
  observations: "OBSERVATIONS",
  evidence: "EVIDENCE",
} as const;

/** The full key of one item. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** The items of a partition, or of it those whose sort key begins with `prefix`. */
export interface KeyRange {
  readonly pk: string;
  readonly prefix?: string;
}

export function speechKey(speech: Speech): ItemKey {
  return { pk: partitions.speeches, sk: keyPart(speech.id) };
}

export function commitmentKey({ speech, id }: Commitment): ItemKey {
  return { pk: partitions.commitments, sk: sortKey(speech, id) };
}

export function metricKey({ id }: Metric): ItemKey {
  return accessPatterns.metric(id);
}

/** The last part is a digest of the observation's own key: a source's address may be longer than a sort key's 1024 bytes. */
export function observationItemKey(o: Observation): ItemKey {
  const rest = sha256(observationKey(o)).slice(0, 16);
  return { pk: partitions.observations, sk: sortKey(o.metric, o.refArea, o.period, o.knownSince, rest) };
}

export function evidenceKey({ programme, knownSince, id }: Evidence): ItemKey {
  return { pk: partitions.evidence, sk: sortKey(programme, knownSince, id) };
}

/** Runs stand beside the register in the table and are no part of it: loading a register leaves them alone. */
export function runKey({ series, period, revision }: RunId): ItemKey {
  return { ...runsOf(series, period), sk: String(revision).padStart(5, "0") };
}

export function runsOf(series: string, period: string): Pick<ItemKey, "pk"> {
  return { pk: `RUNS#${sortKey(series, period)}` };
}

/** Readers stand beside the register and are no part of it: they change no briefing, and loading a register leaves them alone. */
export const subscriptionsPartition = "SUBSCRIPTIONS";

export function subscriptionKey(id: string): ItemKey {
  return { pk: subscriptionsPartition, sk: keyPart(id) };
}

/** Beside the subscriptions and not in them: an address stays suppressed when its subscription is loaded anew, and in all that have it. */
export const suppressionsPartition = "SUPPRESSIONS";

export function suppressionKey(address: string): ItemKey {
  return { pk: suppressionsPartition, sk: keyPart(mailbox(address)) };
}

/** One row for each mail service. A mail reads and writes it once, so that a partition's 1000 writes a second are no limit. */
export function quotaKey(service: string): ItemKey {
  return { pk: "QUOTA", sk: keyPart(service) };
}

/** A partition for each run: a mail writes its row about five times (claimed, sent, and what SES tells of it), so that a partition's 1000 writes
 *  a second carry 200 mails a second, several times what SES grants an office. */
export function deliveryKey({ edition, recipient, ...run }: DeliveryKey): ItemKey {
  return { pk: deliveriesOf(run).pk, sk: sortKey(edition, recipient) };
}

export function deliveriesOf({ series, period, revision }: RunId): KeyRange {
  return { pk: sortKey("DELIVERIES", series, period, String(revision).padStart(5, "0")) };
}

function under(pk: string, ...parts: (string | undefined)[]): KeyRange {
  const given = parts.slice(0, parts.includes(undefined) ? parts.indexOf(undefined) : parts.length).filter((part) => part !== undefined);
  return given.length === 0 ? { pk } : { pk, prefix: `${sortKey(...given)}#` };
}

function sortKey(...parts: string[]): string {
  return parts.map(keyPart).join("#");
}

/** An area's code may hold any character; without this, area `a#b` would lie under area `a`. */
function keyPart(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("#", "%23");
}
