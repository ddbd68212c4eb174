import { z } from "zod";
import { type Definition, definitionSchema, type MapState, type State, type Workflow } from "./definition.ts";
import { findExpressionProblems } from "./find-expression-problems.ts";

/** A definition with something that the interpreter, or Step Functions itself, does not run. */
export class UnsupportedDefinition extends Error {
  constructor(problems: readonly string[]) {
    super(["The state machine cannot be run:", ...problems].join("\n- "));
    this.name = "UnsupportedDefinition";
  }
}

/**
 * @param definition of a state machine, as JSON text or parsed
 * @throws UnsupportedDefinition with all problems at once
 */
export function readDefinition(definition: unknown): Definition {
  const parsed = definitionSchema.safeParse(typeof definition === "string" ? JSON.parse(definition) : definition);
  if (!parsed.success) throw new UnsupportedDefinition([z.prettifyError(parsed.error)]);
  const problems = [...findWorkflowProblems(parsed.data, parsed.data.QueryLanguage, new Set(), new Set())];
  if (problems.length > 0) throw new UnsupportedDefinition(problems);
  return parsed.data;
}

/** @param taken the names of states so far, unique in the whole machine; @param outer the variables that an inner workflow may not assign again */
function* findWorkflowProblems(workflow: Workflow, language: string, taken: Set<string>, outer: ReadonlySet<string>): Generator<string> {
  const { StartAt, States } = workflow;
  if (!States[StartAt]) yield `StartAt names no state: ${StartAt}`;
  const own = new Set(Object.values(States).flatMap(listAssigned));
  for (const name of own) if (outer.has(name)) yield `The variable ${name} is assigned in an outer workflow as well`;
  for (const [name, state] of Object.entries(States)) {
    if (taken.has(name)) yield `${name}: there are two states of this name`;
    taken.add(name);
    if (language !== "JSONata" && state.QueryLanguage !== "JSONata")
      yield `${name}: its QueryLanguage is JSONPath; only JSONata is supported`;
    yield* prefix(name, findStateProblems(state, States));
    if (state.Type !== "Map") continue;
    const inline = state.ItemProcessor.ProcessorConfig.Mode === "INLINE";
    // "Distributed Map" children run as executions of their own: they share no variables with the parent.
    yield* findWorkflowProblems(state.ItemProcessor, language, taken, inline ? new Set([...outer, ...own]) : new Set());
  }
}

function* prefix(name: string, problems: Iterable<string>): Generator<string> {
  for (const problem of problems) yield `${name}: ${problem}`;
}

function* findStateProblems(state: State, states: Workflow["States"]): Generator<string> {
  for (const target of listTargets(state)) if (!states[target]) yield `goes on to ${target}, which is no state beside it`;
  if ("End" in state || "Next" in state || !["Choice", "Succeed", "Fail"].includes(state.Type)) {
    const { End, Next } = state as { End?: true; Next?: string };
    if ((End === true) === (Next !== undefined)) yield "needs either Next or End";
  }
  if (state.Type === "Wait" && (state.Seconds === undefined) === (state.Timestamp === undefined)) yield "needs either Seconds or Timestamp";
  if (state.Type === "Task" || state.Type === "Map") {
    yield* findHandlerProblems("Retry", state.Retry);
    yield* findHandlerProblems("Catch", state.Catch);
  }
  if (state.Type === "Map") yield* findMapProblems(state);
  yield* findExpressionProblems(state);
}

/** "States.ALL must appear alone in the ErrorEquals array and must appear in the last retrier/catcher" (dg/concepts-error-handling.html). */
function* findHandlerProblems(field: string, handlers: readonly { ErrorEquals: string[] }[]): Generator<string> {
  for (const [position, { ErrorEquals }] of handlers.entries()) {
    if (!ErrorEquals.includes("States.ALL")) continue;
    if (ErrorEquals.length > 1 || position < handlers.length - 1) yield `${field}: States.ALL must be alone and last`;
  }
}

function* findMapProblems(state: MapState): Generator<string> {
  const { Mode, ExecutionType } = state.ItemProcessor.ProcessorConfig;
  if (state.Items !== undefined && state.ItemReader) yield "has both Items and ItemReader";
  if (Mode === "DISTRIBUTED" && !ExecutionType) yield "needs an ExecutionType";
  if (Mode === "DISTRIBUTED") return;
  const distributedOnly = [
    "ItemReader",
    "ItemBatcher",
    "ResultWriter",
    "ToleratedFailurePercentage",
    "ToleratedFailureCount",
    "Label",
  ] as const;
  for (const field of distributedOnly) if (state[field] !== undefined) yield `${field} is only for the mode DISTRIBUTED`;
}

function listTargets(state: State): string[] {
  const targets: (string | undefined)[] = [];
  if ("Next" in state) targets.push(state.Next);
  if (state.Type === "Choice") targets.push(state.Default, ...state.Choices.map((rule) => rule.Next));
  if (state.Type === "Task" || state.Type === "Map") targets.push(...state.Catch.map((catcher) => catcher.Next));
  return targets.filter((target) => target !== undefined);
}

function listAssigned(state: State): string[] {
  const rules: { Assign?: object | undefined }[] = "Assign" in state ? [state] : [];
  if (state.Type === "Choice") rules.push(...state.Choices);
  if (state.Type === "Task" || state.Type === "Map") rules.push(...state.Catch);
  return rules.flatMap((rule) => Object.keys(rule.Assign ?? {}));
}
