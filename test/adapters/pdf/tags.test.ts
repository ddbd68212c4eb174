import { decodePDFRawStream, PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream } from "@cantoo/pdf-lib";
import { describe, expect, it } from "vitest";
import { finishPdf } from "../../../functions/adapters/pdf/finish-pdf.ts";
import { sampleInfo } from "../../support/pdf-chromium.ts";
import { addLink, drawTagged, readTags, rectangle, type Tag, tag, words } from "../../support/tagged-pdf.ts";

interface Finished {
  readonly tags: readonly string[];
  readonly pages: readonly string[];
  readonly pdf: PDFDocument;
}

async function finish(pages: readonly string[], tags: readonly Tag[], extra?: (pdf: PDFDocument) => void): Promise<Finished> {
  const bytes = await finishPdf(await drawTagged(pages, tags, extra), sampleInfo, { headings: [], watermarkFont: "" });
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  const contents = pdf.getPages().map(({ node }) => {
    const stream = node.lookup(PDFName.of("Contents"));
    return stream instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(stream).decode()).toString("latin1") : "";
  });
  return { tags: readTags(pdf), pages: contents, pdf };
}

/** A run of words, as Chromium tags it. */
const run = (mcid: number) => tag("NonStruct", mcid);

describe("what is no content", () => {
  it("is an artifact: a page's margins, backgrounds", async () => {
    const { pages, tags } = await finish([[words("- 1 -"), words("text", 0), rectangle()].join("\n")], [tag("Document", tag("P", 0))]);
    const [page = ""] = pages;
    expect(page.match(/^\/Artifact.*|^\/NonStruct.*|^BT|^EMC|^f$/gm)).toEqual([
      "/Artifact <</Type /Pagination>> BDC",
      "BT",
      "EMC",
      "/NonStruct <</MCID 0 >>BDC",
      "BT",
      "EMC",
      "/Artifact <</Type /Layout>> BDC",
      "f",
      "EMC",
    ]);
    expect(tags).toEqual(["Document", " P", "  0:0"]);
  });

  it("loses its tag when it had one: the rules of a table", async () => {
    const row = tag("TR", tag("TD", run(1)));
    const { pages, tags } = await finish([`${rectangle(0)}\n${words("a", 1)}`], [tag("Table", 0, row)]);
    expect(pages[0]).toContain("/Artifact <</Type /Layout>> BDC\n10 10 5 5 re");
    expect(tags).toEqual(["Table", " TR", "  TD", "   0:1"]);
  });

  it("is the head of a table on its second page, but not the rest of a row that a page's end has broken", async () => {
    const head = tag("TR", { type: "TH", id: "node00000001", kids: [tag("NonStruct", 0, { page: 1, mcid: 0 })] });
    const broken = tag("TR", { type: "TD", kids: [tag("NonStruct", 1, { page: 1, mcid: 1 })] });
    const { pages, tags } = await finish(
      [`${words("year", 0)}\n${words("began", 1)}`, `${words("year", 0)}\n${words("ended", 1)}`],
      [tag("Table", head, broken)],
    );
    expect(tags).toEqual(["Table", " TR", "  TH", "   0:0", " TR", "  TD", "   0:1", "   1:1"]);
    expect(pages[0]).not.toContain("Artifact");
    expect(pages[1]).toMatch(/^\/Artifact <<\/Type \/Pagination>> BDC[\s\S]*\/NonStruct <<\/MCID 1 >>BDC/);
  });

  it("is not what a picture is drawn with", async () => {
    const { tags } = await finish([rectangle(0)], [{ type: "Figure", alt: "rising", kids: [0] }]);
    expect(tags).toEqual(["Figure", " 0:0"]);
  });
});

describe("the tags", () => {
  it("have a list's words in its items' bodies", async () => {
    const item = tag("LI", tag("Lbl", 0), run(1), tag("Strong", run(2)));
    const { tags, pdf } = await finish([[0, 1, 2].map((n) => words("a", n)).join("\n")], [tag("L", item)]);
    expect(tags).toEqual(["L", " LI", "  Lbl", "   0:0", "  LBody", "   0:1", "   Strong", "    0:2"]);
    expect(String(pdf.catalog.lookup(PDFName.of("StructTreeRoot"), PDFDict).get(PDFName.of("RoleMap")))).toBe("<<\n/Strong /Span\n>>");
  });

  it("have no element for a mere box; words that lay in one are a paragraph", async () => {
    const boxes = tag("NonStruct", tag("NonStruct", run(0), tag("Em", run(1))), tag("P", run(2)), run(3));
    const { tags } = await finish([[0, 1, 2, 3].map((n) => words("a", n)).join("\n")], [tag("Document", boxes)]);
    expect(tags).toEqual(["Document", " P", "  0:0", "  Em", "   0:1", " P", "  0:2", " P", "  0:3"]);
  });

  it("call only the picture a figure, not the words around it", async () => {
    const picture: Tag = { type: "Figure", alt: "rising", kids: [1] };
    const { tags } = await finish([`${words("title", 0)}\n${rectangle(1)}`], [tag("Figure", tag("Caption", run(0)), picture)]);
    expect(tags).toEqual(["Div", " Caption", "  0:0", " Figure", "  0:1"]);
  });

  it("are refused when a picture has no alternative text", async () => {
    await expect(finish([rectangle(0)], [tag("Figure", 0)])).rejects.toThrow(/a picture has no alternative text/);
  });

  it("lead back from every stretch of a page to its element", async () => {
    const { pdf } = await finish([`${words("a", 0)}\n${words("b", 1)}`], [tag("Document", tag("P", run(0)), tag("P", run(1)))]);
    const tree = pdf.catalog.lookup(PDFName.of("StructTreeRoot"), PDFDict).lookup(PDFName.of("ParentTree"), PDFDict);
    const [, paragraphs] = /\[ 0 \[ (.*) \] \]/.exec(String(tree.lookup(PDFName.of("Nums")))) ?? [];
    expect(new Set(paragraphs?.match(/\d+ 0 R/g)).size).toBe(2);
  });
});

