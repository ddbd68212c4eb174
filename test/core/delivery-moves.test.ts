import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Delivery, type DeliveryState, deliverySchema, deliveryStates } from "../../functions/core/delivery.ts";
import { type DeliveryEvent, type MailProof, moveDelivery, pendingDelivery } from "../../functions/core/delivery-moves.ts";

const at = "2026-08-04T01:00:00.000Z";
const key = { series: "monthly", period: "2026-07", revision: 1, edition: "full-en", recipient: "mayor" };

/** Every standing a row may have. "mine" is the claim that the row names; "took" means that SES has proved to have it. */
const standings = {
  PENDING: { state: "PENDING" },
  "PENDING again": { state: "PENDING", claim: "mine", reason: "throttled" },
  SENDING: { state: "SENDING", claim: "mine" },
  UNKNOWN: { state: "UNKNOWN", claim: "mine", reason: "timeout" },
  REJECTED: { state: "REJECTED", claim: "mine", reason: "not verified" },
  "took ACCEPTED": { state: "ACCEPTED", claim: "mine", messageId: "m1" },
  "took REJECTED": { state: "REJECTED", claim: "mine", messageId: "m1", reason: "virus" },
  "took DELIVERED": { state: "DELIVERED", claim: "mine", messageId: "m1" },
  "took BOUNCED": { state: "BOUNCED", claim: "mine", messageId: "m1" },
  "took COMPLAINED": { state: "COMPLAINED", claim: "mine", messageId: "m1" },
} as const satisfies Record<string, Partial<Delivery>>;
type Standing = keyof typeof standings;

const reason = "because";
const events = {
  "claim mine": { type: "claim", claim: "mine", at },
  "claim other": { type: "claim", claim: "other", at },
  "rejected mine": { type: "rejected", claim: "mine", reason, at },
  "rejected other": { type: "rejected", claim: "other", reason, at },
  "released mine": { type: "released", claim: "mine", reason, at },
  "released other": { type: "released", claim: "other", reason, at },
  "lost mine": { type: "lost", claim: "mine", reason, at },
  "lost other": { type: "lost", claim: "other", reason, at },
  declined: { type: "declined", reason, at },
  accepted: { type: "accepted", messageId: "m1", at },
  send: { type: "send", messageId: "m1", at },
  delay: { type: "delay", messageId: "m1", at },
  reject: { type: "reject", messageId: "m1", reason, at },
  delivery: { type: "delivery", messageId: "m1", at },
  bounce: { type: "bounce", messageId: "m1", reason, at },
  complaint: { type: "complaint", messageId: "m1", at },
} as const satisfies Record<string, DeliveryEvent>;
type EventName = keyof typeof events;

/** Written by hand. "·" changes nothing, "✗" is refused, anything else is the state that follows. */
const table: Readonly<Record<EventName, string>> = {
  //                PENDING  again    SENDING  UNKNOWN  REJECTED | took ACC   REJ        DEL        BOU        COM
  "claim mine": "     SENDING  SENDING  ·        ✗        SENDING    ✗          ✗          ✗          ✗          ✗",
  "claim other": "    SENDING  SENDING  ✗        ✗        SENDING    ✗          ✗          ✗          ✗          ✗",
  "rejected mine": "  ✗        ✗        REJECTED REJECTED ·          ✗          ✗          ✗          ✗          ✗",
  "rejected other": " ✗        ✗        ✗        ✗        ·          ✗          ✗          ✗          ✗          ✗",
  "released mine": "  ·        ·        PENDING  PENDING  ✗          ✗          ✗          ✗          ✗          ✗",
  "released other": " ·        ·        ✗        ✗        ✗          ✗          ✗          ✗          ✗          ✗",
  "lost mine": "      ✗        ✗        UNKNOWN  ·        ✗          ·          ·          ·          ·          ·",
  "lost other": "     ✗        ✗        ✗        ✗        ✗          ·          ·          ·          ·          ·",
  declined: "         REJECTED REJECTED ✗        ✗        REJECTED   ✗          ✗          ✗          ✗          ✗",
  accepted: "         ACCEPTED ACCEPTED ACCEPTED ACCEPTED ACCEPTED   ·          ·          ·          ·          ·",
  send: "             ACCEPTED ACCEPTED ACCEPTED ACCEPTED ACCEPTED   ·          ·          ·          ·          ·",
  delay: "            ACCEPTED ACCEPTED ACCEPTED ACCEPTED ACCEPTED   ·          ·          ·          ·          ·",
  reject: "           REJECTED REJECTED REJECTED REJECTED REJECTED   REJECTED   ·          ·          ·          ·",
  delivery: "         DELIVERED DELIVERED DELIVERED DELIVERED DELIVERED DELIVERED DELIVERED ·          ·          ·",
  bounce: "           BOUNCED  BOUNCED  BOUNCED  BOUNCED  BOUNCED    BOUNCED    BOUNCED    BOUNCED    ·          ·",
  complaint: "        COMPLAINED COMPLAINED COMPLAINED COMPLAINED COMPLAINED COMPLAINED COMPLAINED COMPLAINED COMPLAINED ·",
};

