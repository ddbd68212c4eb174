import { describe, expect, it } from "vitest";
import { checkSeed, type FinalRow, type Testimony } from "./check-seed.ts";
import type { Attempt, Notice } from "./mail-server.ts";

const id = "monthly_2026-06_r1_full-en_mayor";
const to = "mayor@harbourton.example";
const taken: Attempt = { deliveryId: id, to, issue: "June", messageId: "ses-1", refused: false };
const refused: Attempt = { deliveryId: id, to, issue: "June", refused: true };
const unclear: Attempt = { deliveryId: id, to, issue: "June", refused: false };
const wrote = (state: string, messageId?: string) => ({ id, state, claim: "a", messageId });
const claimed = (claim: string) => ({ ...wrote("SENDING"), claim });
const told = (type: Notice["type"]): Notice => ({ type, messageId: "ses-1", deliveryId: id, order: 0, event: {} });

/** One mail that was taken and stands as ACCEPTED, but for what is given. */
function check({ row, excuse, ...parts }: Partial<Testimony> & { row?: FinalRow; excuse?: string } = {}): readonly string[] {
  return checkSeed({
    planned: [{ id, excuse, said: undefined }],
    attempts: [taken],
    arrived: [],
    rows: new Map([[id, row ?? { state: "ACCEPTED", messageId: "ses-1" }]]),
    written: [],
    hurt: new Set(),
    ...parts,
  }).problems;
}

describe("the checker finds nothing wrong where a mail", () => {
  it.each<[string, Parameters<typeof check>[0]]>([
    ["was taken and stands so", {}],
    ["was taken and is in doubt", { row: { state: "UNKNOWN", reason: "time out" } }],
    ["was taken after a refusal", { attempts: [refused, taken] }],
    ["was claimed again after a refusal", { attempts: [refused, taken], written: [claimed("a"), wrote("PENDING"), claimed("b")] }],
    ["is in doubt because a worker died", { attempts: [], row: { state: "UNKNOWN", reason: "died" }, hurt: new Set([id]) }],
    ["was not sent because the reader left", { attempts: [], row: { state: "REJECTED", reason: "left" }, excuse: "left" }],
    ["was thrown away by the server", { row: { state: "REJECTED", messageId: "ses-1", reason: "virus" }, arrived: [told("reject")] }],
  ])("%s", (_, parts) => {
    expect(check(parts)).toEqual([]);
  });
});

describe("the checker finds a mail that", () => {
  it.each<[string, Parameters<typeof check>[0], RegExp]>([
    [
      "was taken twice, under two names",
      { attempts: [taken, { ...taken, deliveryId: "other", messageId: "ses-2" }] },
      /accepted a second time/,
    ],
    ["was sent again in doubt", { attempts: [unclear, taken] }, /end is not known/],
    ["nobody took and that is called sent", { attempts: [] }, /server never took it/],
    ["nobody took and that has no row", { attempts: [], rows: new Map() }, /no row/],
    ["was refused and not tried again", { attempts: [refused], row: { state: "REJECTED", reason: "refused" } }, /after the repair/],
    ["is in doubt without a cause", { attempts: [], row: { state: "UNKNOWN", reason: "?" } }, /nothing went wrong/],
    ["is in doubt without a reason", { attempts: [], row: { state: "UNKNOWN" }, hurt: new Set([id]) }, /without a reason/],
    ["nobody is at any more", { attempts: [], row: { state: "SENDING", reason: "?" } }, /no worker left/],
    ["was taken and stands as PENDING", { row: { state: "PENDING" } }, /would be sent again/],
    ["was taken and stands as refused", { row: { state: "REJECTED", reason: "?" } }, /would be sent again/],
    ["was taken and has no row", { rows: new Map() }, /would be sent again/],
    ["arrived and stands as sent only", { arrived: [told("delivery")] }, /told "delivery"/],
    ["was sent, as was told, and is in doubt", { row: { state: "UNKNOWN", reason: "?" }, arrived: [told("send")] }, /told "send"/],
    ["stands under another mail's id", { row: { state: "ACCEPTED", messageId: "ses-9" } }, /message id ses-9/],
    ["was claimed in doubt", { written: [claimed("a"), wrote("UNKNOWN"), wrote("PENDING"), claimed("b")] }, /claimed 2 times/],
    ["was taken and forgotten on the way", { written: [wrote("ACCEPTED", "ses-1"), wrote("ACCEPTED")] }, /a write forgot it/],
  ])("%s", (_, parts, expected) => {
    expect(check(parts)).toEqual([expect.stringMatching(expected)]);
  });
});
