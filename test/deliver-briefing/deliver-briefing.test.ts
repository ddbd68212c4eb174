import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { InputError, MailThrottledError, StoreError } from "../../functions/core/errors.ts";
import type { Mailer, SendingLeave, SendingQuota } from "../../functions/core/ports.ts";
import { deliverBriefing } from "../../functions/deliver-briefing/deliver-briefing.ts";
import { settleClaims } from "../../functions/deliver-briefing/settle-claims.ts";
import { recordMailEvent } from "../../functions/mail-events/record-mail-event.ts";
import { aReader, createDeliveryWorld, type DeliveryWorld, juneIssue, leaseMs } from "../support/delivery-world.ts";
import { type EmbeddedTables, startEmbeddedTables } from "../support/embedded-table.ts";

const delivery = "monthly_2026-06_r1_full-en_mayor";

let tables: EmbeddedTables;
let world: DeliveryWorld;
beforeAll(async () => {
  tables = await startEmbeddedTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  world = await createDeliveryWorld(tables);
});
afterEach(() => world.stop());

const deliver = (deps = world.deps) => deliverBriefing(world.input, deps);
const row = () => world.deps.ledger.get(world.key);
const mails = () => world.ses.received.length;

/** As SES tells it of the mail that it took last. */
const tell = (eventType: string, part = {}) =>
  recordMailEvent(
    { eventType, mail: { timestamp: "2026-07-03T01:00:01.000Z", messageId: "m1", tags: { delivery: [delivery] } }, ...part },
    world.deps,
  );

describe("an issue for a reader", () => {
  it("is sent and on record", async () => {
    await world.issue();
    expect(await deliver()).toEqual({ delivery, state: "ACCEPTED" });
    expect(world.ses.received[0]?.body).toMatchObject({
      Destination: { ToAddresses: ["mayor@harbourton.example"] },
      EmailTags: [{ Name: "delivery", Value: delivery }],
      Content: {
        Simple: {
          Attachments: [
            {
              FileName: "harbourton-monthly-2026-06-r1-full-en.pdf",
              RawContent: Buffer.from("%PDF-1.7 of a test\n").toString("base64"),
            },
          ],
        },
      },
    });
    expect(await row()).toMatchObject({ state: "ACCEPTED", messageId: "m1", changedAt: "2026-07-03T01:00:00.000Z" });
  });

  it("is sent once, however often it is asked for", async () => {
    await world.issue();
    await deliver();
    expect(await deliver()).toEqual({ delivery, state: "ACCEPTED" });
    world.wait(leaseMs * 10);
    expect(await deliver()).toEqual({ delivery, state: "ACCEPTED" });
    expect(mails()).toBe(1);
  });

  it("is sent once by twenty workers at once", async () => {
    await world.issue();
    const results = await Promise.all(Array.from({ length: 20 }, () => deliver()));
    expect(mails()).toBe(1);
    expect(new Set(results.map((r) => r.state)).difference(new Set(["ACCEPTED", "SENDING"]))).toEqual(new Set());
    expect(results.map((r) => r.state)).toContain("ACCEPTED");
    expect(await row()).toMatchObject({ state: "ACCEPTED" });
  });

  it("of sixty megabytes reaches SES without its document", async () => {
    await world.issue(undefined, Buffer.alloc(60_000_000, "%PDF-1.7 "));
    expect(await deliver()).toEqual({ delivery, state: "ACCEPTED" });
    expect(world.ses.received[0]?.body).toMatchObject({ Content: { Simple: { Attachments: [] } } });
    expect(JSON.stringify(world.ses.received[0]?.body).length).toBeLessThan(100_000);
  });

  it("that is not printed yet is left for later, without a row", async () => {
    expect(await deliver()).toEqual({ delivery, state: "PENDING", reason: "the edition full-en is not issued yet" });
    expect(await row()).toBeUndefined();
    await world.issue();
    expect(await deliver()).toMatchObject({ state: "ACCEPTED" });
  });

  it("whose model is that of another is not sent and not claimed", async () => {
    await world.issue({ ...juneIssue("full-en"), edition: "one-page-en" });
    await expect(deliver()).rejects.toThrow(InputError);
    expect(await row()).toBeUndefined();
    expect(mails()).toBe(0);
  });

  it("is not sent under a name that is no run's or no edition's", async () => {
    await expect(deliverBriefing({ ...world.input, run: "monthly-2026-06-draft" }, world.deps)).rejects.toThrow(InputError);
    await expect(deliverBriefing({ ...world.input, edition: "full_en" }, world.deps)).rejects.toThrow(InputError);
    await expect(deliverBriefing({ ...world.input, recipient: "a@b" }, world.deps)).rejects.toThrow(InputError);
  });
});

