import { expect, it } from "vitest";
import { aMachine, aTask } from "./machine-builder.ts";

// dg/… are pages of docs.aws.amazon.com/step-functions/latest/dg, "spec" is https://states-language.net.

it("passes the input of the execution through a Pass state", async () => {
  const { run } = aMachine({ Only: { Type: "Pass", End: true } });
  expect(await run({ a: 1 })).toMatchObject({ status: "SUCCEEDED", output: { a: 1 } });
});

it("evaluates {% %} strings anywhere in Output and leaves other strings as they are", async () => {
  // dg/transforming-data.html: "Any string value, including those inside objects or arrays, will be evaluated as JSONata if surrounded by {% %}"
  const Output = { sum: "{% $states.input.a + 1 %}", list: ["{% $states.input.a %}", "$states.input.a"], fixed: 3 };
  const { run } = aMachine({ Only: { Type: "Pass", End: true, Output } });
  expect((await run({ a: 1 })).output).toEqual({ sum: 2, list: [1, "$states.input.a"], fixed: 3 });
});

it("gives a Task the payload, and its successor what lambda:invoke answers", async () => {
  // dg/connect-lambda.html: the result has the payload in Payload and a StatusCode beside it
  const { run, calls } = aMachine(
    { Ask: aTask({ Payload: { n: "{% $states.input.n %}" }, Next: "Show" }), Show: { Type: "Pass", End: true } },
    { invoke: () => ({ answer: 42 }) },
  );
  expect(await run({ n: 7 })).toMatchObject({ output: { Payload: { answer: 42 }, StatusCode: 200 } });
  expect(calls).toEqual([["worker", { n: 7 }]]);
});

it("has $states.result in Output and Assign of a Task", async () => {
  const Show = { Type: "Pass", End: true, Output: "{% $kept & $states.input %}" };
  const parts = { Output: "{% $states.result.Payload.name %}", Assign: { kept: "{% $states.result.Payload.name %}" }, Next: "Show" };
  const { run } = aMachine({ Ask: aTask(parts), Show }, { invoke: () => ({ name: "x" }) });
  expect((await run()).output).toBe("xx");
});

it("assigns all variables of a state against the values before, and shows them to its successors only", async () => {
  // spec, "Assigning State Machine Variables": "each variable's new value only takes effect in the next state"
  const { run } = aMachine({
    First: { Type: "Pass", Assign: { x: 3, a: 6 }, Next: "Second" },
    Second: { Type: "Pass", Assign: { x: "{% $a %}", nextX: "{% $x %}" }, Output: "{% $x %}", Next: "Third" },
    Third: { Type: "Pass", Output: { x: "{% $x %}", nextX: "{% $nextX %}", before: "{% $states.input %}" }, End: true },
  });
  expect((await run()).output).toEqual({ x: 6, nextX: 3, before: 3 });
});

it("knows the execution and the state in the context object", async () => {
  // dg/input-output-contextobject.html
  const Output = "{% $states.context %}";
  const { run } = aMachine({ Pause: { Type: "Wait", Seconds: 60, Next: "Show" }, Show: { Type: "Pass", Output, End: true } });
  expect((await run({ a: 1 }, "monthly")).output).toMatchObject({
    Execution: {
      Id: "arn:aws:states:eu-west-1:123456789012:execution:StateMachine:monthly",
      Name: "monthly",
      Input: { a: 1 },
      StartTime: "2026-01-31T08:00:00.000Z",
      RedriveCount: 0,
    },
    State: { Name: "Show", EnteredTime: "2026-01-31T08:01:00.000Z", RetryCount: 0 },
  });
});

it("takes the first Choice whose Condition is true, with its own Assign and Output", async () => {
  const { run } = aMachine({
    Which: {
      Type: "Choice",
      Choices: [
        { Condition: "{% $states.input.n > 10 %}", Next: "Show", Assign: { size: "big" } },
        { Condition: "{% $states.input.n > 5 %}", Next: "Show", Assign: { size: "middling" }, Output: "{% $states.input.n * 2 %}" },
        { Condition: "{% true %}", Next: "Show", Assign: { size: "small" } },
      ],
    },
    Show: { Type: "Pass", End: true, Output: "{% [$size, $states.input] %}" },
  });
  expect((await run({ n: 7 })).output).toEqual(["middling", 14]);
});

it("goes to the Default with the state's own Assign and Output when no Choice matches", async () => {
  const { run } = aMachine({
    Which: {
      Type: "Choice",
      Choices: [{ Condition: "{% false %}", Next: "Show" }],
      Default: "Show",
      Assign: { size: "none" },
      Output: "default",
    },
    Show: { Type: "Pass", End: true, Output: "{% [$size, $states.input] %}" },
  });
  expect((await run()).output).toEqual(["none", "default"]);
});

