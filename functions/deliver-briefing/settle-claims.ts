import type { RunId } from "../core/briefing-keys.ts";
import { countDeliveries, type Delivery, isAbandoned, type RunDeliveries } from "../core/delivery.ts";
import type { DeliveryLedger } from "../core/ports.ts";

export interface SettleClaimsDeps {
  readonly ledger: DeliveryLedger;
  /** ISO 8601 in UTC. */
  readonly now: () => string;
  /** How long a worker may live, and some seconds more for clocks that differ: no claim is given up sooner. Where it is known that no worker is
   *  left, zero. Too short a time does no harm: UNKNOWN is never sent again, and the answer of a worker that lives after all still counts. */
  readonly leaseMs: number;
}

/** Gives up the claims of a run whose workers are dead, so that each of its rows is an answer.
 *  @returns the run's deliveries as they are then
 *  @throws StoreError */
export async function settleClaims(run: RunId, deps: SettleClaimsDeps): Promise<RunDeliveries> {
  const deliveries: Delivery[] = [];
  for (const delivery of (await deps.ledger.ofRun(run)).deliveries) deliveries.push(await giveUpIfAbandoned(delivery, deps));
  return { deliveries, counts: countDeliveries(deliveries) };
}

/** @returns the delivery as it is now: UNKNOWN where its worker is dead, what the worker or SES said in the last moment, or unchanged */
export async function giveUpIfAbandoned(delivery: Delivery, { ledger, now, leaseMs }: SettleClaimsDeps): Promise<Delivery> {
  const { claim } = delivery;
  const at = now();
  if (claim === undefined || !isAbandoned(delivery, at, leaseMs)) return delivery;
  const reason = "the worker that claimed it never said what came of it";
  const given = await ledger.move(delivery, { type: "lost", claim, reason, at });
  return given.outcome === "absent" ? delivery : given.delivery;
}
