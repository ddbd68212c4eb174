import { z } from "zod";
import { suggestName } from "../../core/checks/suggest-name.ts";

/** A schema's issue in words, and the path of the part it is about. */
export interface ExplainedIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Turns what zod says into what a person can act on: unknown keys with the nearest known one, numbers that want quotes, choices.
 *  @param value what was parsed
 *  @param schema by which */
export function explainIssue(issue: z.core.$ZodIssue, value: unknown, schema: z.ZodType): ExplainedIssue[] {
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: `is not a field here${suggestField(key, known)}` }));
  }
  return [{ path: issue.path, message: explainValue(issue, valueAt(value, issue.path)) }];
}

function suggestField(key: string, known: readonly string[]): string {
  return suggestName(key, known) || (known.length > 0 ? `; the fields are ${known.join(", ")}` : "");
}

function explainValue(issue: z.core.$ZodIssue, found: unknown): string {
  if (found === undefined) return issue.code === "invalid_value" ? `is missing; write ${choices(issue.values)}` : "is missing";
  if (found === null) return "has no value";
  switch (issue.code) {
    case "invalid_value":
      return `${show(found)} will not do; write ${choices(issue.values)}${suggestName(String(found), issue.values.map(String))}`;
    case "invalid_union":
      return issue.errors.map((issues) => issues[0]?.message ?? issue.message).join(", or: ");
    case "invalid_type":
      if (issue.expected === "string" && typeof found !== "object") return `write it in quotes: "${String(found)}"`;
      return issue.message;
    default:
      return typeof found === "object" ? issue.message : `${show(found)} will not do: ${issue.message}`;
  }
}

function choices(values: readonly z.core.util.Primitive[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(", ")}`;
}

function show(found: unknown): string {
  const text = JSON.stringify(found);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((part, step) => (typeof part === "object" && part !== null ? Reflect.get(part, step) : undefined), value);
}

/** @returns the keys that the schema knows at `path`; none where it leads into something that is no plain object */
function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  const bare = unwrap(schema);
  const [step, ...rest] = path;
  if (bare instanceof z.ZodObject) return step === undefined ? Object.keys(bare.shape) : keysAt(bare.shape[String(step)], rest);
  return bare instanceof z.ZodArray ? keysAt(bare.element, rest) : [];
}

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? unwrap(schema.unwrap()) : schema;
}
