import { describe, expect, it } from "vitest";
import type { Delivery, DeliveryState } from "../../functions/core/delivery.ts";
import { pendingDelivery } from "../../functions/core/delivery-moves.ts";
import { planDeliveries } from "../../functions/core/delivery-plan.ts";
import { type Subscription, subscriptionsFor } from "../../functions/core/subscription.ts";
import type { Suppression } from "../../functions/core/suppression.ts";
import { aSubscription } from "../support/subscription-builder.ts";

const office = { themes: [], owners: [] };
const issued = ["full-en", "one-page-en"];
const day = "2026-06-30";
const at = "2026-07-03T01:00:00.000Z";

function aRow(state: DeliveryState, parts: Partial<Delivery> = {}): Delivery {
  const key = { series: "monthly", period: "2026-06", revision: 1, edition: "full-en", recipient: "reader" };
  return { ...pendingDelivery(key, at), state, ...parts };
}

function plan(subscriptions: readonly Subscription[], deliveries: readonly Delivery[] = [], suppressions: readonly Suppression[] = []) {
  return planDeliveries({ issued, day, office, subscriptions, deliveries, suppressions }).map((p) => {
    const said = p.outcome === "withheld" ? p.reason : p.outcome === "settled" ? p.delivery.state : (p.before?.state ?? "");
    return `${p.recipient} ${p.edition} ${p.outcome}: ${said}`;
  });
}

describe("what would be sent", () => {
  it("is each edition of each reader, by reader and as the subscription names them", () => {
    expect(plan([aSubscription({ id: "works" }), aSubscription({ id: "mayor", editions: ["one-page", "full"] })])).toEqual([
      "mayor one-page-en send: ",
      "mayor full-en send: ",
      "works full-en send: ",
    ]);
  });

  it("is what was tried and surely not accepted, with what stood in the ledger", () => {
    expect(plan([aSubscription()], [aRow("PENDING", { reason: "greylisted" })])).toEqual(["reader full-en send: PENDING"]);
    expect(plan([aSubscription()], [aRow("REJECTED", { reason: "550" })])).toEqual(["reader full-en send: REJECTED"]);
  });

  it("is what the cloud's plan of mails would send, where nothing was sent yet", () => {
    const readers = [
      aSubscription({ id: "a", editions: ["all"] }),
      aSubscription({ id: "b", address: "A@harbourton.example" }),
      aSubscription({ id: "c", paused: true }),
      aSubscription({ id: "d", from: "2026-07-01" }),
      aSubscription({ id: "e", until: "2026-06-29" }),
      aSubscription({ id: "f", until: "2026-06-30", from: "2026-06-30", editions: ["one-page"] }),
    ];
    const sent = planDeliveries({ issued, day, office, subscriptions: readers, deliveries: [], suppressions: [] });
    const pairs = sent.filter((p) => p.outcome === "send").map(({ recipient, edition }) => ({ recipient, edition }));
    expect(pairs).toEqual(subscriptionsFor(readers, issued, day, office));
    expect(pairs).toHaveLength(3);
  });
});

describe("what would not be sent", () => {
  it("is what was sent, or may have been", () => {
    for (const state of ["SENDING", "UNKNOWN", "ACCEPTED", "DELIVERED", "BOUNCED", "COMPLAINED"] as const) {
      const messageId = state === "SENDING" || state === "UNKNOWN" ? {} : { messageId: "m1" };
      expect(plan([aSubscription()], [aRow(state, messageId)])).toEqual([`reader full-en settled: ${state}`]);
    }
    expect(plan([aSubscription()], [aRow("REJECTED", { messageId: "m1" })])).toEqual(["reader full-en settled: REJECTED"]);
  });

  it("is what nobody is due, and it is said why", () => {
    expect(plan([aSubscription({ paused: true })])).toEqual(["reader full-en withheld: the subscription rests"]);
    expect(plan([aSubscription({ from: "2026-07-01" })])).toEqual(["reader full-en withheld: the subscription begins on 2026-07-01"]);
    expect(plan([aSubscription({ until: "2026-05-31" })])).toEqual(["reader full-en withheld: the subscription ended on 2026-05-31"]);
    expect(plan([aSubscription({ language: "zh-CN" })])).toEqual(["reader full-zh-CN withheld: the run has not issued this edition"]);
  });

  it("is a second mail to one address, whoever of the two comes first and has it already", () => {
    const [a, b] = [aSubscription({ id: "a" }), aSubscription({ id: "b", address: "A@Harbourton.example" })];
    expect(plan([a, b])).toEqual(["a full-en send: ", "b full-en withheld: this address gets it as a"]);
    expect(plan([a, b], [aRow("ACCEPTED", { recipient: "b", messageId: "m1" })])).toEqual([
      "a full-en withheld: this address gets it as b",
      "b full-en settled: ACCEPTED",
    ]);
  });

  it("is a mail to an address that bounced, in whatever capitals, with what is to be done about it", () => {
    const suppression: Suppression = { address: "reader@harbourton.example", cause: "bounced", reason: "gone", since: at, delivery: "d" };
    const [line, ...more] = plan([aSubscription({ address: "Reader@harbourton.example" })], [], [suppression]);
    expect(more).toEqual([]);
    expect(line).toMatch(/^reader full-en withheld: .*bounced.*2026-07-03.*biaogan subscriptions clear reader$/);
  });

  it("is one of a reader who has left, which the ledger still knows", () => {
    expect(plan([], [aRow("ACCEPTED", { messageId: "m1" }), aRow("REJECTED", { recipient: "other" })])).toEqual([
      "reader full-en settled: ACCEPTED",
      "other full-en withheld: the reader does not subscribe to it any more",
    ]);
  });
});
