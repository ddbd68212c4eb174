import { expect, it } from "vitest";
import { aMachine, aTask, fail } from "./machine-builder.ts";

// dg/… are pages of docs.aws.amazon.com/step-functions/latest/dg, "spec" is https://states-language.net, "Error Handling".

const Caught = { Type: "Pass", End: true };
const onceBusy = (_payload: unknown, call: number) => (call === 1 ? fail("Busy") : "done");

it("retries after IntervalSeconds, times BackoffRate each time, at most MaxAttempts times", async () => {
  // spec: an interval of 3 seconds and a rate of 2.0 wait 3 and 6 seconds, and then 12
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
  // spec: "the maximum interval in seconds to wait before the next retry attempt"
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
  // spec: a MaxAttempts of 0 is legal, "specifying that some error or errors should never be retried"
  const Retry = [{ ErrorEquals: ["Busy"], MaxAttempts: 0 }, { ErrorEquals: ["States.ALL"] }];
  const { run, calls } = aMachine({ Ask: aTask({ Retry, End: true }) }, { invoke: () => fail("Busy") });
  expect(await run()).toMatchObject({ error: "Busy" });
  expect(calls).toHaveLength(1);
});

it("counts the retries of each retrier for itself", async () => {
  // The example of spec, "Complex retry scenarios": waits of 1, 2 and 5 seconds; the fourth error is caught
  const errors = ["ErrorA", "ErrorB", "ErrorC", "ErrorB"];
  const Retry = [
    { ErrorEquals: ["ErrorA", "ErrorB"], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 2 },
    { ErrorEquals: ["ErrorC"], IntervalSeconds: 5 },
  ];
  const states = { X: aTask({ Retry, Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }], End: true }), Caught };
  const { run, calls, clock } = aMachine(states, { invoke: (_payload, call) => fail(errors[call - 1] ?? "none") });
  expect((await run()).output).toMatchObject({ Error: "ErrorB" });
  expect(calls).toHaveLength(4);
  expect(clock.now().toISOString()).toBe("2026-01-31T08:00:08.000Z");
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
  // spec, "Error output": a string-valued Error and Cause; a function's Cause is the JSON text of its error
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
  // dg/concepts-error-handling.html: States.TaskFailed "acts as a wildcard that matches any known error name except for States.Timeout";
  // States.ALL catches neither States.DataLimitExceeded nor Runtime errors; error names are case-sensitive
  const states = { Ask: aTask({ Catch: [{ ErrorEquals: [name], Next: "Caught" }], End: true }), Caught };
  expect((await aMachine(states, { invoke: () => fail(error) }).run()).status).toBe(caught ? "SUCCEEDED" : "FAILED");
});

it("catches a JSONata that fails in a Task", async () => {
  // spec, "JSONata Runtime Errors": "Task, Map, and Parallel states MAY use … a Catcher to catch the error"
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
