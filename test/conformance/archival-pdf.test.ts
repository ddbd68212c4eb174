import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PDFDict, PDFDocument, PDFName } from "@cantoo/pdf-lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Attachment, DocumentInfo, DocumentRenderer } from "../../functions/core/ports.ts";
import { needCommands, run } from "../support/conformance-tools.ts";
import { harbourton } from "../support/office-copy.ts";
import { openTestRenderer, sampleInfo, samplePage } from "../support/pdf-chromium.ts";
import { listUnread } from "../support/read-aloud.ts";
import { type Flavour, type Verdict, validatePdf } from "../support/verapdf.ts";

/** The document as an archive's software judges it: PDF/A-3 with level A, and PDF/UA-1. */

const flavours: readonly Flavour[] = ["3a", "ua1"];
const launcher = resolve(import.meta.dirname, "../../functions/cli/biaogan.mjs");
const data = resolve(import.meta.dirname, "../../data");

const attachments: readonly Attachment[] = [
  {
    name: "briefing.json",
    mediaType: "application/json",
    description: "简报的模型",
    relationship: "Source",
    content: Buffer.from(JSON.stringify({ title: "标杆", items: [] })),
  },
  {
    name: "observations.csv",
    mediaType: "text/csv",
    description: "Figures",
    relationship: "Data",
    content: Buffer.from("TIME_PERIOD,OBS_VALUE\r\n2017,2590\r\n"),
  },
  { name: "manifest.json", mediaType: "application/json", description: "Origin", relationship: "Supplement", content: Buffer.from("{}") },
];
const archived: DocumentInfo = { ...sampleInfo, title: '张家港 <简报> & "标杆"', attachments };

/** One of everything that a template may use, and what Chromium tags badly: boxes, lists, empty cells, a table over two pages, half
 *  transparent words, a link over several lines, neighbours on either side of a row of 256 characters (替, 最). */
const everything = samplePage(
  `<header><div>张家港</div><div>第1期</div></header><h1 id="top">标题</h1>
  <p>正文 <em>着重</em> <strong>要点</strong> <q>引语</q> <code>code</code> <sup><a href="#two">1</a></sup> 替最</p>
  <p style="opacity: .5">半透明</p><div style="background: #eee"><div>一个块</div>裸文字<section><p>段</p></section></div>
  <nav><ol><li><a href="#two">${"很长的链接".repeat(30)}</a></li><li><p>乙</p><ul><li>丙</li></ul></li></ol></nav>
  <blockquote lang="en"><p>A quotation</p></blockquote><aside>旁注</aside><dl><dt>词</dt><dd>义</dd></dl><hr>
  <figure><figcaption>图题</figcaption><svg role="img" aria-label="增长" width="100" height="50"><g opacity=".4"><text y="20">图字</text>
  <rect width="10" height="10"></rect></g><path d="M0 0L5 5"></path></svg></figure>
  <svg width="9" height="9" aria-hidden="true"><rect width="5" height="5"></rect></svg>
  <h2 id="two" style="break-before: page">第二节</h2><h3>第三级</h3><p><a href="https://example.org/">外部</a></p>
  <table><caption>表题</caption><thead><tr><th scope="col">项</th><th scope="col">值</th><th scope="col">注</th></tr></thead><tbody>
  <tr><th scope="row">行</th><td></td><td>一</td></tr><tr><th scope="row" rowspan="2">两行</th><td colspan="2">二</td></tr><tr><td></td><td>三</td></tr>
  ${Array.from({ length: 40 }, (_, row) => `<tr><th scope="row">${row}</th><td>${row % 3 ? row : ""}</td><td></td></tr>`).join("")}</tbody></table>`,
  "tr { break-inside: avoid } table { border-collapse: collapse } td, th { border: 1px solid #333 }",
);

let folder: string;
let renderer: DocumentRenderer;
beforeAll(async () => {
  await needCommands("pdffonts", "pdfinfo", "pdftotext", "qpdf");
  folder = await mkdtemp(join(tmpdir(), "biaogan-archival-"));
  renderer = await openTestRenderer();
});
afterAll(async () => {
  await renderer?.close();
  await rm(folder, { recursive: true, force: true });
});

async function print(name: string, info: DocumentInfo, html = everything): Promise<string> {
  const file = join(folder, `${name}.pdf`);
  await writeFile(file, await renderer.render(html, info));
  return file;
}

/** Makes a document, then spoils a copy of it. */
async function spoil(name: string, file: string, change: (pdf: PDFDocument) => void): Promise<string> {
  const pdf = await PDFDocument.load(await readFile(file), { updateMetadata: false });
  change(pdf);
  const spoiled = join(folder, `${name}.pdf`);
  await writeFile(spoiled, await pdf.save({ addDefaultPage: false, updateFieldAppearances: false }));
  return spoiled;
}