function row(standing: Standing): Delivery {
  return deliverySchema.parse({ ...pendingDelivery(key, "2026-08-04T00:00:00.000Z"), ...standings[standing] });
}

const names = Object.keys(standings) as Standing[];
const pairs = (Object.keys(table) as EventName[]).flatMap((event) =>
  names.map((standing, column) => ({ event, standing, expected: table[event].trim().split(/\s+/)[column] ?? "not in the table" })),
);

describe("a delivery", () => {
  it("that is declined again is as it was for the same reason, and has the new one for another", () => {
    const before = row("REJECTED");
    const { reason: because = "" } = before;
    expect(moveDelivery(before, { type: "declined", reason: because, at })).toEqual({ outcome: "unchanged", delivery: before });
    expect(moveDelivery(before, { type: "declined", reason: "the reader left", at })).toMatchObject({
      outcome: "moved",
      delivery: { state: "REJECTED", reason: "the reader left", changedAt: at },
    });
  });

  it.each(pairs)("that is $standing and meets $event: $expected", ({ event, standing, expected }) => {
    const before = row(standing);
    const move = moveDelivery(before, events[event]);
    const words = { moved: move.delivery.state, unchanged: "·", refused: "✗" };
    expect(words[move.outcome]).toBe(expected);
    if (move.outcome !== "moved") expect(move.delivery).toBe(before);
    expect(deliverySchema.parse(move.delivery)).toEqual(move.delivery);
  });

  it("keeps who claimed it and by what id SES has it, and says why it is as it is and since when", () => {
    const claimed = moveDelivery(row("PENDING again"), events["claim other"]).delivery;
    expect(claimed).toEqual({ ...row("PENDING"), state: "SENDING", claim: "other", changedAt: at });
    const bounced = moveDelivery(claimed, { type: "bounce", messageId: "m1", reason: "no such mailbox", at: "2026-08-04T02:00:00.000Z" });
    expect(bounced.delivery).toEqual({
      ...claimed,
      state: "BOUNCED",
      messageId: "m1",
      reason: "no such mailbox",
      changedAt: "2026-08-04T02:00:00.000Z",
    });
  });

  it("says in words why it does not take an event", () => {
    expect(moveDelivery(row("UNKNOWN"), events["claim other"])).toMatchObject({
      reason:
        'monthly_2026-07_r1_full-en_mayor is UNKNOWN and does not take "claim": it may have been accepted, and is not sent a second time',
    });
  });

  it("refuses what tells of a second mail, and names both", () => {
    const move = moveDelivery(row("took DELIVERED"), { type: "send", messageId: "m2", at });
    expect(move).toMatchObject({ outcome: "refused", reason: expect.stringMatching(/a second mail, m2; the first is m1/) });
  });
});

const gravest: readonly (readonly [MailProof["type"], DeliveryState])[] = [
  ["complaint", "COMPLAINED"],
  ["bounce", "BOUNCED"],
  ["delivery", "DELIVERED"],
  ["reject", "REJECTED"],
  ["send", "ACCEPTED"],
  ["delay", "ACCEPTED"],
];
const proofType = fc.constantFrom(...gravest.map(([type]) => type));

describe("what SES tells", () => {
  it("ends in the same state in whatever order it comes and however often, from wherever it began", () => {
    fc.assert(
      fc.property(fc.constantFrom(...names.slice(0, 5)), fc.array(proofType, { minLength: 1, maxLength: 12 }), (standing, told) => {
        const end = told.reduce((r, type) => moveDelivery(r, events[type]).delivery, row(standing));
        expect(end.state).toBe(gravest.find(([type]) => told.includes(type))?.[1]);
      }),
      { numRuns: 2000 },
    );
  });

  it("is not undone by anything that a worker says before, between or after", () => {
    const anything = fc.constantFrom(...(Object.keys(events) as EventName[]));
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 25 }), (happened) => {
        let current = row("PENDING");
        let proved = 0;
        for (const name of happened) {
          current = moveDelivery(current, events[name]).delivery;
          // "accepted" is the worker's word for what SES calls "send".
          const index = gravest.findIndex(([type]) => type === (name === "accepted" ? "send" : name));
          if (index >= 0) proved = Math.max(proved, gravest.length - index, 2);
          if (proved > 0) expect(current.state).toBe(gravest[gravest.length - proved]?.[1]);
          expect(current.messageId).toBe(proved > 0 ? "m1" : undefined);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a delivery that SES may have", () => {
  it("is never free to be claimed again, whatever happens, until its own worker says that surely nothing was accepted", () => {
    const anything = fc.constantFrom(...(Object.keys(events) as EventName[]).filter((name) => !/^(rejected|released) mine$/.test(name)));
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 25 }), (happened) => {
        let current = row("SENDING");
        for (const name of happened) {
          current = moveDelivery(current, events[name]).delivery;
          expect(moveDelivery(current, { type: "claim", claim: "third", at }).outcome).toBe("refused");
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("has one of the eight states that there are", () => {
    expect(new Set(names.map((name) => standings[name].state))).toEqual(new Set(deliveryStates));
  });
});
