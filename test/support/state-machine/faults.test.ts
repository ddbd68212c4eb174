import { expect, it, vi } from "vitest";
import { aDistributedMap, aMachine, aTask, eventsOf, fail } from "./machine-builder.ts";
import { Killed } from "./state-error.ts";

const Caught = { Type: "Pass", End: true };

it("fails a Task with States.Timeout after TimeoutSeconds, though the function goes on and has its effect", async () => {
  const effects: string[] = [];
  const Catch = [{ ErrorEquals: ["States.Timeout"], Next: "Pause" }];
  const Pause = { Type: "Wait", Seconds: 3600, End: true, Output: "{% $states.context.State.EnteredTime %}" };
  const { run } = aMachine(
    { Ask: aTask({ TimeoutSeconds: "{% 20 + 10 %}", Catch, End: true }), Pause },
    {
      invoke: async (_payload, _call, clock) => {
        await clock.sleep(900_000);
        effects.push(clock.now().toISOString());
      },
    },
  );
  expect((await run()).output).toBe("2026-01-31T08:00:30.000Z");
  expect(effects).toEqual(["2026-01-31T08:15:00.000Z"]);
});

it("does not time out a function that answers in time", async () => {
  const { run, clock } = aMachine(
    { Ask: aTask({ TimeoutSeconds: 30, End: true }) },
    { invoke: (_payload, _call, { sleep }) => sleep(29_000) },
  );
  expect((await run()).status).toBe("SUCCEEDED");
  expect(clock.now().toISOString()).toBe("2026-01-31T08:00:29.000Z");
});

it("kills a step at an arrow before its work: no effect, and a retry", async () => {
  const arrows: string[] = [];
  const { run, calls } = aMachine(
    { Begin: { Type: "Pass", Next: "Ask" }, Ask: aTask({ Retry: [{ ErrorEquals: ["Lambda.Unknown"] }], End: true }) },
    {
      hooks: {
        onArrow: (from, to, { when, attempt }) => {
          arrows.push(`${from} → ${to} ${when} ${attempt}`);
          if (to === "Ask" && when === "before" && attempt === 1) throw new Killed();
        },
      },
    },
  );
  expect((await run()).status).toBe("SUCCEEDED");
  expect(calls).toHaveLength(1);
  expect(arrows).toEqual([
    "Start → Begin before 1",
    "Start → Begin after 1",
    "Begin → Ask before 1",
    "Begin → Ask before 2",
    "Begin → Ask after 2",
  ]);
});

it("kills a step at an arrow after its work: the effect twice", async () => {
  const { run, calls } = aMachine(
    { Ask: aTask({ Retry: [{ ErrorEquals: ["Sandbox.Timedout"] }], End: true }) },
    {
      hooks: {
        onArrow: (_from, _to, { when, attempt }) => {
          if (when === "after" && attempt === 1) throw new Killed("Sandbox.Timedout");
        },
      },
    },
  );
  expect((await run()).status).toBe("SUCCEEDED");
  expect(calls).toHaveLength(2);
});

it.each([
  ["first", "answer 1"],
  ["last", "answer 2"],
] as const)("delivers a task twice and takes the %s answer", async (counts, answer) => {
  const { run, calls } = aMachine(
    { Ask: aTask({ Output: "{% $states.result.Payload %}", End: true }) },
    { invoke: (_payload, call) => `answer ${call}`, hooks: { duplicate: () => counts } },
  );
  expect((await run({ a: 1 })).output).toBe(answer);
  expect(calls).toEqual([
    ["worker", { a: 1 }],
    ["worker", { a: 1 }],
  ]);
});

it("throws a fault of the test to the test", async () => {
  const { run } = aMachine(
    { Ask: aTask({ End: true, Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }] }), Caught },
    {
      hooks: {
        onArrow: () => {
          throw new TypeError("a slip in the test");
        },
      },
    },
  );
  await expect(run()).rejects.toThrow("a slip in the test");
});

it("shows failures in the history", async () => {
  const { run } = aMachine(
    { Ask: aTask({ Retry: [{ ErrorEquals: ["Busy"], MaxAttempts: 1 }], End: true }) },
    { invoke: () => fail("Busy") },
  );
  expect(eventsOf(await run())).toEqual([
    " ExecutionStarted",
    "Ask StateEntered",
    "Ask TaskScheduled",
    "Ask StateFailed",
    "Ask TaskScheduled",
    "Ask StateFailed",
    " ExecutionFailed",
  ]);
});

it("fails an execution at an arrow beyond Retry and Catch, and a redrive goes on there", async () => {
  const kill = vi.fn().mockImplementationOnce(() => {
    throw new Killed("States.Runtime");
  });
  const handlers = { Retry: [{ ErrorEquals: ["States.ALL"] }], Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }] };
  const { machine, run, calls } = aMachine(
    { Begin: { Type: "Pass", Output: "begun", Next: "Ask" }, Ask: aTask({ ...handlers, Output: "asked", End: true }), Caught },
    { hooks: { onArrow: (from, _to, { when }) => (from === "Begin" && when === "after" ? kill() : undefined) } },
  );
  expect(await run({}, "m")).toMatchObject({ status: "FAILED", error: "States.Runtime" });
  expect(await machine.redrive("m")).toMatchObject({ status: "SUCCEEDED", output: "asked" });
  expect(calls).toEqual([
    ["worker", "begun"],
    ["worker", "begun"],
  ]);
});

it("kills one child of a Map at its arrow", async () => {
  const { run } = aMachine(
    { Each: aDistributedMap({ ToleratedFailureCount: 1 }) },
    {
      hooks: {
        onArrow: (_from, to, { item }) => {
          if (to === "Work" && item === 1) throw new Killed();
        },
      },
    },
  );
  expect((await run(["a", "b", "c"])).output).toMatchObject(["a", { Status: "FAILED", Error: "Lambda.Unknown" }, "c"]);
});

it("times out a function that says it took long without giving way", async () => {
  const { run } = aMachine(
    { Ask: aTask({ TimeoutSeconds: 30, End: true }) },
    { invoke: (_payload, _call, clock) => clock.advance(31_000) },
  );
  expect(await run()).toMatchObject({ status: "FAILED", error: "States.Timeout" });
});

it("calls no hook for a run that was given up", async () => {
  const arrows: string[] = [];
  const { run, clock } = aMachine(
    { Ask: aTask({ Next: "Caught" }), Caught },
    {
      top: { TimeoutSeconds: 60 },
      invoke: (_payload, _call, { sleep }) => sleep(120_000),
      hooks: { onArrow: (_from, to, { when }) => void arrows.push(`${to} ${when}`) },
    },
  );
  expect((await run()).status).toBe("TIMED_OUT");
  await clock.run(() => clock.sleep(3_600_000));
  expect(arrows).toEqual(["Ask before"]);
});
