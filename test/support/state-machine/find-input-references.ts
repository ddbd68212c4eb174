import type jsonata from "jsonata";

/** Parts of an expression that see the value they are applied to, not the input document. */
const nested = new Set(["predicate", "stages", "group", "update", "delete", "terms"]);

/**
 * @param ast of a JSONata expression
 * @returns what in it refers to the input document: names and `$` that stand for themselves, and `$$` anywhere
 */
export function findInputReferences(ast: jsonata.ExprNode): string[] {
  return visit(ast, true);
}

function visit(value: unknown, atTop: boolean): string[] {
  if (Array.isArray(value)) return value.flatMap((part) => visit(part, atTop));
  if (value === null || typeof value !== "object") return [];
  // The library's types leave out "path".
  const node = value as Omit<jsonata.ExprNode, "type"> & { readonly type: string };
  if (node.type === "path") return (node.steps ?? []).flatMap((step, position) => visit(step, atTop && position === 0));
  const own = describeReference(node, atTop);
  const parts = Object.entries(node).filter(([field]) => field !== "value" && field !== "position");
  return [...own, ...parts.flatMap(([field, part]) => visit(part, atTop && !nested.has(field)))];
}

function describeReference({ type, value }: { readonly type: string; readonly value?: unknown }, atTop: boolean): string[] {
  if (type === "variable" && value === "$") return ["$$"];
  if (!atTop) return [];
  if (type === "variable" && value === "") return ["$"];
  return type === "name" || type === "wildcard" || type === "descendant" ? [String(value)] : [];
}