describe("a table's row from which empty cells were left out", () => {
  const head = (id: string, mcid: number): Tag => ({ type: "TH", id, kids: [run(mcid)] });
  const cell = (column: string, mcid: number): Tag => ({ type: "TD", headers: [column], kids: [run(mcid)] });
  const heads = tag("TR", head("a", 0), head("b", 1), head("c", 2));
  const content = [...Array(9).keys()].map((n) => words("x", n)).join("\n");
  const readRows = (tags: readonly string[]) =>
    tags
      .join("\n")
      .split(/^ +TR\n/m)
      .slice(1)
      .map((row) =>
        row
          .split(/^ +T[DH]$/m)
          .slice(1)
          .map((stretch) => stretch.trim()),
      );

  it("gets them back where they were", async () => {
    const { tags } = await finish([content], [tag("Table", heads, tag("TR", cell("b", 3)), tag("TR", cell("a", 4), cell("c", 5)))]);
    expect(readRows(tags)).toEqual([
      ["0:0", "0:1", "0:2"],
      ["", "0:3", ""],
      ["0:4", "", "0:5"],
    ]);
  });

  it("gets back the empty corner above its own head", async () => {
    const corner = tag("TR", head("a", 0), head("b", 1));
    const row = tag("TR", tag("TH", run(2)), cell("a", 3), cell("b", 4));
    const { tags } = await finish([content], [tag("Table", corner, row)]);
    expect(readRows(tags)).toEqual([
      ["", "0:0", "0:1"],
      ["0:2", "0:3", "0:4"],
    ]);
  });

  it("is not misled by heads over several columns or of rows", async () => {
    const over: Tag = { type: "TH", id: "over", kids: [run(0)] };
    const row = (name: string, ...cells: Tag[]) =>
      tag("TR", tag("TH", run(1)), ...cells.map((each) => ({ ...each, headers: ["over", ...(each.headers ?? []), name] })));
    const { tags } = await finish(
      [content],
      [tag("Table", heads, tag("TR", over), row("r1", cell("b", 2), cell("c", 3)), row("r2", cell("c", 4)))],
    );
    expect(readRows(tags).slice(2)).toEqual([
      ["0:1", "0:2", "0:3"],
      ["0:1", "", "0:4"],
    ]);
  });

  it("stays as it is when it lacks none", async () => {
    const { tags } = await finish([content], [tag("Table", heads, tag("TR", cell("a", 3), cell("b", 4), cell("c", 5)))]);
    expect(readRows(tags)[1]).toEqual(["0:3", "0:4", "0:5"]);
  });
});

describe("a link", () => {
  const described = ({ pdf }: Finished) =>
    pdf
      .getPage(0)
      .node.Annots()
      ?.asArray()
      .map((ref) => {
        const text = pdf.context.lookup(ref, PDFDict).get(PDFName.of("Contents"));
        return text instanceof PDFHexString ? text.decodeText() : undefined;
      });

  it("says what it is in the words that are linked", async () => {
    const link = tag("Link", tag("NonStruct", 0, { link: "https://example.org/" }), run(1));
    const finished = await finish([`${words("来源 ", 0)}\n${words("1", 1)}`], [tag("P", link)]);
    expect(described(finished)).toEqual(["来源 1"]);
    expect(finished.tags).toEqual(["P", " Link", "  0:0", "  link", "  0:1"]);
  });

  it("says where it leads when no words are linked", async () => {
    const link = tag("Link", { link: "https://example.org/" });
    expect(described(await finish([""], [tag("P", link)]))).toEqual(["https://example.org/"]);
  });

  it("says what the picture shows that is linked", async () => {
    const link = tag("Link", { type: "Figure", alt: "增长", kids: [0] }, { link: "https://example.org/" });
    expect(described(await finish([rectangle(0)], [tag("P", link)]))).toEqual(["增长"]);
  });

  it("is refused within a picture", async () => {
    const picture: Tag = { type: "Figure", alt: "增长", kids: [0, { link: "https://example.org/" }] };
    await expect(finish([rectangle(0)], [picture])).rejects.toThrow(/a link lies where nothing is read/);
  });

  it("is refused where it belongs to nothing that is read", async () => {
    const printed = finish([words("a", 0)], [tag("P", 0)], (pdf) => void addLink(pdf, "https://example.org/"));
    await expect(printed).rejects.toThrow(/a link lies where nothing is read/);
  });
});
