import { PDFDict, type PDFDocument, PDFHexString, PDFName, type PDFObject, type PDFRef, PDFString } from "@cantoo/pdf-lib";
import { RenderError } from "../../core/errors.ts";
import { readText } from "./mark-artifacts.ts";
import type { ContentHolder } from "./page-contents.ts";
import { elementsOf, type StructureElement, type StructureTree } from "./structure-tree.ts";

const CONTENTS = PDFName.of("Contents");

/**
 * Says of every link what it is, in the words that are linked, for readers who meet it apart from its page.
 * @throws RenderError when a link belongs to nothing that is read
 */
export function describeLinks(pdf: PDFDocument, tree: StructureTree, contents: ReadonlyMap<PDFRef, ContentHolder>): void {
  for (const element of elementsOf(tree.kids)) {
    for (const kid of element.type === "Link" ? element.kids : []) {
      if (kid.kind !== "object") continue;
      const link = pdf.context.lookup(kid.ref, PDFDict);
      const words = readText(element, contents).replaceAll(/\s+/g, " ").trim();
      link.set(CONTENTS, PDFHexString.fromText(words || readAlternatives(element) || addressOf(link)));
    }
  }
  for (const page of pdf.getPages()) {
    const links = page.node.Annots()?.asArray() ?? [];
    if (links.some((link) => !pdf.context.lookup(link, PDFDict).has(CONTENTS))) {
      throw new RenderError("a link lies where nothing is read, for example in a picture; link words instead");
    }
  }
}

/** @returns what the pictures in it show */
function readAlternatives({ kids }: StructureElement): string {
  return [...elementsOf(kids)].flatMap(({ dict }) => textOf(dict.get(PDFName.of("Alt"))) ?? []).join(" ");
}

/** @returns where it leads: an address, or the name of a place in the document */
function addressOf(link: PDFDict): string {
  const address = link.lookupMaybe(PDFName.of("A"), PDFDict)?.lookup(PDFName.of("URI"));
  return textOf(address) ?? textOf(link.lookup(PDFName.of("Dest"))) ?? "→";
}

function textOf(value: PDFObject | undefined): string | undefined {
  return value instanceof PDFString || value instanceof PDFHexString || value instanceof PDFName ? value.decodeText() : undefined;
}
