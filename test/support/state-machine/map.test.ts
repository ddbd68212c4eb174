import { expect, it } from "vitest";
import { aDistributedMap, aMachine, fail } from "./machine-builder.ts";

// dg/… are pages of docs.aws.amazon.com/step-functions/latest/dg.

const reader = (config: object = {}) => ({
  Resource: "arn:aws:states:::s3:getObject",
  ReaderConfig: { InputType: "JSON", ...config },
  Arguments: { Bucket: "{% $states.input.bucket %}", Key: "{% $states.input.key %}" },
});
const writer = { Resource: "arn:aws:states:::s3:putObject", Arguments: { Bucket: "results", Prefix: "{% 'runs/' & $states.input.key %}" } };
const from = { bucket: "plans", key: "2026-01.json" };
const failOn = (bad: unknown) => (payload: unknown) => (bad === payload ? fail("Broken") : payload);

it("runs a child for each item of a JSON array in S3 and gives the outputs in the order of the items", async () => {
  const { run, calls } = aMachine(
    { Each: aDistributedMap({ ItemReader: reader() }) },
    { objects: { "plans/2026-01.json": ["a", "b", "c"] } },
  );
  expect((await run(from)).output).toEqual(["a", "b", "c"]);
  expect(calls.map(([, payload]) => payload)).toEqual(["a", "b", "c"]);
});

it("follows ItemsPointer to a nested array and stops at MaxItems", async () => {
  // dg/input-output-itemreader.html: a JSON pointer to an array nested in the object
  const ItemReader = reader({ ItemsPointer: "/jobs/open~1ready", MaxItems: "{% 1 + 1 %}" });
  const { run } = aMachine(
    { Each: aDistributedMap({ ItemReader }) },
    { objects: { "plans/2026-01.json": { jobs: { "open/ready": [1, 2, 3] } } } },
  );
  expect((await run(from)).output).toEqual([1, 2]);
});

it.each([
  ["is not there", {}],
  ["has no array", { "plans/2026-01.json": { items: [] } }],
])("fails with States.ItemReaderFailed when the object %s", async (_what, objects) => {
  const { run } = aMachine({ Each: aDistributedMap({ ItemReader: reader() }) }, { objects });
  expect(await run(from)).toMatchObject({ status: "FAILED", error: "States.ItemReaderFailed" });
});

it("takes Items, or else its input, which must be an array", async () => {
  expect((await aMachine({ Each: aDistributedMap({ Items: "{% $states.input.list %}" }) }).run({ list: [1, 2] })).output).toEqual([1, 2]);
  const { run } = aMachine({ Each: aDistributedMap() });
  expect((await run([3], "array")).output).toEqual([3]);
  expect(await run({ list: [] }, "object")).toMatchObject({ error: "States.QueryEvaluationError" });
});

it("has the item and its index for the ItemSelector", async () => {
  // dg/input-output-contextobject.html: Map.Item.Index and Map.Item.Value
  const ItemSelector = {
    at: "{% $states.context.Map.Item.Index %}",
    what: "{% $states.context.Map.Item.Value.id %}",
    all: "{% $count($states.input) %}",
  };
  const { run } = aMachine({ Each: aDistributedMap({ ItemSelector }) });
  expect((await run([{ id: "x" }, { id: "y" }])).output).toEqual([
    { at: 0, what: "x", all: 2 },
    { at: 1, what: "y", all: 2 },
  ]);
});

it("batches items under Items, with BatchInput beside", async () => {
  // dg/input-output-itembatcher.html
  const ItemBatcher = { MaxItemsPerBatch: 2, BatchInput: { month: "{% $states.input.month %}" } };
  const { run } = aMachine({ Each: aDistributedMap({ Items: "{% $states.input.list %}", ItemBatcher }) });
  const BatchInput = { month: "2026-01" };
  expect((await run({ month: "2026-01", list: [1, 2, 3] })).output).toEqual([
    { BatchInput, Items: [1, 2] },
    { BatchInput, Items: [3] },
  ]);
});

it("is an execution of its own for each child: own id, input and context", async () => {
  const Show = { Type: "Pass", End: true, Output: "{% $states.context %}" };
  const { run } = aMachine({ Each: aDistributedMap({ Label: "Districts" }, { Show }) });
  const { output } = await run(["a"], "monthly");
  const [context] = output as { Execution: { Id: string; Name: string; Input: string } }[];
  expect(context).toMatchObject({ Execution: { Input: "a", RedriveCount: 0 }, State: { Name: "Show" } });
  expect(context?.Execution.Id).toMatch(
    /^arn:aws:states:eu-west-1:123456789012:execution:StateMachine\/Districts:[-0-9a-f]{36}:[-0-9a-f]{36}$/,
  );
  expect(context).not.toHaveProperty("Map");
});

