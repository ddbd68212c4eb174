import type { CDPSession, Protocol } from "puppeteer-core";
import { LayoutError, RenderError } from "../../core/errors.ts";
import { readDestinations } from "../pdf/read-destinations.ts";
import { readAttributes } from "./inspect-page.ts";

/** A document whose page numbers still move after so many prints has an anchor that each number pushes over a page's edge. */
const MAX_PRINTS = 4;

/** An element that shows on which page an anchor lies. */
export interface PageReference {
  readonly anchor: string;
  /** Its text, as Chromium counts nodes. */
  readonly textNode: Protocol.DOM.BackendNodeId;
}

type DocumentSnapshot = Protocol.DOMSnapshot.DocumentSnapshot;

const TEXT_NODE = 3;

/**
 * @returns every element with `data-page-of`
 * @throws RenderError that names each anchor which does not exist or has no placeholder to be written over
 */
export function listPageReferences({ documents, strings }: Protocol.DOMSnapshot.CaptureSnapshotResponse): PageReference[] {
  const faults = new Set<string>();
  const references = documents.flatMap(({ nodes }) => {
    const attributes = (nodes.attributes ?? []).map((indexes) => readAttributes(indexes, strings));
    const anchors = new Set(attributes.flatMap((each) => each.get("id") ?? []));
    return attributes.flatMap((each, node) => {
      const anchor = each.get("data-page-of");
      if (anchor === undefined) return [];
      if (!anchors.has(anchor)) faults.add(`no element has id="${anchor}", whose page number is asked for`);
      const textNode = findText(node, nodes);
      if (textNode === undefined) faults.add(`there is no place for the page number of "${anchor}"; write data-page-of="${anchor}">00<`);
      return textNode === undefined ? [] : [{ anchor, textNode }];
    });
  });
  if (faults.size > 0) throw new RenderError([...faults].join("\n"));
  return references;
}

function findText(element: number, nodes: DocumentSnapshot["nodes"]): Protocol.DOM.BackendNodeId | undefined {
  const child = nodes.parentIndex?.indexOf(element) ?? -1;
  return nodes.nodeType?.[child] === TEXT_NODE ? nodes.backendNodeId?.[child] : undefined;
}

/**
 * Prints until every reference shows the page on which its anchor lies in that very print: the numbers themselves may move what follows them.
 * @param print prints the page as it is now
 * @param checkTexts gets the numbers before they are printed
 * @throws LayoutError when the numbers do not settle; RenderError for an anchor that nothing links to, whose page a print does not tell
 */
export async function printWithReferences(
  session: CDPSession,
  references: readonly PageReference[],
  print: () => Promise<Uint8Array>,
  checkTexts: (texts: readonly string[]) => void,
): Promise<Uint8Array> {
  let pdf = await print();
  if (references.length === 0) return pdf;
  const textNodes = await findNodes(session, references);
  let shown = references.map(() => "");
  for (let prints = 1; ; prints++) {
    const numbers = await numberPages(pdf, references);
    if (numbers.every((number, index) => number === shown[index])) return pdf;
    if (prints === MAX_PRINTS) throw new LayoutError(describeUnsettled(references, shown, numbers));
    checkTexts(numbers);
    await Promise.all(numbers.map((value, index) => session.send("DOM.setNodeValue", { nodeId: textNodes[index] ?? 0, value })));
    shown = numbers;
    pdf = await print();
  }
}

async function findNodes(session: CDPSession, references: readonly PageReference[]): Promise<Protocol.DOM.NodeId[]> {
  // Chromium names nodes only to those who have asked for the document.
  await session.send("DOM.getDocument", { depth: 0 });
  const backendNodeIds = references.map(({ textNode }) => textNode);
  return (await session.send("DOM.pushNodesByBackendIdsToFrontend", { backendNodeIds })).nodeIds;
}

async function numberPages(pdf: Uint8Array, references: readonly PageReference[]): Promise<string[]> {
  const pages = await readDestinations(pdf);
  const unlinked = new Set(references.map(({ anchor }) => anchor).filter((anchor) => !pages.has(anchor)));
  if (unlinked.size > 0) {
    const reason = "only of what is linked to does a print tell the page; put the number into a link to it";
    throw new RenderError(`the page of ${[...unlinked].map((anchor) => `"${anchor}"`).join(", ")} is not known: ${reason}`);
  }
  return references.map(({ anchor }) => String(pages.get(anchor)));
}

function describeUnsettled(references: readonly PageReference[], shown: readonly string[], numbers: readonly string[]): string[] {
  return references.flatMap(({ anchor }, index) =>
    shown[index] === numbers[index]
      ? []
      : [`page ${numbers[index]}: "${anchor}" is announced on page ${shown[index]}, and moves whenever the number is changed`],
  );
}
