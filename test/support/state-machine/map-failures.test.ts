import { expect, it } from "vitest";
import { aDistributedMap, aMachine, aTask, fail } from "./machine-builder.ts";

// dg/… are pages of docs.aws.amazon.com/step-functions/latest/dg.

const failOn = (bad: unknown) => (payload: unknown) => (bad === payload ? fail("Broken") : payload);

it("fails an inline Map with the error of its iteration", async () => {
  const Work = aTask({ End: true });
  const Each = { Type: "Map", ItemProcessor: { StartAt: "Work", States: { Work } }, End: true };
  expect(await aMachine({ Each }, { invoke: failOn(2) }).run([1, 2, 3])).toMatchObject({ status: "FAILED", error: "Broken" });
});

it("tolerates no failed child unless told, and can be caught", async () => {
  // dg/maprun-fail-threshold.html: "The default percentage value is zero"; the error is States.ExceedToleratedFailureThreshold
  const Catch = [{ ErrorEquals: ["States.ExceedToleratedFailureThreshold"], Next: "Caught" }];
  const { run } = aMachine({ Each: aDistributedMap({ Catch }), Caught: { Type: "Pass", End: true } }, { invoke: failOn(2) });
  expect((await run([1, 2, 3])).output).toMatchObject({ Error: "States.ExceedToleratedFailureThreshold" });
});

it.each([
  ["ToleratedFailurePercentage", 50, "SUCCEEDED"],
  ["ToleratedFailurePercentage", "{% 49 %}", "FAILED"],
  ["ToleratedFailurePercentage", 100, "SUCCEEDED"],
  ["ToleratedFailureCount", 1, "SUCCEEDED"],
  ["ToleratedFailureCount", "{% 0 %}", "FAILED"],
  ["ToleratedFailurePercentage", "{% 101 %}", "FAILED"],
])("with one of two items failed and %s %s: %s", async (field, value, status) => {
  // "Your Map Run fails if this value is exceeded."
  const { run } = aMachine({ Each: aDistributedMap({ [field]: value }) }, { invoke: failOn("bad") });
  expect((await run(["good", "bad"])).status).toBe(status);
});

it("counts the items of a failed batch, not the batches", async () => {
  // dg/maprun-fail-threshold.html: "the total number of failed or timed out items divided by the total number of items"
  const Each = aDistributedMap({ ItemBatcher: { MaxItemsPerBatch: 3 }, ToleratedFailureCount: 2 });
  const { run } = aMachine({ Each }, { invoke: (_payload, call) => (call === 1 ? fail("Broken") : "fine") });
  expect(await run([1, 2, 3, 4])).toMatchObject({ error: "States.ExceedToleratedFailureThreshold" });
});

it("starts no more children once the threshold is exceeded", async () => {
  const { run, calls } = aMachine({ Each: aDistributedMap({ MaxConcurrency: 1 }) }, { invoke: failOn(2) });
  await run([1, 2, 3, 4]);
  expect(calls).toHaveLength(2);
});

it("lets go of children that still run when the threshold is exceeded", async () => {
  const Pause = { Type: "Wait", Seconds: 60, Next: "Late" };
  const { run, calls, clock } = aMachine(
    { Each: aDistributedMap({}, { Work: aTask({ Next: "Pause" }), Pause, Late: aTask({ Payload: "late", End: true }) }) },
    { invoke: failOn(2) },
  );
  await run([1, 2]);
  await clock.run(() => clock.sleep(3_600_000));
  expect(calls.map(([, payload]) => payload)).toEqual([1, 2]);
});

it.each([
  [1, "08:03:00"],
  ["{% 2 %}", "08:02:00"],
  [0, "08:01:00"],
])("runs side by side as MaxConcurrency %s says", async (MaxConcurrency, end) => {
  const { run, clock } = aMachine({ Each: aDistributedMap({ MaxConcurrency }) }, { invoke: (_payload, _call, { sleep }) => sleep(60_000) });
  await run([1, 2, 3]);
  expect(clock.now().toISOString().slice(11, 19)).toBe(end);
});

it("retries a Map as a new Map Run, all children anew", async () => {
  const Each = aDistributedMap({ MaxConcurrency: 1, Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 1 }] });
  const { run, calls } = aMachine({ Each }, { invoke: (payload, call) => (call === 2 ? fail("Broken") : payload) });
  expect((await run(["a", "b"])).output).toEqual(["a", "b"]);
  expect(calls.map(([, payload]) => payload)).toEqual(["a", "b", "a", "b"]);
});
