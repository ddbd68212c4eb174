import { createHash } from "node:crypto";
import { createArn, createScope } from "./create-scope.ts";
import type { MapState } from "./definition.ts";
import { evaluate, evaluateNumber, type Scope } from "./evaluate.ts";
import { type Json, type JsonObject, limitPayload } from "./json.ts";
import type { Frame, MapRun, Visit } from "./machine.ts";
import { readItems } from "./read-items.ts";

/** Reads the items and prepares a child for each, or for each batch. */
export async function createMapRun(visit: Visit<MapState>, retryCount: number): Promise<MapRun> {
  const { machine, frame, state } = visit;
  const scope = createScope(visit, retryCount);
  const { MaxConcurrency, ToleratedFailureCount: count, ToleratedFailurePercentage: percentage } = state;
  const distributed = state.ItemProcessor.ProcessorConfig.Mode === "DISTRIBUTED";
  const maxConcurrency = await evaluateNumber(MaxConcurrency, scope, "MaxConcurrency", 0, Number.MAX_SAFE_INTEGER);
  const toleratedCount = await evaluateNumber(count ?? Number.MAX_SAFE_INTEGER, scope, "ToleratedFailureCount", 0, Number.MAX_SAFE_INTEGER);
  // Nothing is tolerated unless something is said; a count alone is the only threshold.
  const toleratedPercentage = await evaluateNumber(
    percentage ?? (count === undefined ? 0 : 100),
    scope,
    "ToleratedFailurePercentage",
    0,
    100,
  );
  const items = await readItems(visit, scope);
  const id = createId(frame.execution.Id, frame.at.state, String(frame.history.length));
  const label = state.Label ?? frame.at.state;
  const inputs = await selectInputs(visit, retryCount, items);
  const batches = await formBatches(state, scope, inputs);
  const children = batches.map(({ input, items }, index) => {
    limitPayload(input, `The input of item ${index} of the state '${frame.at.state}'`);
    const child = distributed
      ? createChildExecution(visit, `${label}:${id}`, index, input)
      : createIteration(frame, state, index, input, items);
    return { frame: child, items: items.length };
  });
  return {
    id,
    arn: createArn(machine, "mapRun", `/${label}:${id}`),
    children,
    total: items.length,
    // "Limits": 10,000 children at once, 40 iterations of an inline Map (dg/service-quotas.html)
    maxConcurrency: Math.min(maxConcurrency || 10_000, distributed ? 10_000 : 40),
    toleratedCount,
    toleratedPercentage,
  };
}

interface Selected {
  readonly item: Json;
  readonly input: Json;
}

async function selectInputs(visit: Visit<MapState>, retryCount: number, items: readonly Json[]): Promise<Selected[]> {
  const selector = visit.state.ItemSelector;
  if (selector === undefined) return items.map((item) => ({ item, input: item }));
  return await Promise.all(
    items.map(async (item, index) => {
      const context = { Item: { Index: index, Value: item } };
      return { item, input: await evaluate(selector, createScope(visit, retryCount, { Map: context })) };
    }),
  );
}

/** A batch is `{ BatchInput, Items }` (dg/input-output-itembatcher.html). */
async function formBatches(state: MapState, scope: Scope, inputs: readonly Selected[]): Promise<{ input: Json; items: readonly Json[] }[]> {
  if (!state.ItemBatcher) return inputs.map(({ item, input }) => ({ input, items: [item] }));
  const { MaxItemsPerBatch, BatchInput } = state.ItemBatcher;
  const size = await evaluateNumber(MaxItemsPerBatch, scope, "MaxItemsPerBatch", 1, Number.MAX_SAFE_INTEGER);
  const common = BatchInput === undefined ? {} : { BatchInput: await evaluate(BatchInput, scope) };
  return Array.from({ length: Math.ceil(inputs.length / size) }, (_, at) => {
    const batch = inputs.slice(at * size, (at + 1) * size).map(({ input }) => input);
    return { input: { ...common, Items: batch }, items: batch };
  });
}

function createChildExecution({ machine, frame, state }: Visit<MapState>, run: string, index: number, input: Json): Frame {
  const name = createId(run, String(index));
  return {
    workflow: state.ItemProcessor,
    execution: {
      Id: createArn(machine, "execution", `/${run}:${name}`),
      Name: name,
      Input: input,
      StartTime: machine.clock.now().toISOString(),
      RedriveCount: 0,
      RoleArn: frame.execution.RoleArn,
    },
    history: frame.history,
    item: { index },
    variables: {},
    at: { from: "Start", state: state.ItemProcessor.StartAt, input },
    status: "PENDING",
  };
}

function createIteration(frame: Frame, state: MapState, index: number, input: Json, [value = null]: readonly Json[]): Frame {
  const context: JsonObject = { Item: { Index: index, Value: value } };
  return {
    workflow: state.ItemProcessor,
    execution: frame.execution,
    history: frame.history,
    outer: frame,
    item: { index, context },
    variables: {},
    at: { from: "Start", state: state.ItemProcessor.StartAt, input },
    status: "PENDING",
  };
}

/** Looks like the random ids of Step Functions, but is the same in every run of a test. */
function createId(...parts: readonly string[]): string {
  const hex = createHash("sha256").update(parts.join("\n")).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
