import { expect, it } from "vitest";
import { aMachine, aTask, eventsOf, fail } from "./machine-builder.ts";
import { Killed } from "./state-error.ts";

// dg/… are pages of docs.aws.amazon.com/step-functions/latest/dg; the rules of Retry and Catch are in dg/concepts-error-handling.html.

const Caught = { Type: "Pass", End: true };
const onceBusy = (_payload: unknown, call: number) => (call === 1 ? fail("Busy") : "done");

it("retries after IntervalSeconds, times BackoffRate each time, at most MaxAttempts times", async () => {
  // "IntervalSeconds 3, MaxAttempts 3, BackoffRate 2": the retries come 3, 6 and 12 seconds after the failures
  const Retry = [{ ErrorEquals: ["Busy"], IntervalSeconds: 3, MaxAttempts: 3, BackoffRate: 2 }];
  const times: string[] = [];
  const { run } = aMachine(
    { Ask: aTask({ Retry, End: true }) },
    {
      invoke: (_payload, _call, clock) => {
        times.push(clock.now().toISOString().slice(14, 19));
        fail("Busy");
      },
    },
  );
  expect(await run()).toMatchObject({ status: "FAILED", error: "Busy" });
  expect(times).toEqual(["00:00", "00:03", "00:09", "00:21"]);
});

it("takes 1 second, 3 attempts and a rate of 2 where a retrier says nothing", async () => {
  const { run, calls, clock } = aMachine(
    { Ask: aTask({ Retry: [{ ErrorEquals: ["States.ALL"] }], End: true }) },
    { invoke: () => fail("Busy") },
  );
  await run();
  expect(calls).toHaveLength(4);
  expect(clock.now().toISOString()).toBe("2026-01-31T08:00:07.000Z");
});

it("waits no longer than MaxDelaySeconds", async () => {
  // "MaxDelaySeconds: A positive integer that sets the maximum value … up to which a retry interval can increase"
  const Retry = [{ ErrorEquals: ["Busy"], IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 4, MaxDelaySeconds: 10 }];
  const { run, clock } = aMachine({ Ask: aTask({ Retry, End: true }) }, { invoke: () => fail("Busy") });
  await run();
  expect(clock.now().toISOString()).toBe("2026-01-31T08:00:29.000Z"); // 3 + 6 + 10 + 10
});

it("takes a random part of the delay with JitterStrategy FULL", async () => {
  const Retry = [{ ErrorEquals: ["Busy"], IntervalSeconds: 8, JitterStrategy: "FULL" }];
  const { run, clock } = aMachine({ Ask: aTask({ Retry, End: true }) }, { invoke: onceBusy, hooks: { random: () => 0.25 } });
  await run();
  expect(clock.now().toISOString()).toBe("2026-01-31T08:00:02.000Z");
});

it("never retries with MaxAttempts 0, even if a later retrier would", async () => {
  // "A value of 0 specifies that the error is never retried." The first retrier that names the error decides.
  const Retry = [{ ErrorEquals: ["Busy"], MaxAttempts: 0 }, { ErrorEquals: ["States.ALL"] }];
  const { run, calls } = aMachine({ Ask: aTask({ Retry, End: true }) }, { invoke: () => fail("Busy") });
  expect(await run()).toMatchObject({ error: "Busy" });
  expect(calls).toHaveLength(1);
});

it("counts the retries of each retrier for itself", async () => {
  // The example of "Complex retry scenarios": A, B, A, A against two retriers of 2 attempts each
  const errors = ["A", "B", "A", "A"];
  const Retry = [
    { ErrorEquals: ["A"], MaxAttempts: 2 },
    { ErrorEquals: ["B"], MaxAttempts: 2 },
  ];
  const { run, calls } = aMachine({ Ask: aTask({ Retry, End: true }) }, { invoke: (_payload, call) => fail(errors[call - 1] ?? "none") });
  expect(await run()).toMatchObject({ error: "A" });
  expect(calls).toHaveLength(4);
});

it("tells a retry its number in the context object", async () => {
  // dg/input-output-contextobject.html: State.RetryCount
  const Retry = [{ ErrorEquals: ["Busy"] }];
  const { run, calls } = aMachine(
    { Ask: aTask({ Payload: "{% $states.context.State.RetryCount %}", Retry, End: true }) },
    { invoke: onceBusy },
  );
  await run();
  expect(calls).toEqual([
    ["worker", 0],
    ["worker", 1],
  ]);
});

