import type { Delivery } from "./delivery.ts";
import { isFree } from "./delivery-moves.ts";
import type { Office } from "./office.ts";
import { editionsNamed, mailbox, type SubscribedEdition, type Subscription } from "./subscription.ts";
import { explainSuppression, type Suppression } from "./suppression.ts";

/** What is to be done about one edition for one reader. */
export type DeliveryPlan = SubscribedEdition & (ToSend | Settled | WithheldMail);

interface ToSend {
  readonly outcome: "send";
  /** Its row, when it was tried before and surely not accepted. */
  readonly before?: Delivery;
}

/** The ledger has its answer, or waits for it. */
interface Settled {
  readonly outcome: "settled";
  readonly delivery: Delivery;
}

interface WithheldMail {
  readonly outcome: "withheld";
  readonly because: Withheld;
  /** What a person is told; it names no address. */
  readonly reason: string;
}

/** Suppressed is the one of these that a person has to mend. */
type Withheld = "rests" | "not begun" | "ended" | "not issued" | "same address" | "suppressed" | "left";

interface DeliveryPlanInput {
  /** Editions that the run has issued. */
  readonly issued: readonly string[];
  /** YYYY-MM-DD, that of the issue in the office's time zone. */
  readonly day: string;
  readonly office: Pick<Office, "themes" | "owners">;
  readonly subscriptions: readonly Subscription[];
  readonly suppressions: readonly Suppression[];
  /** The run's rows of the ledger. */
  readonly deliveries: readonly Delivery[];
}

/** Says of each edition that a reader has subscribed to, or once got, what would be done now and why; by reader, and then as the subscription names
 *  them. It agrees with `subscriptionsFor` on what is due. */
export function planDeliveries(input: DeliveryPlanInput): DeliveryPlan[] {
  const rows = new Map(input.deliveries.map((delivery) => [pairOf(delivery), delivery]));
  const judge = judgeOne(input, rows);
  const named = input.subscriptions
    .toSorted(byId)
    .flatMap((reader) => editionIds(reader, input.office).map((edition) => judge(reader, { recipient: reader.id, edition })));
  const known = new Set(named.map(pairOf));
  const others = input.deliveries.filter((delivery) => !known.has(pairOf(delivery))).map(judgeLeft);
  return [...named, ...others];
}

function judgeOne(input: DeliveryPlanInput, rows: ReadonlyMap<string, Delivery>) {
  const [issued, suppressed] = [new Set(input.issued), new Map(input.suppressions.map((s) => [s.address, s]))];
  const taken = addressesTaken(input, rows);
  return (reader: Subscription, pair: SubscribedEdition): DeliveryPlan => {
    const row = rows.get(pairOf(pair));
    const withhold = (because: Withheld, reason: string): DeliveryPlan => ({ ...pair, outcome: "withheld", because, reason });
    if (row && !isFree(row)) return { ...pair, outcome: "settled", delivery: row };
    const rest = explainRest(reader, input.day);
    if (rest) return withhold(rest.because, rest.reason);
    if (!issued.has(pair.edition)) return withhold("not issued", "the run has not issued this edition");
    const place = placeOf(pair.edition, reader);
    const other = taken.get(place);
    if (other !== undefined) return withhold("same address", `this address gets it as ${other}`);
    taken.set(place, reader.id);
    const suppression = suppressed.get(mailbox(reader.address));
    if (suppression) return withhold("suppressed", explainSuppression(suppression, reader.id));
    return { ...pair, outcome: "send", ...(row ? { before: row } : {}) };
  };
}

function explainRest({ paused, from, until }: Subscription, day: string): Pick<WithheldMail, "because" | "reason"> | undefined {
  if (paused) return { because: "rests", reason: "the subscription rests" };
  if (day < from) return { because: "not begun", reason: `the subscription begins on ${from}` };
  if (until !== undefined && until < day) return { because: "ended", reason: `the subscription ended on ${until}` };
  return undefined;
}

/** @returns edition and address → who has been sent it, or may have been */
function addressesTaken({ subscriptions, office }: DeliveryPlanInput, rows: ReadonlyMap<string, Delivery>): Map<string, string> {
  const taken = new Map<string, string>();
  for (const reader of subscriptions) {
    for (const edition of editionIds(reader, office)) {
      const row = rows.get(pairOf({ edition, recipient: reader.id }));
      if (row && !isFree(row)) taken.set(placeOf(edition, reader), reader.id);
    }
  }
  return taken;
}

/** A row of somebody who does not subscribe to that edition any more. */
function judgeLeft(delivery: Delivery): DeliveryPlan {
  const { recipient, edition } = delivery;
  if (!isFree(delivery)) return { recipient, edition, outcome: "settled", delivery };
  return { recipient, edition, outcome: "withheld", because: "left", reason: "the reader does not subscribe to it any more" };
}

function editionIds(reader: Subscription, office: DeliveryPlanInput["office"]): string[] {
  return [...new Set(reader.editions.flatMap((name) => editionsNamed(name, reader, office)).map(({ id }) => id))];
}

function placeOf(edition: string, { address }: Subscription): string {
  return `${edition} ${mailbox(address)}`;
}

function pairOf({ edition, recipient }: SubscribedEdition): string {
  return `${edition} ${recipient}`;
}

/** Not by locale: the order must be the same on every machine. */
function byId(a: Subscription, b: Subscription): number {
  return a.id < b.id ? -1 : 1;
}