describe("a reader who left after the run was planned", () => {
  it("gets nothing, which is on record with its reason, and gets it when they are back", async () => {
    await world.issue();
    await world.deps.subscriptions.load([]);
    const gone = { delivery, state: "REJECTED", reason: "the reader has no subscription any more" };
    expect(await deliver()).toEqual(gone);
    expect(await deliver()).toEqual(gone);
    await world.deps.subscriptions.load([aReader({ paused: true })]);
    expect(await deliver()).toMatchObject({ state: "REJECTED" });
    expect(mails()).toBe(0);
    await world.deps.subscriptions.load([aReader()]);
    expect(await deliver()).toEqual({ delivery, state: "ACCEPTED" });
    expect(mails()).toBe(1);
  });

  it("is sent to the address that holds when it is sent", async () => {
    await world.issue();
    await world.deps.subscriptions.load([aReader({ address: "new.mayor@harbourton.example" })]);
    await deliver();
    expect(world.ses.received[0]?.body).toMatchObject({ Destination: { ToAddresses: ["new.mayor@harbourton.example"] } });
  });
});

describe("a reader whose address is suppressed", () => {
  const bounced = {
    address: "mayor@harbourton.example",
    cause: "bounced",
    reason: "550 no such user",
    since: "2026-04-14T00:00:07.000Z",
    delivery: "monthly_2026-03_r1_full-en_mayor",
  } as const;
  const refused = {
    delivery,
    state: "REJECTED",
    reason: "the address bounced for good on 2026-04-14; a person must clear it: biaogan subscriptions clear mayor",
  };

  it("gets nothing, which is on record with the reason and without a name, until a person clears it", async () => {
    await world.issue();
    await world.deps.suppressions.add(bounced);
    expect(await deliver()).toEqual(refused);
    expect(await deliver()).toEqual(refused);
    expect(mails()).toBe(0);
    await world.deps.suppressions.clear(bounced.address, "2026-07-03T02:00:00.000Z");
    expect(await deliver()).toEqual({ delivery, state: "ACCEPTED" });
    expect(mails()).toBe(1);
  });

  it("in other capitals gets nothing, and at a new address gets the issue", async () => {
    await world.issue();
    await world.deps.suppressions.add(bounced);
    await world.deps.subscriptions.load([aReader({ address: "Mayor@Harbourton.example" })]);
    expect(await deliver()).toEqual(refused);
    await world.deps.subscriptions.load([aReader({ address: "new.mayor@harbourton.example" })]);
    expect(await deliver()).toMatchObject({ state: "ACCEPTED" });
  });

  it("after another reason kept the mail back is told the reason that holds now", async () => {
    await world.issue();
    await world.deps.subscriptions.load([aReader({ paused: true })]);
    expect(await deliver()).toMatchObject({ reason: "the subscription rests" });
    await world.deps.subscriptions.load([aReader()]);
    await world.deps.suppressions.add({ ...bounced, cause: "complained" });
    const reason = "the reader complained of a mail on 2026-04-14; a person must clear it: biaogan subscriptions clear mayor";
    expect(await deliver()).toMatchObject({ state: "REJECTED", reason });
    expect(await row()).toMatchObject({ reason });
  });
});

