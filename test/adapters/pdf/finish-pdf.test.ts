import { PDFDict, PDFDocument, PDFName, PDFString, StandardFonts } from "@cantoo/pdf-lib";
import { describe, expect, it } from "vitest";
import { countPages, finishPdf } from "../../../functions/adapters/pdf/finish-pdf.ts";
import { RenderError } from "../../../functions/core/errors.ts";
import { sampleInfo } from "../../support/pdf-chromium.ts";
import { readPdf } from "../../support/pdf-text.ts";
import { drawTagged, tag, words } from "../../support/tagged-pdf.ts";

const noExtras = { headings: [], watermarkFont: "" };

/** A small PDF that carries the time at which it was made, as a browser's does. */
function drawPage(text: string, madeAt: Date): Promise<Uint8Array> {
  return drawTagged([words(text, 0)], [tag("Document", tag("P", 0))], (pdf) => pdf.setCreationDate(madeAt));
}

describe("finishing a PDF", () => {
  it("makes equal bytes of what differs only in the time of printing", async () => {
    const first = await finishPdf(await drawPage("one", new Date(0)), sampleInfo, noExtras);
    const second = await finishPdf(await drawPage("one", new Date(86_400_000)), sampleInfo, noExtras);
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it("makes equal bytes of what differs only in the numbers that a page's elements got", async () => {
    const drawTable = async (first: number, step: number) => {
      const name = (n: number) => `node${String(first + n).padStart(8, "0")}`;
      const [column, row] = [
        { type: "TH", id: name(0), kids: [0] },
        { type: "TH", id: name(step), kids: [2] },
      ];
      const cell = { type: "TD", headers: [name(0), name(step)], kids: [1] };
      const table = tag("Table", tag("TR", column, row), tag("TR", cell));
      const drawn = `${words("a", 0)}\n${words("c", 2)}\n${words("b", 1)}`;
      return finishPdf(await drawTagged([drawn], [table]), sampleInfo, noExtras);
    };
    const [low, high] = [await drawTable(51, 7), await drawTable(98, 7)];
    expect(Buffer.compare(low, high)).toBe(0);
    // An element that the page got anew between two prints has a higher number than those before it in reading order.
    expect(Buffer.compare(low, await drawTable(98, -7))).toBe(0);
    const table = (await PDFDocument.load(low)).context.enumerateIndirectObjects().map(([, object]) => String(object));
    expect(table.join()).toMatch(/Headers \[ \(node00000001\) \(node00000002\) \]/);
  });

  it("names the file by its content", async () => {
    const ids = await Promise.all(
      ["one", "two"].map(async (text) => {
        const finished = await PDFDocument.load(await finishPdf(await drawPage(text, new Date(0)), sampleInfo, noExtras));
        return String(finished.context.trailerInfo.ID);
      }),
    );
    expect(ids[0]).toMatch(/^\[ <[0-9a-f]{32}> <[0-9a-f]{32}> \]$/);
    expect(ids[0]).not.toMatch(/<0{32}>/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it("keeps the words of the page", async () => {
    expect((await readPdf(await finishPdf(await drawPage("正文 one", new Date(0)), sampleInfo, noExtras))).pages).toEqual(["正文 one"]);
  });

  it("refuses a font that had to be drawn", async () => {
    const printed = await drawTagged([words("one", 0)], [tag("P", 0)], ({ context }) => {
      context.register(context.obj({ Type: "Font", Subtype: "Type3" }));
    });
    await expect(finishPdf(printed, sampleInfo, noExtras)).rejects.toThrow(/Type 3/);
  });

  it("refuses a document without tags", async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText("one", { font: await pdf.embedFont(StandardFonts.Helvetica) });
    await expect(finishPdf(await pdf.save(), sampleInfo, noExtras)).rejects.toThrow("has no tags");
  });

  it("refuses a date that is none", async () => {
    const printed = await drawPage("one", new Date(0));
    await expect(finishPdf(printed, { ...sampleInfo, date: "2018-13-45" }, noExtras)).rejects.toThrow(RenderError);
  });

  it("counts pages", async () => {
    expect(await countPages(await drawPage("one", new Date(0)))).toBe(1);
  });
});

describe("what a finished PDF says of itself", () => {
  const info = { ...sampleInfo, title: '<标杆> & "简报"', author: "督查室", subject: "line one\r\nline\u0001two\ud800" };
  const read = async () => {
    const document = await PDFDocument.load(await finishPdf(await drawPage("one", new Date(0)), info, noExtras), { updateMetadata: false });
    const metadata = document.catalog.lookup(PDFName.of("Metadata"));
    return { document, xmp: Buffer.from(metadata && "contents" in metadata ? (metadata.contents as Uint8Array) : []).toString("utf8") };
  };

  it("is PDF/A-3, level A, and PDF/UA-1", async () => {
    const { document, xmp } = await read();
    expect(xmp).toContain("<pdfaid:part>3</pdfaid:part>");
    expect(xmp).toContain("<pdfaid:conformance>A</pdfaid:conformance>");
    expect(xmp).toContain("<pdfuaid:part>1</pdfuaid:part>");
    expect(document.catalog.lookup(PDFName.of("OutputIntents"))?.toString()).toBeDefined();
    expect(document.catalog.lookup(PDFName.of("MarkInfo"))?.toString()).toContain("/Marked true");
    expect(document.catalog.lookup(PDFName.of("ViewerPreferences"))?.toString()).toContain("/DisplayDocTitle true");
    expect(document.getPage(0).node.get(PDFName.of("Tabs"))).toBe(PDFName.of("S"));
  });

  it("is the same in the metadata that programs read and in those that people see", async () => {
    const { document, xmp } = await read();
    expect(document.getTitle()).toBe(info.title);
    expect(xmp).toContain('<rdf:li xml:lang="zh-CN">&lt;标杆&gt; &amp; &quot;简报&quot;</rdf:li>');
    expect(document.getAuthor()).toBe("督查室");
    expect(xmp).toContain("<rdf:li>督查室</rdf:li>");
    expect(document.getSubject()).toBe("line one line two\ufffd");
    expect(xmp).toContain('<rdf:li xml:lang="x-default">line one line two\ufffd</rdf:li>');
    expect(document.getLanguage()).toBe("zh-CN");
    expect(xmp).toContain("<rdf:li>zh-CN</rdf:li>");
    expect(document.getCreationDate()?.toISOString()).toBe("2018-01-31T01:00:00.000Z");
    expect(xmp).toContain("<xmp:CreateDate>2018-01-31T01:00:00Z</xmp:CreateDate>");
    expect(document.getProducer()).toMatch(/^biaogan \(/);
    expect(xmp).toContain(`<pdf:Producer>${document.getProducer()}</pdf:Producer>`);
  });
});

describe("attachments", () => {
  const model = {
    name: "briefing.json",
    mediaType: "application/json",
    description: "简报的模型",
    relationship: "Source" as const,
    content: Buffer.from(JSON.stringify({ model: "标杆".repeat(2_000) })),
  };
  const rows = { ...model, name: "a.csv", mediaType: "text/csv", relationship: "Data" as const, content: Buffer.from("a,b\r\n1,2\r\n") };
  const attach = async (...attachments: (typeof model | typeof rows)[]) =>
    finishPdf(await drawPage("one", new Date(0)), { ...sampleInfo, attachments }, noExtras);

  it("come back as they were, each with its relation to the document", async () => {
    const files = (await PDFDocument.load(await attach(model, rows))).getAttachments();
    expect(files.map(({ name, mimeType, afRelationship, description }) => [name, mimeType, afRelationship, description])).toEqual([
      ["a.csv", "text/csv", "Data", "简报的模型"],
      ["briefing.json", "application/json", "Source", "简报的模型"],
    ]);
    expect(files.map(({ data }) => Buffer.from(data).toString())).toEqual([rows, model].map(({ content }) => content.toString()));
  });

  it("carry the briefing's date and their own size and checksum, and are compressed", async () => {
    const pdf = await attach(model);
    const { context, catalog } = await PDFDocument.load(pdf);
    const file = context
      .enumerateIndirectObjects()
      .map(([, object]) => String(object))
      .find((text) => /Type \/EmbeddedFile\s/.test(text));
    expect(file).toContain(`/Size ${model.content.byteLength}`);
    expect(file).toContain("/ModDate (D:20180131010000Z)");
    expect(file).toMatch(/\/CheckSum <[0-9a-f]{32}>/);
    expect(pdf.byteLength).toBeLessThan(model.content.byteLength);
    expect(catalog.lookup(PDFName.of("Names"), PDFDict).has(PDFName.of("EmbeddedFiles"))).toBe(true);
    expect(String(catalog.lookup(PDFName.of("AF")))).toMatch(/^\[ \d+ 0 R \]$/);
  });

  it("lie in one order, in whatever order they are given", async () => {
    expect(Buffer.compare(await attach(model, rows), await attach(rows, model))).toBe(0);
  });

  it("are not kept under names that lead elsewhere or are there twice", async () => {
    await expect(attach({ ...model, name: "../briefing.json" })).rejects.toThrow(/"\.\.\/briefing\.json" cannot be attached/);
    await expect(attach({ ...model, name: "模型.json" })).rejects.toThrow(RenderError);
    await expect(attach(model, model)).rejects.toThrow(/each there once/);
  });
});

describe("the outline", () => {
  it("is refused when it does not fit the headings", async () => {
    const printed = await drawPage("one", new Date(0));
    await expect(finishPdf(printed, sampleInfo, { ...noExtras, headings: ["One"] })).rejects.toThrow("0 entries for 1 headings");
  });

  it("gets the words of the headings", async () => {
    const printed = await drawTagged([words("one", 0)], [tag("H1", 0)], ({ context, catalog }) => {
      const entry = context.register(context.obj({ Title: PDFString.of("OneOne") }));
      catalog.set(PDFName.of("Outlines"), context.register(context.obj({ First: entry, Last: entry, Count: 1 })));
    });
    const { catalog } = await PDFDocument.load(await finishPdf(printed, sampleInfo, { ...noExtras, headings: ["第一"] }));
    const entry = catalog.lookup(PDFName.of("Outlines"), PDFDict).lookup(PDFName.of("First"), PDFDict);
    expect(String(entry.get(PDFName.of("Title")))).toBe("<FEFF7B2C4E00>");
  });
});