it("catches an error after its retries, and passes on its Error and Cause", async () => {
  // "the output of the state … is a JSON object with the fields Error and Cause"; a function's Cause is the JSON text of its error
  const states = {
    Ask: aTask({ Retry: [{ ErrorEquals: ["Busy"], MaxAttempts: 1 }], Catch: [{ ErrorEquals: ["Busy"], Next: "Caught" }], End: true }),
    Caught,
  };
  const { run, calls } = aMachine(states, { invoke: () => fail("Busy") });
  const { output } = await run();
  expect(output).toMatchObject({ Error: "Busy" });
  expect(JSON.parse((output as { Cause: string }).Cause)).toMatchObject({ errorType: "Busy", errorMessage: "because of Busy" });
  expect(calls).toHaveLength(2);
});

it("gives a catcher its own Output and Assign, and leaves out those of the state", async () => {
  const Catch = [
    {
      ErrorEquals: ["States.ALL"],
      Next: "Show",
      Assign: { reason: "{% $states.errorOutput.Error %}" },
      Output: "{% $states.input.month %}",
    },
  ];
  const Show = { Type: "Pass", End: true, Output: "{% [$reason, $states.input, $exists($other)] %}" };
  const { run } = aMachine({ Ask: aTask({ Catch, Assign: { other: 1 }, End: true }), Show }, { invoke: () => fail("Busy") });
  expect((await run({ month: "2026-01" })).output).toEqual(["Busy", "2026-01", false]);
});

it("takes the first catcher that names the error", async () => {
  const Catch = [
    { ErrorEquals: ["Other"], Next: "Wrong" },
    { ErrorEquals: ["Some", "Busy"], Next: "Right" },
    { ErrorEquals: ["States.ALL"], Next: "Wrong" },
  ];
  const states = {
    Ask: aTask({ Catch, End: true }),
    Right: { Type: "Succeed", Output: "right" },
    Wrong: { Type: "Succeed", Output: "wrong" },
  };
  expect((await aMachine(states, { invoke: () => fail("Busy") }).run()).output).toBe("right");
});

it.each([
  ["Busy", "States.TaskFailed", true],
  ["Lambda.Unknown", "States.TaskFailed", true],
  ["States.Timeout", "States.TaskFailed", false],
  ["States.Timeout", "States.Timeout", true],
  ["States.Timeout", "States.ALL", true],
  ["States.DataLimitExceeded", "States.ALL", false],
  ["States.Runtime", "States.ALL", false],
  ["busy", "Busy", false],
])("for an error %s a catcher of %s: %s", async (error, name, caught) => {
  // "States.TaskFailed acts as a wildcard that matches any known error name except for States.Timeout"; "States.ALL … can't catch the
  // States.DataLimitExceeded terminal error or Runtime error types"; error names are case-sensitive
  const states = { Ask: aTask({ Catch: [{ ErrorEquals: [name], Next: "Caught" }], End: true }), Caught };
  expect((await aMachine(states, { invoke: () => fail(error) }).run()).status).toBe(caught ? "SUCCEEDED" : "FAILED");
});

it("catches a JSONata that fails in a Task", async () => {
  // dg/transforming-data.html: "Task, Map, and Parallel states can catch" States.QueryEvaluationError
  const Catch = [{ ErrorEquals: ["States.QueryEvaluationError"], Next: "Caught" }];
  const states = { Ask: aTask({ Payload: "{% $states.input.missing %}", Catch, End: true }), Caught };
  const { run, calls } = aMachine(states);
  expect((await run()).output).toMatchObject({ Error: "States.QueryEvaluationError" });
  expect(calls).toHaveLength(0);
});

it("assigns nothing when the Output of the state fails", async () => {
  const Catch = [{ ErrorEquals: ["States.ALL"], Next: "Show" }];
  const Show = { Type: "Pass", End: true, Output: "{% $exists($kept) %}" };
  const { run } = aMachine({ Ask: aTask({ Assign: { kept: 1 }, Output: "{% $states.input.missing %}", Catch, End: true }), Show });
  expect((await run()).output).toBe(false);
});

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
  expect(eventsOf((await run()).history)).toEqual([
    " ExecutionStarted",
    "Ask StateEntered",
    "Ask TaskScheduled",
    "Ask StateFailed",
    "Ask TaskScheduled",
    "Ask StateFailed",
    " ExecutionFailed",
  ]);
});
