import type { PDFDocument, PDFRef } from "@cantoo/pdf-lib";
import type { Replacement } from "./content-stream.ts";
import { type ContentHolder, rewriteContent } from "./page-contents.ts";
import { readWords, type Stretch } from "./scan-content.ts";
import { contentsOf, isElement, type StructureContent, type StructureElement, type StructureTree } from "./structure-tree.ts";

type Contents = ReadonlyMap<PDFRef, ContentHolder>;

/** These stay when they have nothing to show: a table needs its cells. */
const KEPT_EMPTY = new Set(["Table", "TR", "TH", "TD"]);

/**
 * Marks as artifacts, which a screen reader passes over, what is no content: the margins of the pages, backgrounds, rules and borders, the
 * bullets that are drawn, and the head of a table where it is repeated on a further page.
 */
export function markArtifacts(pdf: PDFDocument, tree: StructureTree, contents: Contents): void {
  const artifacts = new Set<Stretch>();
  for (const element of tree.kids) collect(element, contents, artifacts);
  tree.kids.splice(0, tree.kids.length, ...tree.kids.filter((element) => keepContent(element, contents, artifacts)));
  for (const holder of contents.values()) {
    const replacements = holder.stretches.flatMap((stretch) => markStretch(stretch, artifacts.has(stretch)));
    if (replacements.length > 0) rewriteContent(pdf, holder, replacements);
  }
}

/** @returns the words of an element, without what is repeated */
export function readText(element: StructureElement, contents: Contents): string {
  return contentsOf(element)
    .flatMap((content) => stretchOf(content, contents) ?? [])
    .map(readWords)
    .join("");
}

/** @param content drawing that is tagged
 *  @returns where in its holder it lies */
function stretchOf({ holder, mcid }: StructureContent, contents: Contents): Stretch | undefined {
  return contents.get(holder)?.tagged.get(mcid);
}

function collect(element: StructureElement, contents: Contents, artifacts: Set<Stretch>): void {
  // Whatever a figure is drawn with is its content.
  if (element.type === "Figure" && !element.kids.some(isElement)) return;
  if (element.type === "TR") for (const stretch of listRepeated(element, contents)) artifacts.add(stretch);
  for (const kid of element.kids) {
    if (kid.kind === "element") collect(kid, contents, artifacts);
    const stretch = kid.kind === "content" ? stretchOf(kid, contents) : undefined;
    if (stretch && stretch.shown.length === 0 && !stretch.hasObject) artifacts.add(stretch);
  }
}

/** A row that says on a further page what it said on its first is the head of a table that goes on there; a row that is broken by the
 *  page's end goes on with other words. */
function listRepeated(row: StructureElement, contents: Contents): Stretch[] {
  const byPage = Map.groupBy(contentsOf(row), ({ page }) => page);
  const [first, ...further] = [...byPage.values()].map((onPage) => onPage.flatMap((content) => stretchOf(content, contents) ?? []));
  const words = (stretches: readonly Stretch[] = []) => stretches.map(readWords).join("");
  return further.filter((stretches) => words(stretches) !== "" && words(stretches) === words(first)).flat();
}

/** Takes what became an artifact out of an element and the elements below.
 *  @returns whether anything is left of it */
function keepContent(element: StructureElement, contents: Contents, artifacts: ReadonlySet<Stretch>): boolean {
  element.kids = element.kids.filter((kid) => {
    if (kid.kind === "element") return keepContent(kid, contents, artifacts);
    const stretch = kid.kind === "content" ? stretchOf(kid, contents) : undefined;
    return stretch === undefined || !artifacts.has(stretch);
  });
  return element.kids.length > 0 || KEPT_EMPTY.has(element.type);
}

function markStretch({ mcid, start, end, openEnd, shown }: Stretch, isArtifact: boolean): Replacement[] {
  if (mcid !== undefined) return isArtifact ? [{ start, end: openEnd, text: open(shown.length > 0) }] : [];
  return [
    { start, end: start, text: `${open(shown.length > 0)}\n` },
    { start: end, end, text: "\nEMC" },
  ];
}

/** Text outside the content is the page's head or foot, everything else is ornament. */
function open(hasText: boolean): string {
  return `/Artifact <</Type /${hasText ? "Pagination" : "Layout"}>> BDC`;
}
