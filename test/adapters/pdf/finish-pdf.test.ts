import { PDFDocument, PDFName, PDFString, StandardFonts } from "@cantoo/pdf-lib";
import { describe, expect, it } from "vitest";
import { countPages, finishPdf } from "../../../functions/adapters/pdf/finish-pdf.ts";
import { listContentStrings } from "../../../functions/adapters/chromium/inspect-page.ts";
import { RenderError } from "../../../functions/core/errors.ts";
import { sampleInfo } from "../../support/pdf-chromium.ts";

/** A small PDF that carries the time at which it was made, as a browser's does. */
async function drawPdf(text: string, madeAt: Date): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.addPage().drawText(text, { font: await pdf.embedFont(StandardFonts.Helvetica) });
  pdf.setCreationDate(madeAt);
  return pdf.save();
}

async function readId(pdf: Uint8Array): Promise<string> {
  return String((await PDFDocument.load(pdf)).context.trailerInfo.ID);
}

describe("finishing a PDF", () => {
  it("makes equal bytes of what differs only in the time of printing", async () => {
    const first = await finishPdf(await drawPdf("one", new Date(0)), sampleInfo, []);
    const second = await finishPdf(await drawPdf("one", new Date(86_400_000)), sampleInfo, []);
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it("makes equal bytes of what differs only in the numbers that a page's elements got", async () => {
    const drawTable = async (first: number) => {
      const pdf = await PDFDocument.load(await drawPdf("one", new Date(0)));
      const name = (n: number) => PDFString.of(`node${String(first + n).padStart(8, "0")}`);
      pdf.context.register(pdf.context.obj({ S: PDFName.of("TH"), ID: name(0) }));
      pdf.context.register(pdf.context.obj({ S: PDFName.of("TD"), A: [{ O: PDFName.of("Table"), Headers: [name(0), name(7)] }] }));
      return finishPdf(await pdf.save({ useObjectStreams: false }), sampleInfo, []);
    };
    const [low, high] = [await drawTable(51), await drawTable(98)];
    expect(Buffer.compare(low, high)).toBe(0);
    const table = (await PDFDocument.load(low)).context.enumerateIndirectObjects().map(([, object]) => String(object));
    expect(table.join()).toMatch(/Headers \[ \(node00000001\) \(node00000002\) \]/);
  });

  it("gives another content another /ID", async () => {
    const ids = await Promise.all(
      ["one", "two"].map(async (text) => readId(await finishPdf(await drawPdf(text, new Date(0)), sampleInfo, []))),
    );
    expect(ids[0]).toMatch(/^\[ <[0-9a-f]{32}> <[0-9a-f]{32}> \]$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it("refuses a font that had to be drawn", async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage();
    pdf.context.register(pdf.context.obj({ Type: PDFName.of("Font"), Subtype: PDFName.of("Type3") }));
    await expect(finishPdf(await pdf.save(), sampleInfo, [])).rejects.toThrow(/Type 3/);
  });

  it("refuses a date that is none", async () => {
    const printed = await drawPdf("one", new Date(0));
    await expect(finishPdf(printed, { ...sampleInfo, date: "2018-13-45" }, [])).rejects.toThrow(RenderError);
  });

  it("counts pages", async () => {
    expect(await countPages(await drawPdf("one", new Date(0)))).toBe(1);
  });
});

describe("the text of page margins", () => {
  it("is every string of a content declaration, without escapes", () => {
    const css = `@page { @bottom-center { content: "— " counter(page) ' —' } @top-left{content:"\\7B80\\62a5 \\"x;y\\"" ; color: red } }
      p::after { content: none } q { quotes: "no" }`;
    expect(listContentStrings(css)).toEqual(["— ", " —", '简报"x;y"']);
  });
});
