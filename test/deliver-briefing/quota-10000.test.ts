import { expect, it } from "vitest";
import { startEmbeddedTables } from "../support/embedded-table.ts";
import { createQuotaWorld, isInOrder, tookMs } from "../support/quota-world.ts";

it("10,000 recipients drain by twenty workers in the order of their asking without a throttling error", { timeout: 900_000 }, async () => {
  const tables = await startEmbeddedTables();
  try {
    const { time, service, startWorker, drain } = await createQuotaWorld(tables, { perSecond: 14, perDay: 50_000 });
    const heap = { left: 10_000 };
    await time.run(Array.from({ length: 20 }, () => () => drain(startWorker(), heap)));
    expect(service).toMatchObject({ throttled: 0, turns: { length: 10_000 } });
    expect(isInOrder(service.turns)).toBe(true);
    // 10,000 / 14 = 714.3 s.
    expect(tookMs(service)).toBeGreaterThan(714_214);
    expect(tookMs(service)).toBeLessThan(714_286 * 1.02);
    // At first and after each minute; the last mail is asked for at 719.8 s, 20 places before its own.
    expect(service.timesAsked).toBe(12);
  } finally {
    await tables.stop();
  }
});
