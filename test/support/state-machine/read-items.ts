import type { ItemReader, MapState } from "./definition.ts";
import { evaluate, evaluateNumber, evaluateString, type Scope } from "./evaluate.ts";
import type { Json } from "./json.ts";
import type { Visit } from "./machine.ts";
import { StateError } from "./state-error.ts";

/** @returns the items of a Map: from its ItemReader, its Items, or its input, in this order */
export async function readItems(visit: Visit<MapState>, scope: Scope): Promise<Json[]> {
  const { ItemReader: reader, Items } = visit.state;
  if (reader) return await readObject(visit, reader, scope);
  const items = Items === undefined ? scope.states.input : await evaluate(Items, scope);
  if (Array.isArray(items)) return items;
  throw new StateError("States.QueryEvaluationError", `Items must be an array, got ${JSON.stringify(items).slice(0, 200)}`);
}

async function readObject({ machine }: Visit, { Arguments, ReaderConfig }: ItemReader, scope: Scope): Promise<Json[]> {
  const bucket = await evaluateString(Arguments.Bucket, scope, "Bucket");
  const key = await evaluateString(Arguments.Key, scope, "Key");
  const { MaxItems, ItemsPointer = "" } = ReaderConfig;
  const maxItems = MaxItems === undefined ? undefined : await evaluateNumber(MaxItems, scope, "MaxItems", 1, Number.MAX_SAFE_INTEGER);
  let items: Json | undefined;
  try {
    items = followPointer(JSON.parse(Buffer.from(await machine.objects.getObject(bucket, key)).toString()), ItemsPointer);
  } catch (error) {
    throw new StateError("States.ItemReaderFailed", `s3://${bucket}/${key}: ${(error as Error).message}`);
  }
  if (!Array.isArray(items)) throw new StateError("States.ItemReaderFailed", `s3://${bucket}/${key}: no array at '${ItemsPointer}'`);
  return items.slice(0, maxItems);
}

/** RFC 6901, as ItemsPointer is written. */
function followPointer(content: Json, pointer: string): Json | undefined {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  return steps.reduce<Json | undefined>((value, step) => (value as Record<string, Json> | null | undefined)?.[step], content);
}
