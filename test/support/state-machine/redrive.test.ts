import { expect, it } from "vitest";
import { aDistributedMap, aMachine, aTask, fail } from "./machine-builder.ts";

// dg/… are pages of docs.aws.amazon.com/step-functions/latest/dg; what redrive does is in dg/redrive-executions.html and dg/redrive-map-run.html.

const failFirst = (_payload: unknown, call: number) => (call === 1 ? fail("Broken") : "fine");

it("goes on at the failed state with its input, keeping variables and results", async () => {
  // "Step Functions continues the failed execution from the unsuccessful step and uses the same input … preserves the results … of the successful steps"
  const Plan = aTask({ Payload: "plan", Assign: { plan: "{% $states.result.Payload %}" }, Output: { step: 2 }, Next: "Render" });
  const Render = aTask({
    Payload: { plan: "{% $plan %}", input: "{% $states.input %}" },
    Output: "{% $states.result.Payload %}",
    End: true,
  });
  const { machine, run, calls } = aMachine(
    { Plan, Render },
    { invoke: (_payload, call) => (call === 2 ? fail("Broken") : `answer ${call}`) },
  );
  expect(await run({}, "m")).toMatchObject({ status: "FAILED", error: "Broken", redriveCount: 0 });
  expect(await machine.redrive("m")).toMatchObject({ status: "SUCCEEDED", output: "answer 3", redriveCount: 1 });
  expect(calls.map(([, payload]) => payload)).toEqual([
    "plan",
    { plan: "answer 1", input: { step: 2 } },
    { plan: "answer 1", input: { step: 2 } },
  ]);
});

it("tells RedriveCount and RedriveTime, and that it is the same execution", async () => {
  // dg/input-output-contextobject.html: RedriveTime is there only after a redrive
  const { machine, run, calls, clock } = aMachine(
    { Ask: aTask({ Payload: "{% $states.context.Execution %}", End: true }) },
    { invoke: failFirst },
  );
  await run({}, "m");
  clock.advance(60_000);
  await machine.redrive("m");
  const [[, before], [, after]] = calls as [[string, object], [string, object]];
  expect(after).toEqual({ ...before, RedriveCount: 1, RedriveTime: "2026-01-31T08:01:00.000Z" });
});

it("starts the retries of the failed state anew", async () => {
  // "the retry attempt count for these states is reset to 0 to allow for the maximum number of attempts on redrive"
  const { machine, run, calls } = aMachine(
    { Ask: aTask({ Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 1 }], End: true }) },
    { invoke: (_payload, call) => (call < 4 ? fail("Broken") : "fine") },
  );
  await run({}, "m");
  expect(await machine.redrive("m")).toMatchObject({ status: "SUCCEEDED" });
  expect(calls).toHaveLength(4);
});

it("fails again where a Catch had led to a Fail state", async () => {
  // "Fail: Reenters the Fail state and fails again."
  const states = {
    Ask: aTask({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "Stop" }], End: true }),
    Stop: { Type: "Fail", Error: "Stopped" },
  };
  const { machine, run, calls } = aMachine(states, { invoke: failFirst });
  await run({}, "m");
  expect(await machine.redrive("m")).toMatchObject({ status: "FAILED", error: "Stopped", redriveCount: 1 });
  expect(calls).toHaveLength(1);
});

it("does not redrive what succeeded, what runs, or what ended more than 14 days ago", async () => {
  // apireference/API_RedriveExecution.html: ExecutionNotRedrivable
  const { machine, run, clock } = aMachine(
    { Pause: { Type: "Wait", Seconds: 1, Next: "Ask" }, Ask: aTask({ End: true }) },
    { invoke: failFirst },
  );
  const notRedrivable = { name: "ExecutionNotRedrivable" };
  const running = run({}, "m");
  await expect(machine.redrive("m")).rejects.toMatchObject(notRedrivable);
  await running;
  clock.advance(14 * 24 * 3600 * 1000 + 1);
  await expect(machine.redrive("m")).rejects.toMatchObject(notRedrivable);
  await run({}, "good");
  await expect(machine.redrive("good")).rejects.toMatchObject(notRedrivable);
  await expect(machine.redrive("nobody")).rejects.toMatchObject({ name: "ExecutionDoesNotExist" });
});

it("redrives a timed-out execution, its time beginning anew", async () => {
  // "the state machine level timeout, if defined, is reset to 0"
  const states = { First: { Type: "Wait", Seconds: 40, Next: "Second" }, Second: { Type: "Wait", Seconds: 40, End: true } };
  const { machine, run } = aMachine(states, { top: { TimeoutSeconds: 60 } });
  expect(await run({}, "m")).toMatchObject({ status: "TIMED_OUT" });
  expect(await machine.redrive("m")).toMatchObject({ status: "SUCCEEDED" });
});