it("fails with States.Runtime when no Choice matches and there is no Default", async () => {
  // dg/concepts-error-handling.html: States.NoChoiceMatched is reserved, the error is reported as States.Runtime
  const { run } = aMachine({
    Which: { Type: "Choice", Choices: [{ Condition: "{% false %}", Next: "Done" }] },
    Done: { Type: "Succeed" },
  });
  expect(await run()).toMatchObject({ status: "FAILED", error: "States.Runtime" });
});

it.each([
  ["fails", "{% $states.input.a + 'text' %}"],
  ["yields nothing", "{% $states.input.missing %}"],
  ["reads a variable never assigned", "{% $nobody %}"],
])("fails with States.QueryEvaluationError when a JSONata expression %s", async (_what, Output) => {
  // spec, "JSONata Runtime Errors": a type error; "may fail to return a result … because JSON cannot represent an undefined value"
  const { run } = aMachine({ Only: { Type: "Pass", End: true, Output } });
  expect(await run({ a: 1 })).toMatchObject({ status: "FAILED", error: "States.QueryEvaluationError" });
});

it("fails with States.QueryEvaluationError when a Condition is no boolean", async () => {
  const { run } = aMachine({
    Which: { Type: "Choice", Choices: [{ Condition: "{% 'yes' %}", Next: "Done" }] },
    Done: { Type: "Succeed" },
  });
  expect(await run()).toMatchObject({ error: "States.QueryEvaluationError" });
});

it("offers the functions of Step Functions, and the time of the virtual clock", async () => {
  // dg/transforming-data.html, "JSONata functions provided by Step Functions" (the examples of that page)
  const Output = {
    partition: "{% $partition([1,2,3,4], 2) %}",
    range: "{% $range(0, 10, 2) %}",
    hash: "{% $hash('input data', 'SHA-1') %}",
    parse: `{% $parse('{"a":1}').a %}`,
    now: "{% $now() %}",
    year: "{% $now('[Y0001]') %}",
    millis: "{% $millis() %}",
  };
  const { run } = aMachine({ Only: { Type: "Pass", End: true, Output } });
  expect((await run()).output).toEqual({
    partition: [
      [1, 2],
      [3, 4],
    ],
    range: [0, 2, 4, 6, 8, 10],
    hash: "aaff4a450a104cd177d28d18d74485e8cae074b7",
    parse: 1,
    now: "2026-01-31T08:00:00.000Z",
    year: "2026",
    millis: Date.parse("2026-01-31T08:00:00Z"),
  });
});

it("waits until a time, or not at all when it has passed, without sleeping", async () => {
  const { run, clock } = aMachine({
    Pause: { Type: "Wait", Timestamp: "{% $states.input.at %}", Next: "Past" },
    Past: { Type: "Wait", Timestamp: "2020-01-01T00:00:00Z", End: true },
  });
  await run({ at: "2026-02-03T09:00:00+01:00" });
  expect(clock.now().toISOString()).toBe("2026-02-03T08:00:00.000Z");
});

it("waits a number of seconds that an expression gives", async () => {
  const { run, clock } = aMachine({ Pause: { Type: "Wait", Seconds: "{% $states.input * 2 %}", End: true } });
  await run(45);
  expect(clock.now().toISOString()).toBe("2026-01-31T08:01:30.000Z");
});

it("ends at a Fail state with its Error and Cause", async () => {
  const { run } = aMachine({ Only: { Type: "Fail", Error: "NotReady", Cause: "{% 'no figures for ' & $states.input %}" } });
  expect(await run("2026-01")).toMatchObject({ status: "FAILED", error: "NotReady", cause: "no figures for 2026-01" });
});

it("ends at a Succeed state with its Output", async () => {
  const { run } = aMachine({ Only: { Type: "Succeed", Output: { done: true } } });
  expect(await run()).toMatchObject({ status: "SUCCEEDED", output: { done: true } });
});

it("measures what passes between states in UTF-8 bytes, up to 256 KiB", async () => {
  // dg/service-quotas.html: 256 KiB of data as a UTF-8 encoded string; the two quotation marks of the JSON text count
  const longest = (256 * 1024 - 2 - 1) / 3;
  const { run } = aMachine({ Only: { Type: "Pass", End: true, Output: "{% $pad('', $states.input, '报') & 'x' %}" } });
  expect(await run(Math.floor(longest), "fits")).toMatchObject({ status: "SUCCEEDED" });
  expect(await run(Math.floor(longest) + 1, "does-not")).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
});

it("does not take a result of a task that is larger than 256 KiB, and States.ALL does not catch that", async () => {
  const Catch = [{ ErrorEquals: ["States.ALL"], Next: "Caught" }];
  const states = { Ask: aTask({ Catch, Output: "small", End: true }), Caught: { Type: "Succeed" } };
  const { run } = aMachine(states, { invoke: () => "x".repeat(256 * 1024) });
  expect(await run()).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
});
