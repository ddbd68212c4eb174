import { join } from "node:path";
import { PDFDict, PDFDocument, PDFHexString, PDFName } from "@cantoo/pdf-lib";
import { beforeAll, describe, expect, it } from "vitest";
import { makeDocumentFonts } from "../../../functions/adapters/fonts/document-fonts.ts";
import { BOLD_FACE } from "../../../functions/adapters/fonts/fonts-conf.ts";
import { finishPdf } from "../../../functions/adapters/pdf/finish-pdf.ts";
import { MissingGlyphError } from "../../../functions/core/errors.ts";
import { sampleInfo, testCacheDir } from "../../support/pdf-chromium.ts";
import { readPdf } from "../../support/pdf-text.ts";
import { drawTagged, readTags, tag, words } from "../../support/tagged-pdf.ts";

const text = "草稿 Draft";

describe("a watermark", () => {
  let watermarkFont: string;
  let printed: Uint8Array;
  beforeAll(async () => {
    watermarkFont = join(await makeDocumentFonts(testCacheDir), BOLD_FACE);
    printed = await drawTagged([words("one", 0), words("two", 0)], [tag("Document", tag("P", 0), tag("P", { page: 1, mcid: 0 }))]);
  });
  const finish = (watermark?: string) =>
    finishPdf(printed, watermark === undefined ? sampleInfo : { ...sampleInfo, watermark }, { headings: [], watermarkFont });

  it("lies in a layer that is named after its words", async () => {
    const { catalog, context } = await PDFDocument.load(await finish(text));
    const layers = context.enumerateIndirectObjects().flatMap(([, object]) => {
      const name =
        object instanceof PDFDict && object.get(PDFName.of("Type")) === PDFName.of("OCG") ? object.get(PDFName.of("Name")) : undefined;
      return name instanceof PDFHexString ? [name.decodeText()] : [];
    });
    expect(layers).toEqual([text]);
    expect(String(catalog.lookup(PDFName.of("OCProperties")))).toMatch(/\/Order \[ \d+ 0 R \]/);
  });

  it("is drawn on every page, as something that is not read aloud", async () => {
    const { document } = await readPdf(await finish(text));
    const drawings = document.getPages().map(({ node }) => String(node.Contents()));
    expect(drawings).toHaveLength(2);
    for (const page of document.getPages()) {
      expect(String(page.node.Resources()?.lookup(PDFName.of("Properties")))).toContain("/Watermark");
      expect(String(page.node.Resources()?.lookup(PDFName.of("XObject")))).toContain("/Watermark");
    }
  });

  it("changes neither words, tags nor fonts", async () => {
    const [plain, marked] = [await readPdf(await finish()), await readPdf(await finish(text))];
    expect(marked.pages).toEqual(plain.pages);
    expect(marked.fonts).toEqual(plain.fonts);
    expect(readTags(marked.document)).toEqual(readTags(plain.document));
  });

  it("is drawn to the same bytes again", async () => {
    expect(Buffer.compare(await finish(text), await finish(text))).toBe(0);
  });

  it("is refused when its font lacks a character, which is named", async () => {
    const failure = await finish("草稿😀").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MissingGlyphError);
    expect((failure as MissingGlyphError).characters).toEqual(["😀"]);
  });
});