it("does not let a child of a distributed Map read the variables around it", async () => {
  // dg/workflow-variables.html, "Variable scope": a child of a Distributed Map is an execution of its own
  const Show = { Type: "Pass", End: true, Output: "{% $month %}" };
  const { run } = aMachine({
    Begin: { Type: "Pass", Assign: { month: 1 }, Output: [1], Next: "Each" },
    Each: aDistributedMap({}, { Show }),
  });
  expect(await run()).toMatchObject({ error: "States.ExceedToleratedFailureThreshold" });
});

it("lets an inline iteration read the variables around it, and keeps its own to itself", async () => {
  // spec, "Variable Scope": "When a … Map iteration completes, its variables go out of scope and are no longer accessible."
  const Mark = { Type: "Pass", Assign: { mine: "{% $states.input * $factor %}" }, Next: "Show" };
  const Show = { Type: "Pass", End: true, Output: "{% [$mine, $states.context.Map.Item.Index] %}" };
  const { run } = aMachine({
    Begin: { Type: "Pass", Assign: { factor: 10 }, Next: "Each" },
    Each: {
      Type: "Map",
      ItemProcessor: { StartAt: "Mark", States: { Mark, Show } },
      Output: { inner: "{% $states.result %}", outer: "{% $exists($mine) %}" },
      End: true,
    },
  });
  const inner = [
    [10, 0],
    [20, 1],
  ];
  expect((await run([1, 2])).output).toEqual({ inner, outer: false });
});

it("writes results to S3 and gives where the manifest is", async () => {
  // dg/input-output-resultwriter.html: manifest.json, SUCCEEDED_n.json, FAILED_n.json and what each holds
  const Each = aDistributedMap({ ItemReader: reader(), ResultWriter: writer, ToleratedFailurePercentage: 50 });
  const { run, stored } = aMachine({ Each }, { invoke: failOn("bad"), objects: { "plans/2026-01.json": ["good", "bad"] } });
  const output = (await run(from)).output as { MapRunArn: string; ResultWriterDetails: { Bucket: string; Key: string } };
  const folder = `runs/2026-01.json/${output.MapRunArn.split(":").at(-1)}`;
  expect(output).toMatchObject({ ResultWriterDetails: { Bucket: "results", Key: `${folder}/manifest.json` } });
  const read = (key: string) => JSON.parse(stored.get(`results/${folder}/${key}`) ?? "null");
  expect(read("manifest.json")).toEqual({
    DestinationBucket: "results",
    MapRunArn: output.MapRunArn,
    ResultFiles: {
      FAILED: [{ Key: `${folder}/FAILED_0.json`, Size: stored.get(`results/${folder}/FAILED_0.json`)?.length }],
      PENDING: [],
      SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: stored.get(`results/${folder}/SUCCEEDED_0.json`)?.length }],
    },
  });
  expect(read("SUCCEEDED_0.json")).toMatchObject([
    { Input: '"good"', Output: '"good"', Status: "SUCCEEDED", InputDetails: { Included: true } },
  ]);
  expect(read("FAILED_0.json")).toMatchObject([{ Input: '"bad"', Error: "Broken", Status: "FAILED" }]);
});

it("writes the results of a Map Run that fails as well, with those it did not start", async () => {
  const Each = aDistributedMap({ MaxConcurrency: 1, ResultWriter: { ...writer, Arguments: { Bucket: "results" } } });
  const { run, stored } = aMachine({ Each }, { invoke: failOn(1) });
  expect(await run([1, 2])).toMatchObject({ error: "States.ExceedToleratedFailureThreshold" });
  expect([...stored.keys()].map((key) => key.replace(/^results\/[-0-9a-f]{36}\//, ""))).toEqual([
    "FAILED_0.json",
    "PENDING_0.json",
    "manifest.json",
  ]);
});

it("fails with States.DataLimitExceeded when the outputs together are too large for a state, but not when a ResultWriter takes them", async () => {
  // dg/input-output-resultwriter.html: exporting "is helpful if your output payload size exceeds 256 KiB"
  const invoke = () => "x".repeat(100_000);
  const tooLarge = aMachine({ Each: aDistributedMap() }, { invoke });
  expect(await tooLarge.run([1, 2, 3])).toMatchObject({ error: "States.DataLimitExceeded" });
  const written = aMachine({ Each: aDistributedMap({ ResultWriter: { ...writer, Arguments: { Bucket: "results" } } }) }, { invoke });
  expect(await written.run([1, 2, 3])).toMatchObject({ status: "SUCCEEDED" });
});

it("runs a Map of no items", async () => {
  expect((await aMachine({ Each: aDistributedMap() }).run([])).output).toEqual([]);
});