describe("leave to send", () => {
  beforeEach(() => world.issue());

  it("is asked for when the mail is written and waited for without a claim", async () => {
    const quota: SendingQuota = { ask: async () => ({ outcome: "granted", waitMs: 7_000 }) };
    const seen: unknown[] = [];
    const sleep = async (ms: number) => {
      world.wait(ms);
      seen.push(ms, await row());
    };
    expect(await deliver({ ...world.deps, quota, sleep })).toMatchObject({ state: "ACCEPTED" });
    expect(seen).toEqual([7_000, undefined]);
    expect(await row()).toMatchObject({ changedAt: "2026-07-03T01:00:07.000Z" });
  });

  it("that will be long in coming is left to later, with the reason; nothing is sent and nothing claimed", async () => {
    const quota: SendingQuota = {
      ask: async () => ({ outcome: "refused", reason: "200 are used up; ask again in 60 s", retryAfterMs: 60_000 }),
    };
    const failure: unknown = await deliver({ ...world.deps, quota }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MailThrottledError);
    expect(String(failure)).toContain("200 are used up; ask again in 60 s");
    expect(await row()).toBeUndefined();
    expect(mails()).toBe(0);
    expect(await deliver()).toMatchObject({ state: "ACCEPTED" });
  });

  it("that will come soon is asked for once more", async () => {
    const soon = { outcome: "refused", reason: "another worker is reading the limits", retryAfterMs: 1_000 } as const;
    const leaves: SendingLeave[] = [soon, { outcome: "granted", waitMs: 0 }, soon, soon];
    const quota: SendingQuota = { ask: async () => leaves.shift() ?? soon };
    expect(await deliver({ ...world.deps, quota })).toMatchObject({ state: "ACCEPTED" });
    expect(await row()).toMatchObject({ changedAt: "2026-07-03T01:00:01.000Z" });
    await world.deps.subscriptions.load([aReader(), aReader({ id: "deputy", address: "deputy@harbourton.example" })]);
    await expect(deliverBriefing({ ...world.input, recipient: "deputy" }, { ...world.deps, quota })).rejects.toThrow(MailThrottledError);
    expect(leaves).toEqual([]);
  });

  it("is not asked for where nothing is to be sent", async () => {
    const quota: SendingQuota = { ask: () => Promise.reject(new Error("asked for")) };
    await deliver();
    expect(await deliver({ ...world.deps, quota })).toMatchObject({ state: "ACCEPTED" });
    await world.deps.subscriptions.load([]);
    expect(await deliverBriefing({ ...world.input, recipient: "deputy" }, { ...world.deps, quota })).toMatchObject({ state: "REJECTED" });
  });
});

describe("a mail that SES does not take", () => {
  beforeEach(() => world.issue());

  it("is rejected with the reason, names nobody, and is tried again by the next call", async () => {
    world.ses.answer = { error: "MessageRejected", message: "Email address is not verified: mayor@harbourton.example" };
    const reason = "MessageRejected: Email address is not verified: the recipient: HTTP 400";
    expect(await deliver()).toEqual({ delivery, state: "REJECTED", reason });
    expect(JSON.stringify(await row())).not.toContain("@");
    world.ses.answer = { messageId: "m2" };
    expect(await deliver()).toEqual({ delivery, state: "ACCEPTED" });
    expect(await row()).not.toHaveProperty("reason");
  });

  it("for want of room today is given back, and the error says so", async () => {
    world.ses.answer = { error: "TooManyRequestsException", status: 429 };
    await expect(deliver()).rejects.toThrow(MailThrottledError);
    expect(await row()).toMatchObject({ state: "PENDING", reason: expect.stringContaining("TooManyRequestsException") });
    world.ses.answer = { messageId: "m1" };
    expect(await deliver()).toEqual({ delivery, state: "ACCEPTED" });
  });

  it.each(["break before", "break after"] as const)("or may have taken (%s it had read it) is never sent again", async (answer) => {
    world.ses.answer = answer;
    expect(await deliver()).toMatchObject({ state: "UNKNOWN", reason: expect.stringMatching(/\w/) });
    world.ses.answer = { messageId: "m2" };
    world.wait(leaseMs * 100);
    expect(await deliver()).toMatchObject({ state: "UNKNOWN" });
    expect(mails()).toBe(answer === "break after" ? 1 : 0);
  });

  it("or may have taken is known to be sent once SES says so", async () => {
    world.ses.answer = "break after";
    await deliver();
    expect(await tell("Send", { send: {} })).toMatchObject({ outcome: "moved", state: "ACCEPTED" });
    expect(await deliver()).toEqual({ delivery, state: "ACCEPTED" });
    expect(mails()).toBe(1);
  });

  it("but tells of before its answer arrives is as far as SES says", async () => {
    const mailer: Mailer = {
      send: async (mail) => {
        const said = await world.deps.mailer.send(mail);
        await tell("Delivery", { delivery: { timestamp: "2026-07-03T01:00:02.000Z" } });
        return said;
      },
    };
    expect(await deliver({ ...world.deps, mailer })).toEqual({ delivery, state: "DELIVERED" });
  });
});

