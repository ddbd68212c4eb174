import type { Protocol } from "puppeteer-core";

type Snapshot = Protocol.DOMSnapshot.CaptureSnapshotResponse;

/** Elements that run, load, redirect or embed something; a printed page is complete without them. */
const FORBIDDEN_ELEMENTS = new Set(["SCRIPT", "IFRAME", "FRAME", "OBJECT", "EMBED", "LINK", "BASE", "PORTAL", "FENCEDFRAME"]);
/** What such an element points at, for the message. */
const POINTERS = ["src", "href", "data", "srcdoc", "content"];
/** In a style sheet, `content: …` up to the end of the declaration. */
const CONTENT_DECLARATION = /\bcontent\s*:((?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^;}"'])*)/gs;
const CSS_STRING = /"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'/gs;
const CSS_ESCAPE = /\\(?:([0-9a-f]{1,6})\s?|(\r\n|[\s\S]))/gi;

/** @returns each element that a printed page may not have, as its tag with what it points at */
export function listForbiddenElements({ documents, strings }: Snapshot): string[] {
  return documents.flatMap(({ nodes }) =>
    (nodes.nodeName ?? []).flatMap((nameIndex, node) => {
      const name = strings[nameIndex]?.toUpperCase() ?? "";
      const attributes = readAttributes(nodes.attributes?.[node] ?? [], strings);
      const redirects = name === "META" && attributes.get("http-equiv")?.trim().toLowerCase() === "refresh";
      if (!redirects && !FORBIDDEN_ELEMENTS.has(name)) return [];
      const pointer = POINTERS.find((key) => attributes.has(key));
      const shown = pointer === undefined ? "" : ` ${pointer}="${attributes.get(pointer)}"`;
      return [`<${name.toLowerCase()}${shown}>`];
    }),
  );
}

/**
 * @returns the text that the page shows: what is laid out (SVG, list marks and ::before included), what form fields hold,
 * and the strings of `content` declarations, which are the only source of text in page margins
 */
export function listShownTexts({ documents, strings }: Snapshot): string[] {
  return documents.flatMap(({ nodes, layout }) => {
    const indexes = [...layout.text, ...(nodes.inputValue?.value ?? []), ...(nodes.textValue?.value ?? [])];
    const shown = indexes.flatMap((index) => strings[index] ?? []);
    const styles = (nodes.nodeValue ?? []).flatMap((index, node) => {
      const parent = nodes.parentIndex?.[node] ?? -1;
      const parentName = strings[nodes.nodeName?.[parent] ?? -1]?.toUpperCase();
      return parentName === "STYLE" ? listContentStrings(strings[index] ?? "") : [];
    });
    return [...shown, ...styles];
  });
}

const TEXT_NODE = 3;

/** @returns the words of every heading (h1 to h6) in the order of the document, white space folded as it is when shown */
export function listHeadings({ documents, strings }: Snapshot): string[] {
  return documents.flatMap(({ nodes }) => {
    const names = (nodes.nodeName ?? []).map((index) => strings[index] ?? "");
    const words = new Map([...names.keys()].filter((node) => /^H[1-6]$/i.test(names[node] ?? "")).map((node) => [node, ""]));
    for (const node of names.keys()) {
      const heading = nodes.nodeType?.[node] === TEXT_NODE ? findAncestor(node, nodes.parentIndex ?? [], words) : undefined;
      if (heading !== undefined) words.set(heading, `${words.get(heading)}${strings[nodes.nodeValue?.[node] ?? -1] ?? ""}`);
    }
    return [...words.values()].map((text) => text.replaceAll(/\s+/g, " ").trim());
  });
}

/** @returns the nearest ancestor that is among `wanted` */
function findAncestor(node: number, parents: readonly number[], wanted: ReadonlyMap<number, unknown>): number | undefined {
  let ancestor = parents[node];
  while (ancestor !== undefined && !wanted.has(ancestor)) ancestor = parents[ancestor];
  return ancestor;
}

/** @returns the strings in the `content` declarations of a style sheet, without their escapes */
export function listContentStrings(css: string): string[] {
  return [...css.matchAll(CONTENT_DECLARATION)].flatMap(([, value = ""]) =>
    [...value.matchAll(CSS_STRING)].map(([, double, single]) => unescapeCss(double ?? single ?? "")),
  );
}

function unescapeCss(text: string): string {
  return text.replaceAll(CSS_ESCAPE, (_, hex: string | undefined, literal: string | undefined) => {
    if (hex === undefined) return literal === undefined || /^[\r\n\f]/.test(literal) ? "" : literal;
    const codePoint = Number.parseInt(hex, 16);
    return codePoint > 0 && codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : "\ufffd";
  });
}

/** @returns name in small letters → value, of one element of a snapshot */
export function readAttributes(indexes: readonly number[], strings: readonly string[]): Map<string, string> {
  const attributes = new Map<string, string>();
  for (let i = 0; i + 1 < indexes.length; i += 2) {
    attributes.set(strings[indexes[i] ?? -1]?.toLowerCase() ?? "", strings[indexes[i + 1] ?? -1] ?? "");
  }
  return attributes;
}
