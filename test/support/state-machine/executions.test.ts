import { expect, it } from "vitest";
import { aMachine, aTask, eventsOf } from "./machine-builder.ts";

// dg/… are pages of docs.aws.amazon.com/step-functions/latest/dg, "spec" is https://states-language.net.

it("starts an execution of the same name and input once while it runs", async () => {
  // apireference/API_StartExecution.html: "StartExecution is idempotent for STANDARD workflows"
  const { machine, calls } = aMachine({ Pause: { Type: "Wait", Seconds: 60, Next: "Ask" }, Ask: aTask({ End: true }) });
  const [first, second] = await Promise.all([
    machine.startExecution({ name: "m", input: { a: 1 } }),
    machine.startExecution({ name: "m", input: { a: 1 } }),
  ]);
  expect(second).toEqual(first);
  expect(calls).toHaveLength(1);
});

it("does not start an execution of a running one's name with other input", async () => {
  const { machine } = aMachine({ Pause: { Type: "Wait", Seconds: 60, End: true } });
  const running = machine.startExecution({ name: "m", input: { a: 1 } });
  expect(machine.describe("m").status).toBe("RUNNING");
  await expect(machine.startExecution({ name: "m", input: { a: 2 } })).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  await running;
});

it("does not start a finished execution again until 90 days have passed", async () => {
  // apireference/API_StartExecution.html: "If the execution is closed or if the input is different, it returns a 400 ExecutionAlreadyExists error.
  // You can reuse names after 90 days."
  const { machine, clock } = aMachine({ Only: { Type: "Succeed" } });
  const order = { name: "m", input: {} };
  await machine.startExecution(order);
  clock.advance(90 * 24 * 3600 * 1000);
  await expect(machine.startExecution(order)).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  clock.advance(1);
  expect(await machine.startExecution(order)).toMatchObject({ status: "SUCCEEDED" });
});

it("refuses an input larger than 256 KiB and the name of no execution", async () => {
  const { machine } = aMachine({ Only: { Type: "Succeed" } });
  await expect(machine.startExecution({ name: "m", input: "x".repeat(256 * 1024) })).rejects.toMatchObject({
    name: "InvalidExecutionInput",
  });
  expect(() => machine.describe("m")).toThrow(expect.objectContaining({ name: "ExecutionDoesNotExist" }));
});

it("times an execution out after its TimeoutSeconds", async () => {
  // spec, "Top-level fields": a machine that runs longer fails with the Error Name States.Timeout
  const { run, clock, calls } = aMachine(
    { Pause: { Type: "Wait", Seconds: 3600, Next: "Ask" }, Ask: aTask({ End: true }) },
    { top: { TimeoutSeconds: 60 } },
  );
  expect(await run()).toMatchObject({ status: "TIMED_OUT", error: "States.Timeout" });
  expect(clock.now().toISOString()).toBe("2026-01-31T08:01:00.000Z");
  await clock.run(() => clock.sleep(7200 * 1000));
  expect(calls).toEqual([]);
});

it("keeps a history of states and events", async () => {
  const { run } = aMachine({ Pause: { Type: "Wait", Seconds: 5, Next: "Ask" }, Ask: aTask({ End: true, Output: 1 }) });
  const execution = await run({});
  expect(eventsOf(execution)).toEqual([
    " ExecutionStarted",
    "Pause StateEntered",
    "Pause StateExited",
    "Ask StateEntered",
    "Ask TaskScheduled",
    "Ask StateExited",
    " ExecutionSucceeded",
  ]);
  expect(execution.history[2]).toMatchObject({ time: "2026-01-31T08:00:05.000Z" });
});
