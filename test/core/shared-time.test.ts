import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startSharedTime } from "../../functions/core/shared-time.ts";

/** A worker whose clock is wrong by `skewMs`, in a world where `now.ms` have passed. */
function startWorker(now: { ms: number }, skewMs: number) {
  const clock = { wall: () => 1_783_000_000_000 + now.ms + skewMs, elapsed: () => now.ms };
  const shared = startSharedTime(clock);
  let row: { time: number; askedWall: number } | undefined;
  return (seen = row) => {
    row = { time: shared.read(seen), askedWall: clock.wall() };
    return row;
  };
}

describe("the time that workers share", () => {
  it("begins with the first one's clock and goes with its stopwatch", () => {
    const now = { ms: 0 };
    const ask = startWorker(now, 0);
    const { time } = ask();
    now.ms = 1_234;
    expect(ask().time).toBe(time + 1_234);
  });

  it("does not jump when one whose clock is fast or slow comes in", () => {
    const now = { ms: 0 };
    const first = startWorker(now, 0)();
    now.ms = 100;
    expect(startWorker(now, 9_000)(first).time).toBe(first.time);
    expect(startWorker(now, -9_000)(first).time).toBe(first.time);
  });

  it("goes on while nobody is there, but for the ten seconds by which clocks may differ", () => {
    const now = { ms: 0 };
    const first = startWorker(now, 0)();
    now.ms = 3_600_000;
    expect(startWorker(now, 0)(first).time).toBe(first.time + 3_590_000);
  });

  it("never goes faster than real time and never back, however many come, at whatever times, with clocks up to ten seconds apart", () => {
    const asks = fc.array(fc.record({ worker: fc.nat(7), afterMs: fc.nat(30_000), isNew: fc.boolean() }), { minLength: 2, maxLength: 60 });
    const skews = fc.array(fc.integer({ min: -5_000, max: 5_000 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(asks, skews, (schedule, skewMs) => {
        const now = { ms: 0 };
        const workers = skewMs.map((skew) => startWorker(now, skew));
        let row = workers[0]?.();
        const first = row?.time ?? 0;
        for (const { worker, afterMs, isNew } of schedule) {
          now.ms += afterMs;
          if (isNew) workers[worker] = startWorker(now, skewMs[worker] ?? 0);
          const before = row?.time ?? 0;
          row = workers[worker]?.(row);
          expect(row?.time).toBeGreaterThanOrEqual(before);
          expect(row?.time).toBeLessThanOrEqual(first + now.ms);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