/** @returns what the judge found, for each file that has a fault */
function faultsOf(verdicts: readonly Verdict[]): string[] {
  return verdicts.flatMap(({ file, flavour, compliant, failures }) =>
    compliant ? [] : [`${file.replace(`${folder}/`, "")} is not ${flavour}: ${failures.join("; ")}`],
  );
}

async function expectArchival(...files: string[]): Promise<void> {
  const { judge, verdicts, warnings } = await validatePdf(files, flavours);
  process.stderr.write(`${judge}: ${files.length} files against ${flavours.join(" and ")}\n`);
  expect(faultsOf(verdicts)).toEqual([]);
  expect(verdicts).toHaveLength(files.length * flavours.length);
  expect(warnings).toEqual([]);
}

describe("a document with everything that a template may use", () => {
  test("is PDF/A-3a and PDF/UA-1, with and without attachments and a watermark", async () => {
    const plain = await print("plain", { ...archived, attachments: [] });
    const attached = await print("attached", archived);
    const draft = await print("draft", { ...archived, watermark: "草稿 DRAFT" });
    await expectArchival(plain, attached, draft);
  });

  test("gives its attachments back to another program, and is whole to it", async () => {
    const file = await print("attached", archived);
    await run("qpdf", ["--check", file]);
    for (const { name, content } of attachments) expect(await run("qpdf", [`--show-attachment=${name}`, file])).toBe(content.toString());
    const structure = await run("qpdf", ["--qdf", "--object-streams=disable", file, "-"]);
    expect(structure.match(/\/(?:JavaScript|JS|XFA|Encrypt|OpenAction|Launch)\b/g)).toBeNull();
  });

  test("has every word read aloud but those of the margins and of a table's head on its second page", async () => {
    const file = await print("attached", archived);
    // Chromium tags nothing that a style adds, such as the quotation marks of a q.
    expect(await listUnread(file)).toBe([..."—1——2——3—项值注“”"].toSorted().join(""));
  });

  test("has the same words and fonts under a watermark", async () => {
    const [plain, draft] = [await print("plain", archived), await print("draft", { ...archived, watermark: "草稿 DRAFT" })];
    const readWords = (file: string) => run("pdftotext", ["-layout", file, "-"]);
    expect(await readWords(draft)).toBe(await readWords(plain));
    const objectNumbers = /\d+ +0$/gm;
    const readFonts = async (file: string) => (await run("pdffonts", [file])).replaceAll(objectNumbers, "");
    expect(await readFonts(draft)).toBe(await readFonts(plain));
  });
});

describe("the briefings", () => {
  test("are PDF/A-3a and PDF/UA-1", async () => {
    const made = await Promise.all(
      [
        ["--data", data, "--period", "2018-01", "--edition", "full-zh-CN", "--edition", "full-en"],
        ["--data", harbourton, "--period", "2026-01"],
      ].map((args, index) => run(process.execPath, [launcher, "brief", ...args, "--store", join(folder, `store-${index}`), "--json"])),
    );
    const files = made.flatMap((json) => [JSON.parse(json)].flat().map(({ pdf }: { pdf: string }) => pdf));
    expect(files.length).toBeGreaterThanOrEqual(2);
    await expectArchival(...files);
  });
});

describe("the judge", () => {
  test("notices what is missing", async () => {
    const file = await print("attached", archived);
    const without = (key: string) => spoil(`without-${key}`, file, ({ catalog }) => void catalog.delete(PDFName.of(key)));
    const fromAll = (key: string, type: string) => (pdf: PDFDocument) => {
      for (const [, object] of pdf.context.enumerateIndirectObjects()) {
        if (object instanceof PDFDict && object.get(PDFName.of("Type")) === PDFName.of(type)) object.delete(PDFName.of(key));
      }
    };
    const spoiled = [
      await without("Metadata"),
      await without("OutputIntents"),
      await spoil("without-words-for-links", file, fromAll("Contents", "Annot")),
      await spoil("without-alternative-text", file, fromAll("Alt", "StructElem")),
      await spoil("without-relation", file, fromAll("AFRelationship", "Filespec")),
    ];
    const { verdicts } = await validatePdf(spoiled, flavours);
    const faulty = verdicts.filter(({ compliant }) => !compliant);
    expect(faulty.map((verdict) => `${verdict.file.replace(`${folder}/`, "")} ${verdict.flavour}`).toSorted()).toEqual([
      "without-Metadata.pdf 3a",
      "without-Metadata.pdf ua1",
      "without-OutputIntents.pdf 3a",
      "without-alternative-text.pdf ua1",
      "without-relation.pdf 3a",
      "without-words-for-links.pdf ua1",
    ]);
    expect(faulty.filter(({ failures }) => failures.length === 0)).toEqual([]);
  });

  test("gives no verdict on a file that is no PDF", async () => {
    const file = join(folder, "none.pdf");
    await writeFile(file, "none");
    await expect(validatePdf([file], ["3a"])).rejects.toThrow(/could not read/);
  });
});
