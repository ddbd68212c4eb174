import type { Protocol } from "puppeteer-core";

/** Names of the computed styles that a snapshot must hold for the layout to be read. */
export const LAYOUT_STYLES = ["page", "overflow-x", "overflow-y"];

/** In CSS pixels from the upper left corner of the page, down and to the right. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Words on one line. */
export interface Line {
  readonly words: string;
  readonly box: Box;
  /** In a drawing, where words may be turned. */
  readonly isLabel: boolean;
}

/** An element or a text as it is laid out. */
export interface LaidOut {
  /** In capitals, `TD` or `SVG`; of a text, `#TEXT`. */
  readonly name: string;
  readonly box: Box;
  /** Nothing of what is inside shows beyond the box. */
  readonly clips: boolean;
  /** Of a text: a label of a drawing is one line. */
  readonly lines: readonly Line[];
  /** The nearest that is laid out. */
  readonly parent: LaidOut | undefined;
}

/** @param snapshot with LAYOUT_STYLES @returns everything that is laid out, in the order of the document */
export function readLayout({ nodes, layout, textBoxes }: Protocol.DOMSnapshot.DocumentSnapshot, strings: readonly string[]): LaidOut[] {
  const lines = groupLines(layout, textBoxes, strings);
  const byNode = new Map<number, LaidOut>();
  return layout.nodeIndex.map((node, index) => {
    const name = strings[nodes.nodeName?.[node] ?? -1]?.toUpperCase() ?? "";
    const parent = findParent(node, nodes.parentIndex ?? [], byNode);
    const box = toBox(layout.bounds[index]);
    const clips = (layout.styles[index] ?? []).slice(1).some((style) => strings[style] !== "visible") && !name.startsWith("#");
    const words = strings[layout.text[index] ?? -1]?.trim() ?? "";
    // Lines inside a drawing are told in the units of the drawing, its boxes in those of the page.
    const label = words === "" ? [] : [{ words, box, isLabel: true }];
    const laidOut = { name, box, clips, parent, lines: isInDrawing(parent) ? label : (lines.get(index) ?? []) };
    if (!byNode.has(node)) byNode.set(node, laidOut);
    return laidOut;
  });
}

/** @returns the names of the @page rules that the page uses, `auto` among them for the rule without a name */
export function listPageNames({ documents, strings }: Protocol.DOMSnapshot.CaptureSnapshotResponse): string[] {
  const names = documents.flatMap(({ layout }) => layout.styles.flatMap(([page]) => strings[page ?? -1] ?? []));
  return [...new Set(["auto", ...names])];
}

/** @returns the element and those around it, from the inside out */
export function withAncestors(element: LaidOut | undefined): LaidOut[] {
  const all: LaidOut[] = [];
  for (let each = element; each; each = each.parent) all.push(each);
  return all;
}

function isInDrawing(element: LaidOut | undefined): boolean {
  return withAncestors(element).some(({ name }) => name === "SVG");
}

function findParent(node: number, parents: readonly number[], byNode: ReadonlyMap<number, LaidOut>): LaidOut | undefined {
  let ancestor = parents[node];
  while (ancestor !== undefined && ancestor !== -1 && !byNode.has(ancestor)) ancestor = parents[ancestor];
  return byNode.get(ancestor ?? -1);
}

function groupLines(
  layout: Protocol.DOMSnapshot.LayoutTreeSnapshot,
  { layoutIndex, bounds, start, length }: Protocol.DOMSnapshot.TextBoxSnapshot,
  strings: readonly string[],
): Map<number, Line[]> {
  const lines = new Map<number, Line[]>();
  for (const [index, owner] of layoutIndex.entries()) {
    const text = strings[layout.text[owner] ?? -1] ?? "";
    const words = text.slice(start[index], (start[index] ?? 0) + (length[index] ?? 0)).trim();
    if (words !== "") lines.set(owner, [...(lines.get(owner) ?? []), { words, box: toBox(bounds[index]), isLabel: false }]);
  }
  return lines;
}

function toBox([left = 0, top = 0, width = 0, height = 0]: readonly number[] = []): Box {
  return { left, top, right: left + width, bottom: top + height };
}
