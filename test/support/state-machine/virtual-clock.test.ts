import { setTimeout as realTime } from "node:timers/promises";
import { expect, it } from "vitest";
import { createVirtualClock } from "./virtual-clock.ts";

const start = "2026-01-31T08:00:00.000Z";
const minute = 60_000;

it("lets waits side by side overlap, in the order of their ends", async () => {
  const clock = createVirtualClock(start);
  const ends: string[] = [];
  const wait = (minutes: number) =>
    clock.run(async () => {
      await clock.sleep(minutes * minute);
      ends.push(clock.now().toISOString().slice(11, 16));
    });
  await Promise.all([wait(3), wait(1), wait(2)]);
  expect(ends).toEqual(["08:01", "08:02", "08:03"]);
});

it("stands still while anybody is at real work", async () => {
  const clock = createVirtualClock(start);
  const seen: string[] = [];
  const worker = clock.run(async () => {
    await realTime(30);
    seen.push(clock.now().toISOString());
    await clock.sleep(minute);
  });
  const sleeper = clock.run(async () => {
    await clock.sleep(2 * minute);
    seen.push(clock.now().toISOString());
  });
  await Promise.all([worker, sleeper]);
  expect(seen).toEqual([start, "2026-01-31T08:02:00.000Z"]);
});

it("passes while somebody waits for others who wait", async () => {
  const clock = createVirtualClock(start);
  await clock.run(() => clock.join(Promise.all([clock.run(() => clock.sleep(minute)), clock.run(() => clock.sleep(minute))])));
  expect(clock.now().toISOString()).toBe("2026-01-31T08:01:00.000Z");
});

it("rings an alarm unless it is cancelled", async () => {
  const clock = createVirtualClock(start);
  let rung = 0;
  for (const cancelled of [false, true]) {
    const alarm = clock.setAlarm(minute);
    alarm.rings.then(() => {
      rung += 1;
    });
    if (cancelled) alarm.cancel();
  }
  await clock.run(() => clock.sleep(2 * minute));
  expect(rung).toBe(1);
});
