import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import type { Problem } from "../../core/errors.ts";

/** A YAML file's content and where in the file each part of it stands. */
export interface YamlContent {
  readonly value: unknown;
  /** @returns the 1-based line of the part at `path`, or of the nearest part around it that exists */
  lineOf(path: readonly PropertyKey[]): number;
}

/** One misplaced bracket makes a parser complain of every line that follows. */
const maxSyntaxProblems = 5;

/** Reads YAML 1.2 as plain data: no aliases (so a "billion laughs" file is never expanded), no tags, no duplicate keys, one document.
 *  @param file its name in problems */
export function parseYaml(text: string, file: string): { content: YamlContent } | { problems: Problem[] } {
  const lines = new LineCounter();
  // The parser's own check for duplicate keys takes quadratic time, a minute for a megabyte of keys.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, stringKeys: true, merge: false, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const broken = syntaxProblems(document, lineAt);
  const refused = broken.length > 0 ? broken : refusedParts(document, lineAt);
  if (refused.length > 0) return { problems: refused.map((problem) => ({ file, ...problem })) };
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  return { content: { value, lineOf: (path) => findLine(document.contents, path, lineAt) } };
}

/** Reads as {@link parseYaml} does, but a file whose text has not changed is not read again: for one who reads a folder over and over. */
export function rememberYaml(): typeof parseYaml {
  const known = new Map<string, { readonly text: string; readonly parsed: ReturnType<typeof parseYaml> }>();
  return (text, file) => {
    const last = known.get(file);
    if (last?.text === text) return last.parsed;
    const parsed = parseYaml(text, file);
    known.set(file, { text, parsed });
    return parsed;
  };
}

type LineProblem = Omit<Problem, "file">;

function syntaxProblems({ errors, warnings }: Document, lineAt: (offset: number) => number): LineProblem[] {
  const exhausted = errors.some((error) => error.code === "RESOURCE_EXHAUSTION");
  if (exhausted) return [{ line: 1, message: "brackets or lists are nested far too deep" }];
  const byLine = new Map([...errors, ...warnings].toReversed().map(({ pos, message }) => [lineAt(pos[0]), message]));
  return [...byLine]
    .toSorted(([a], [b]) => a - b)
    .slice(0, maxSyntaxProblems)
    .map(([line, message]) => ({ line, message: `is not valid YAML: ${message}` }));
}

function refusedParts(document: Document, lineAt: (offset: number) => number): LineProblem[] {
  const problems: LineProblem[] = [];
  visit(document, {
    Node(_, node) {
      const line = lineAt(node.range?.[0] ?? 0);
      if (isAlias(node)) problems.push({ line, message: `*${node.source} is an alias, which is not allowed here; write the value out` });
      else if (node.tag !== undefined)
        problems.push({ line, message: `${shortTag(node.tag)} is a tag, which is not allowed here; leave it out` });
    },
    Map(_, map) {
      const seen = new Set<string>();
      for (const key of map.items.map((pair) => pair.key).filter((k) => isScalar(k))) {
        const name = String(key.value);
        if (seen.has(name))
          problems.push({ line: lineAt(key.range?.[0] ?? 0), field: name, message: "stands twice in the same entry; keep one" });
        seen.add(name);
      }
    },
  });
  return problems;
}

function shortTag(tag: string): string {
  return tag.replace("tag:yaml.org,2002:", "!!");
}

function findLine(root: unknown, path: readonly PropertyKey[], lineAt: (offset: number) => number): number {
  let node = root;
  let offset = isNode(root) ? (root.range?.[0] ?? 0) : 0;
  for (const step of path) {
    const next = descend(node, String(step));
    if (!next) break;
    node = next.node;
    offset = next.offset;
  }
  return lineAt(offset);
}

/** A part of a mapping is found by its key: that is where one looks for it. */
function descend(node: unknown, step: string): { node: unknown; offset: number } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
    return pair && isScalar(pair.key) ? { node: pair.value, offset: pair.key.range?.[0] ?? 0 } : undefined;
  }
  const item = isSeq(node) ? node.items[Number(step)] : undefined;
  return isNode(item) ? { node: item, offset: item.range?.[0] ?? 0 } : undefined;
}
