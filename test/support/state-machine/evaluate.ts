import { createHash, randomUUID } from "node:crypto";
import { type Json, type JsonObject, toJson } from "./json.ts";
import { compileExpression, describeJsonataError, extractExpression } from "./jsonata-expression.ts";
import { StateError } from "./state-error.ts";

/** What an expression can see: $states, and the variables that are in scope. */
export interface Scope {
  readonly states: { readonly input: Json; readonly result?: Json; readonly errorOutput?: Json; readonly context: JsonObject };
  readonly variables: Readonly<Record<string, Json>>;
  readonly now: Date;
}

/**
 * Replaces every string `{% … %}` anywhere inside the template by its value.
 * @throws StateError States.QueryEvaluationError when an expression fails or yields nothing (spec, "JSONata Runtime Errors")
 */
export async function evaluate(template: Json, scope: Scope): Promise<Json> {
  if (typeof template === "string") {
    const source = extractExpression(template);
    return source === undefined ? template : await evaluateExpression(source, scope);
  }
  if (Array.isArray(template)) return await Promise.all(template.map((part) => evaluate(part, scope)));
  if (template === null || typeof template !== "object") return template;
  const parts = Object.entries(template).map(async ([key, part]) => [key, await evaluate(part, scope)] as const);
  return Object.fromEntries(await Promise.all(parts));
}

/** @throws StateError States.QueryEvaluationError when the value is not a whole number from `min` to `max` */
export async function evaluateNumber(template: Json, scope: Scope, field: string, min: number, max: number): Promise<number> {
  const value = await evaluate(template, scope);
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new StateError(
    "States.QueryEvaluationError",
    `${field} must be a whole number from ${min} to ${max}, got ${JSON.stringify(value)}.`,
  );
}

/** @throws StateError States.QueryEvaluationError when the value is not a string */
export async function evaluateString(template: Json, scope: Scope, field: string): Promise<string> {
  const value = await evaluate(template, scope);
  if (typeof value === "string") return value;
  throw new StateError("States.QueryEvaluationError", `${field} must be a string, got ${JSON.stringify(value)}.`);
}

async function evaluateExpression(source: string, scope: Scope): Promise<Json> {
  const bindings = { ...functions, ...createTimeFunctions(scope.now), ...scope.variables, states: scope.states };
  let value: unknown;
  try {
    // No input: in Step Functions `$` at the top of an expression is nothing; data comes from $states and the variables.
    value = await compileExpression(source).evaluate(undefined, bindings);
  } catch (error) {
    throw new StateError("States.QueryEvaluationError", `The JSONata expression '${source}' failed: ${describeJsonataError(error)}`);
  }
  if (value === undefined || typeof value === "function") {
    throw new StateError("States.QueryEvaluationError", `The JSONata expression '${source}' returned nothing (undefined).`);
  }
  return toJson(value);
}

/** JSONata's $now and $millis would read the machine's clock. */
function createTimeFunctions(now: Date) {
  return {
    millis: () => now.getTime(),
    now: (picture?: string, zone?: string) =>
      compileExpression("$fromMillis($time, $picture, $zone)").evaluate(undefined, { time: now.getTime(), picture, zone }),
  };
}

/** What Step Functions adds to JSONata (dg/transforming-data.html, "JSONata functions provided by Step Functions"). */
const functions = {
  partition: (items: Json[], size: number) =>
    Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size)),
  range: (from: number, to: number, step: number) =>
    Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => from + at * step),
  hash: (content: string, algorithm: string) => createHash(algorithm.replace("-", "")).update(content).digest("hex"),
  uuid: () => randomUUID(),
  parse: (text: string) => JSON.parse(text) as Json,
  random: () => {
    throw new Error("$random is not supported by the interpreter");
  },
};
