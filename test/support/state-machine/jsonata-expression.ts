import jsonata from "jsonata";
import { findInputReferences } from "./find-input-references.ts";

const compiled = new Map<string, jsonata.Expression>();

/** @returns what stands between {% and %}, or undefined for a string that is literal */
export function extractExpression(text: string): string | undefined {
  return text.startsWith("{%") && text.endsWith("%}") ? text.slice(2, -2) : undefined;
}

export function compileExpression(source: string): jsonata.Expression {
  const known = compiled.get(source);
  if (known) return known;
  const fresh = jsonata(source);
  compiled.set(source, fresh);
  return fresh;
}

/**
 * @returns why Step Functions would refuse the expression. It implements JSONata 2.0.6 without $eval (dg/transforming-data.html); our library is
 * newer and knows two operators more.
 */
export function findSyntaxProblem(source: string): string | undefined {
  const bare = removeLiterals(source);
  if (bare.includes("??") || bare.includes("?:")) return "the operators ?? and ?: are newer than JSONata 2.0.6";
  if (/\$eval\b/.test(bare)) return "$eval is not available in Step Functions; use $parse";
  try {
    const [reference] = findInputReferences(compileExpression(source).ast());
    return reference && `${reference} reads an input document, which there is none of (spec, "JSONata Restrictions"); say $states.input`;
  } catch (error) {
    return describeJsonataError(error);
  }
}

/** Which of the parts of $states that exist only in some fields an expression reads. */
export function findStatesParts(source: string): string[] {
  return [...removeLiterals(source).matchAll(/\$states\s*\.\s*(result|errorOutput)\b/g)].map(([, part]) => part ?? "");
}

/** The library throws plain objects with a code and a message. */
export function describeJsonataError(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return [code, message].filter(Boolean).join(": ");
}

function removeLiterals(source: string): string {
  return source.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\/\*.*?\*\//gs, '""');
}