/** Where a worker may die. `before` the call is made, or `after` it did its work and before the worker heard of it. */
type Death = readonly [call: string, when: "before" | "after"];

/** A worker's parts, of which one call is the last: from then on nothing that it asks for happens. */
function dyingAt([call, when]: Death, world: DeliveryWorld) {
  let dead = false;
  const counts = new Map<string, number>();
  const died = new Error("the worker is dead");
  const mortal = <T extends object>(name: string, part: T): T =>
    new Proxy(part, {
      get: (target, method) => {
        const original: unknown = Reflect.get(target, method);
        if (typeof original !== "function") return original;
        return (...args: unknown[]) => {
          const label = `${name}.${String(method)}`;
          const count = (counts.get(label) ?? 0) + 1;
          counts.set(label, count);
          const isLast = `${label} ${count}` === call;
          if (dead || (isLast && when === "before")) {
            dead = true;
            throw died;
          }
          const result: unknown = original.apply(target, args);
          if (!isLast) return result;
          dead = true;
          return Promise.resolve(result).then(() => Promise.reject(died));
        };
      },
    });
  const { ledger, subscriptions, suppressions, quota, archive, mailer, templates } = world.deps;
  return {
    ...world.deps,
    ledger: mortal("ledger", ledger),
    subscriptions: mortal("subscriptions", subscriptions),
    suppressions: mortal("suppressions", suppressions),
    quota: mortal("quota", quota),
    archive: mortal("archive", archive),
    mailer: mortal("mailer", mailer),
    templates: mortal("templates", templates),
  };
}

/** By hand: where the worker dies; what the next call finds at once; what it finds when the claim is too old; and how many mails SES got in all. */
const deaths: readonly (readonly [...Death, atOnce: string, later: string, sent: number])[] = [
  ["ledger.get 1", "before", "ACCEPTED", "ACCEPTED", 1],
  ["ledger.get 1", "after", "ACCEPTED", "ACCEPTED", 1],
  ["subscriptions.get 1", "before", "ACCEPTED", "ACCEPTED", 1],
  ["subscriptions.get 1", "after", "ACCEPTED", "ACCEPTED", 1],
  ["suppressions.find 1", "before", "ACCEPTED", "ACCEPTED", 1],
  ["suppressions.find 1", "after", "ACCEPTED", "ACCEPTED", 1],
  ["archive.get 1", "before", "ACCEPTED", "ACCEPTED", 1],
  ["archive.get 1", "after", "ACCEPTED", "ACCEPTED", 1],
  ["archive.get 2", "before", "ACCEPTED", "ACCEPTED", 1],
  ["archive.get 2", "after", "ACCEPTED", "ACCEPTED", 1],
  ["templates.render 1", "before", "ACCEPTED", "ACCEPTED", 1],
  ["templates.render 2", "before", "ACCEPTED", "ACCEPTED", 1],
  ["quota.ask 1", "before", "ACCEPTED", "ACCEPTED", 1],
  ["quota.ask 1", "after", "ACCEPTED", "ACCEPTED", 1],
  // The claim.
  ["ledger.move 1", "before", "ACCEPTED", "ACCEPTED", 1],
  ["ledger.move 1", "after", "SENDING", "UNKNOWN", 0],
  ["mailer.send 1", "before", "SENDING", "UNKNOWN", 0],
  ["mailer.send 1", "after", "SENDING", "UNKNOWN", 1],
  // What came of it.
  ["ledger.move 2", "before", "SENDING", "UNKNOWN", 1],
  ["ledger.move 2", "after", "ACCEPTED", "ACCEPTED", 1],
];

