import type { State } from "./definition.ts";
import { extractExpression, findStatesParts, findSyntaxProblem } from "./jsonata-expression.ts";

/**
 * What Step Functions would refuse at creation in the expressions of a state: half-open braces, syntax, and a part of $states where there is none.
 * "$states.result" exists in Output and Assign of Task and Map, "$states.errorOutput" in those of a Catch (dg/workflow-variables.html).
 */
export function* findExpressionProblems(state: State): Generator<string> {
  const { ItemProcessor: _inner, Catch: catchers = [], ...fields } = state as State & { ItemProcessor?: unknown; Catch?: object[] };
  for (const [field, value] of Object.entries(fields)) {
    const hasResult = (state.Type === "Task" || state.Type === "Map") && (field === "Output" || field === "Assign");
    yield* checkStrings(value, field, hasResult ? ["result"] : []);
  }
  yield* checkStrings(catchers, "Catch", ["errorOutput"]);
}

function* checkStrings(value: unknown, path: string, parts: readonly string[]): Generator<string> {
  if (typeof value === "string") return yield* checkString(value, path, parts);
  if (value === null || typeof value !== "object") return;
  for (const [key, part] of Object.entries(value)) yield* checkStrings(part, `${path}.${key}`, parts);
}

function* checkString(text: string, path: string, parts: readonly string[]): Generator<string> {
  if (path.endsWith(".Comment") || path === "Comment") return;
  const source = extractExpression(text);
  if (source === undefined) {
    if (text.trim().startsWith("{%") || text.trim().endsWith("%}"))
      yield `${path}: an expression is written {% … %}, without spaces around`;
    return;
  }
  const problem = findSyntaxProblem(source);
  if (problem) yield `${path}: ${problem} in ${text}`;
  for (const part of findStatesParts(source)) if (!parts.includes(part)) yield `${path}: there is no $states.${part} here`;
}