it("redrives of a Map only the children that did not succeed, each from where it failed", async () => {
  const Plan = aTask({ Payload: { plan: "{% $states.input %}" }, Output: "{% $states.input %}", Next: "Work" });
  const Work = aTask({ Output: "{% $states.result.Payload %}", End: true });
  const seen = new Set<unknown>();
  const { machine, run, calls } = aMachine(
    { Each: aDistributedMap({ MaxConcurrency: 1, ToleratedFailureCount: 1 }, { Plan, Work }) },
    {
      invoke: (payload) => {
        if (payload !== "bad" && payload !== "worse") return payload;
        const again = seen.has(payload);
        seen.add(payload);
        return again ? payload : fail("Broken");
      },
    },
  );
  expect(await run(["bad", "good", "worse", "later"], "m")).toMatchObject({ error: "States.ExceedToleratedFailureThreshold" });
  const before = calls.splice(0).length;
  expect(before).toBe(6);
  expect((await machine.redrive("m")).output).toEqual(["bad", "good", "worse", "later"]);
  expect(calls.map(([, payload]) => payload)).toEqual(["bad", "worse", { plan: "later" }, "later"]);
});

it("does not read the items again for a Map Run that had started", async () => {
  const ItemReader = {
    Resource: "arn:aws:states:::s3:getObject",
    ReaderConfig: { InputType: "JSON" },
    Arguments: { Bucket: "plans", Key: "items.json" },
  };
  const { machine, run, stored } = aMachine(
    { Each: aDistributedMap({ ItemReader }) },
    { invoke: failFirst, objects: { "plans/items.json": ["a"] } },
  );
  await run({}, "m");
  stored.set("plans/items.json", JSON.stringify(["changed", "more"]));
  expect((await machine.redrive("m")).output).toEqual(["fine"]);
});

it("starts a Map Run that could not be started", async () => {
  // "If the Map Run wasn't started in the original execution attempt …, redriving the parent workflow starts the Map Run for the first time."
  const ItemReader = {
    Resource: "arn:aws:states:::s3:getObject",
    ReaderConfig: { InputType: "JSON" },
    Arguments: { Bucket: "plans", Key: "items.json" },
  };
  const { machine, run, stored } = aMachine({ Each: aDistributedMap({ ItemReader }) });
  expect(await run({}, "m")).toMatchObject({ error: "States.ItemReaderFailed" });
  stored.set("plans/items.json", JSON.stringify(["a"]));
  expect(await machine.redrive("m")).toMatchObject({ status: "SUCCEEDED" });
});

it("starts EXPRESS children again from the beginning", async () => {
  // dg/redrive-map-run.html: Express children "are rerun using the StartExecution API action"
  const States = { Plan: aTask({ Payload: "plan", Next: "Work" }), Work: aTask({ Payload: "work", End: true }) };
  const ItemProcessor = { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" }, StartAt: "Plan", States };
  const { machine, run, calls } = aMachine(
    { Each: aDistributedMap({ ItemProcessor }) },
    { invoke: (_payload, call) => (call === 2 ? fail("Broken") : "fine") },
  );
  await run([1], "m");
  await machine.redrive("m");
  expect(calls.map(([, payload]) => payload)).toEqual(["plan", "work", "plan", "work"]);
});

it("redrives of an inline Map only the iterations that did not succeed", async () => {
  // "For workflows that include an Inline Map …, RedriveExecution … redrives only the iterations … that failed or aborted"
  const Work = aTask({ Output: "{% $states.result.Payload %}", End: true });
  const Each = { Type: "Map", MaxConcurrency: 1, ItemProcessor: { StartAt: "Work", States: { Work } }, End: true };
  const { machine, run, calls } = aMachine({ Each }, { invoke: (payload, call) => (call === 2 ? fail("Broken") : payload) });
  await run(["a", "b", "c"], "m");
  expect((await machine.redrive("m")).output).toEqual(["a", "b", "c"]);
  expect(calls.map(([, payload]) => payload)).toEqual(["a", "b", "b", "c"]);
});

it("runs all children again when the Map failed with States.DataLimitExceeded", async () => {
  // "If the state failed because of a States.DataLimitExceeded error, the Distributed Map state is rerun. This includes the child workflows that were
  // successful in the original execution attempt."
  const { machine, run, calls } = aMachine(
    { Each: aDistributedMap() },
    { invoke: (_payload, call) => "x".repeat(call <= 3 ? 100_000 : 1) },
  );
  expect(await run([1, 2, 3], "m")).toMatchObject({ error: "States.DataLimitExceeded" });
  expect((await machine.redrive("m")).output).toEqual(["x", "x", "x"]);
  expect(calls).toHaveLength(6);
});