describe("a worker that dies", () => {
  it.each(deaths)("at %s, %s it is done, leaves %s, then %s; mails sent: %i", async (call, when, atOnce, later, sent) => {
    await world.issue();
    await expect(deliver(dyingAt([call, when], world))).rejects.toThrow("the worker is dead");
    expect(await deliver()).toMatchObject({ state: atOnce });
    world.wait(leaseMs);
    expect(await deliver()).toMatchObject({ state: later });
    expect(mails()).toBe(sent);
    // Where SES has a mail, it tells of it, and then everybody knows.
    if (sent === 0) return;
    await tell("Send", { send: {} });
    await tell("Delivery", { delivery: { timestamp: "2026-07-03T01:00:02.000Z" } });
    expect(await deliver()).toEqual({ delivery, state: "DELIVERED" });
    expect(mails()).toBe(1);
  });

  it("covers every call that a worker makes: one that lives makes no others", async () => {
    await world.issue();
    const made = new Set(deaths.map(([call]) => call));
    const more = ["subscriptions.get 2", "suppressions.find 2", "archive.get 3", "templates.render 3", "quota.ask 2", "mailer.send 2"];
    for (const call of ["ledger.get 2", "ledger.move 3", ...more]) {
      expect(made).not.toContain(call);
      expect(await deliver(dyingAt([call, "before"], world))).toMatchObject({ state: "ACCEPTED" });
    }
  });

  it("but was only slow still counts after it was given up", async () => {
    await world.issue();
    const slow: Mailer = {
      send: async () => {
        world.wait(leaseMs);
        expect(await deliver()).toMatchObject({ state: "UNKNOWN" });
        return { outcome: "accepted", messageId: "m1" };
      },
    };
    expect(await deliver({ ...world.deps, mailer: slow })).toEqual({ delivery, state: "ACCEPTED" });
    expect(mails()).toBe(0);
  });

  it("and whose claim is given up for the whole run at once is counted as unknown", async () => {
    await world.issue();
    await deliver(dyingAt(["mailer.send 1", "after"], world)).catch(() => {});
    expect((await settleClaims(world.key, world.deps)).counts).toMatchObject({ SENDING: 1, UNKNOWN: 0 });
    expect((await settleClaims(world.key, { ...world.deps, leaseMs: 0 })).counts).toMatchObject({ SENDING: 0, UNKNOWN: 1 });
    expect(await row()).toMatchObject({ state: "UNKNOWN", reason: "the worker that claimed it never said what came of it" });
  });
});

describe("a part that throws while the worker lives on", () => {
  beforeEach(() => world.issue());

  it("being the mailer, with an error that promises nothing, leaves it unknown, and the error is not swallowed", async () => {
    const mailer = { send: () => Promise.reject(new TypeError("a bug near mayor@harbourton.example")) };
    await expect(deliver({ ...world.deps, mailer })).rejects.toThrow(TypeError);
    expect(await row()).toMatchObject({ state: "UNKNOWN", reason: "a bug near the recipient" });
  });

  it("being the ledger as well as the mailer says both", async () => {
    const mailer = { send: () => Promise.reject(new MailThrottledError("too fast")) };
    const moves: string[] = [];
    const ledger: typeof world.deps.ledger = {
      ...world.deps.ledger,
      move: (key, event) => {
        moves.push(event.type);
        return event.type === "claim" ? world.deps.ledger.move(key, event) : Promise.reject(new StoreError("no database"));
      },
    };
    const failure: unknown = await deliver({ ...world.deps, mailer, ledger }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreError);
    expect(String(failure)).toMatch(/too fast.*no database/);
    expect(moves).toEqual(["claim", "released"]);
    expect(await row()).toMatchObject({ state: "SENDING" });
  });
});
