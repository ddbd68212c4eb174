import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MailThrottledError } from "../../functions/core/errors.ts";
import { type EmbeddedTables, startEmbeddedTables } from "../support/embedded-table.ts";
import { createQuotaWorld, dayMs, isInOrder, startsAt, tookMs } from "../support/quota-world.ts";

let tables: EmbeddedTables;
beforeAll(async () => {
  tables = await startEmbeddedTables();
});
afterAll(() => tables.stop());

/** The same numbers each time. */
function createNoise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("leave to send", () => {
  it("drains 500 mails by twenty workers in the order of their asking, at the rate, and never too fast", async () => {
    const { time, service, startWorker, drain } = await createQuotaWorld(tables, { perSecond: 14, perDay: 50_000 });
    const heap = { left: 500 };
    await time.run(Array.from({ length: 20 }, () => () => drain(startWorker(), heap)));
    expect(service).toMatchObject({ throttled: 0, turns: { length: 500 } });
    expect(isInOrder(service.turns)).toBe(true);
    // 499 intervals of 1000 / 14 ms = 35.6 s, and 1 % for chance on the way.
    expect(tookMs(service)).toBeGreaterThan(35_643);
    expect(tookMs(service)).toBeLessThan(35_643 * 1.02);
  });

  it("is kept by workers whose clocks differ by seconds, that come at any time and whose way takes more or less", async () => {
    const { time, service, startWorker, drain } = await createQuotaWorld(tables, { perSecond: 14 });
    const heap = { left: 400 };
    const noise = createNoise(7);
    // Fifty whose clocks are slow by up to five seconds, and when they have places for the next 2.6 s, ten whose clocks are fast.
    const workers = Array.from({ length: 60 }, (_, n) =>
      n < 50 ? { startMs: n * 20, skewMs: -5_000 * noise() } : { startMs: 1_000 + (n - 50) * 290, skewMs: 5_000 * noise() },
    );
    await time.run(
      workers.map(({ startMs, skewMs }) => async () => {
        await time.sleep(startMs);
        await drain(startWorker({ skewMs }), heap, () => noise() * 10);
      }),
    );
    expect(service).toMatchObject({ throttled: 0, turns: { length: 400 } });
    // 399 intervals of 1000 / 14 ms.
    expect(tookMs(service)).toBeLessThan(28_500 * 1.02);
  });

  it("is kept when a worker with a fast clock comes while others wait", async () => {
    const { time, service, startWorker } = await createQuotaWorld(tables, { perSecond: 1 });
    await time.run([
      async () => {
        const slow = startWorker({ skewMs: -4_000 });
        for (let n = 0; n < 5; n++) await slow.ask();
        // Places at 0, 1.01, 2.02, 3.03, 4.04 s are given; by its own clock the next worker comes at 8.
        expect(await startWorker({ skewMs: 4_000 }).ask()).toEqual({ outcome: "granted", waitMs: expect.closeTo(5_050, 2) });
        expect(service.timesAsked).toBe(1);
      },
    ]);
  });

  it("is not saved up: after an hour's rest a worker does not send a second's mails at once", async () => {
    const { time, startWorker } = await createQuotaWorld(tables, { perSecond: 2 });
    await time.run([
      async () => {
        const quota = startWorker();
        await quota.ask();
        await time.sleep(3_600_000);
        const waits = [await quota.ask(), await quota.ask(), await quota.ask()];
        expect(waits).toEqual([0, 505, 1_010].map((waitMs) => ({ outcome: "granted", waitMs: expect.closeTo(waitMs, 6) })));
      },
    ]);
  });

  it("in SES's sandbox is one a second and two hundred a day, and says when there will be more", async () => {
    const { time, service, startWorker, drain } = await createQuotaWorld(tables, { perSecond: 1, perDay: 200 });
    await time.run([
      async () => {
        const quota = startWorker();
        await drain(quota, { left: 200 });
        expect(service).toMatchObject({ throttled: 0, turns: { length: 200 } });
        expect(await quota.ask()).toEqual({
          outcome: "refused",
          reason: expect.stringMatching(/^the mail service's 200 mails of 24 hours are used up: .*; ask again in \d+ s$/),
          retryAfterMs: expect.any(Number),
        });
        // It goes on when yesterday's first mails pass out of the count, which it sees within a minute.
        await time.sleep(dayMs - 600_000);
        await drain(quota, { left: 3 });
        expect(service).toMatchObject({ throttled: 0, turns: { length: 203 } });
        expect(service.turns[200]?.sentAt).toBeGreaterThanOrEqual(startsAt + dayMs);
        expect(service.turns[200]?.sentAt).toBeLessThan(startsAt + dayMs + 61_000);
      },
    ]);
  });

  it("counts what others send from the same account", async () => {
    const { time, service, startWorker } = await createQuotaWorld(tables, { perSecond: 14, perDay: 100 });
    const readLimits = async () => ({ ...(await service.readLimits()), sentLastDay: service.sentLastDay() + 98 });
    await time.run([
      async () => {
        const quota = startWorker({ readLimits });
        expect(await quota.ask()).toMatchObject({ outcome: "granted" });
        expect(await quota.ask()).toMatchObject({ outcome: "granted" });
        expect(await quota.ask()).toMatchObject({ outcome: "refused" });
      },
    ]);
  });

  it("is refused where it would be long in coming, and no place is kept", async () => {
    const { time, startWorker } = await createQuotaWorld(tables, { perSecond: 1 });
    await time.run([
      async () => {
        const quota = startWorker();
        const waits: number[] = [];
        let leave = await quota.ask();
        for (; leave.outcome === "granted"; leave = await quota.ask()) waits.push(leave.waitMs);
        // At 0, 1.01, … 9.09 s; the next would be at 10.1.
        expect(waits).toHaveLength(10);
        expect(leave).toMatchObject({
          retryAfterMs: 100,
          reason: "the mail service takes 1 a second, and those before this one take 11 s; ask again in 1 s",
        });
        await time.sleep(100);
        expect(await quota.ask()).toEqual({ outcome: "granted", waitMs: expect.closeTo(10_000, 3) });
      },
    ]);
  });

  it("goes on by the limits that are known while they cannot be read, and one worker says so", async () => {
    const { time, service, startWorker } = await createQuotaWorld(tables, { perSecond: 14 });
    let isDown = false;
    const readLimits = () => (isDown ? Promise.reject(new MailThrottledError("SES is down")) : service.readLimits());
    await time.run([
      async () => {
        const [a, b] = [startWorker({ readLimits }), startWorker({ readLimits })];
        await a.ask();
        isDown = true;
        // A minute, and ten seconds by which clocks may differ: b is new.
        await time.sleep(75_000);
        await expect(b.ask()).rejects.toThrow("SES is down");
        expect(await b.ask()).toMatchObject({ outcome: "granted" });
        expect(await a.ask()).toMatchObject({ outcome: "granted" });
        isDown = false;
        await time.sleep(15_000);
        await a.ask();
        expect(service.timesAsked).toBe(2);
      },
    ]);
  });

  it("is not given where the limits were never read: one worker reads them, and the others ask again", async () => {
    const { service, startWorker } = await createQuotaWorld(tables, { perSecond: 14 });
    const leaves = await Promise.all(Array.from({ length: 5 }, () => startWorker().ask()));
    expect(service.timesAsked).toBe(1);
    for (const leave of leaves)
      expect(leave).toMatchObject(leave.outcome === "refused" ? { retryAfterMs: 1_000 } : { waitMs: expect.any(Number) });
  });
});
