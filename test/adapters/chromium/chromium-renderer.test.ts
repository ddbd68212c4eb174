import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { PDFDict, PDFHexString, PDFName } from "@cantoo/pdf-lib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LayoutError, MissingGlyphError, RenderError } from "../../../functions/core/errors.ts";
import type { DocumentRenderer } from "../../../functions/core/ports.ts";
import { findChildren, openTestRenderer, sampleInfo, samplePage, testCacheDir } from "../../support/pdf-chromium.ts";
import { readPdf } from "../../support/pdf-text.ts";

const TWO_PAGES = samplePage(
  '<h1>标杆 ● ▲ ✓</h1><p>GDP 2590 亿元，<b>粗体 ≥ ≤ → Ⅲ</b>，<i>斜体</i>，億達戰產鋼銳。<a href="#next">下一页</a></p>' +
    '<svg width="200" height="40" role="img" aria-label="图"><text y="20">图例 7.3%</text></svg>' +
    '<h2 id="next" style="break-before: page">第二节</h2><table><thead><tr><th>年</th></tr></thead><tr><td>2017</td></tr></table>',
);
// Far more than can be laid out in a second.
const ENDLESS = samplePage(`<table>${"<tr><td>一<td>二<td>三".repeat(120_000)}</table>`);

/** Whether the process has used 0.3 seconds of a core (30 ticks; field 14 of its stat, its name being in brackets). */
function isBusy(pid: number): boolean {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[11]) > 30;
}

describe("the printer", () => {
  let renderer: DocumentRenderer;
  beforeAll(async () => {
    renderer = await openTestRenderer();
  });
  afterAll(() => renderer.close());

  it("prints Chinese, symbols and Traditional characters as text, with the page's number in its margin", async () => {
    const { pages } = await readPdf(await renderer.render(TWO_PAGES, sampleInfo));
    expect(pages).toHaveLength(2);
    expect(pages[0]).toContain("标杆");
    expect(pages[0]?.replaceAll(" ", "")).toContain("粗体≥≤→Ⅲ");
    expect(pages[0]).toContain("億達戰產鋼銳");
    expect(pages[0]).toContain("图例");
    expect(pages[0]).toContain("— 1 —");
    expect(pages[1]).toContain("— 2 —");
  });

  it("makes a tagged A4 document with outline, links, language and the briefing's own date", async () => {
    const { document } = await readPdf(await renderer.render(TWO_PAGES, sampleInfo));
    const { catalog } = document;
    expect(String(catalog.lookup(PDFName.of("MarkInfo"), PDFDict).get(PDFName.of("Marked")))).toBe("true");
    expect(catalog.has(PDFName.of("StructTreeRoot"))).toBe(true);
    expect(catalog.lookup(PDFName.of("Outlines"), PDFDict).has(PDFName.of("First"))).toBe(true);
    expect(document.getPage(0).node.Annots()?.size()).toBe(1);
    expect(Math.round(document.getPage(0).getWidth())).toBe(595);
    expect(Math.round(document.getPage(0).getHeight())).toBe(842);
    expect(document.getTitle()).toBe("张家港简报");
    expect(document.getLanguage()).toBe("zh-CN");
    expect(document.getCreationDate()?.toISOString()).toBe("2018-01-31T01:00:00.000Z");
  });

  it("names the outline's entries after the headings, also where one begins a page or wraps", async () => {
    const long = "A heading that is much too long to stand on one line of a page of this width and wraps".repeat(2);
    const html = samplePage(
      `<h1>${long}</h1><p>文</p><div style="height: 190mm"></div><h2>第<b>二</b>节</h2><p>${"文".repeat(900)}</p><h2> C  </h2>`,
    );
    const { document } = await readPdf(await renderer.render(html, sampleInfo));
    const titles = document.context.enumerateIndirectObjects().flatMap(([, object]) => {
      const title = object instanceof PDFDict && object.has(PDFName.of("Dest")) ? object.get(PDFName.of("Title")) : undefined;
      return title instanceof PDFHexString ? [title.decodeText()] : [];
    });
    expect(titles.toSorted()).toEqual([long, "C", "第二节"].toSorted());
  });

  it("embeds only our TrueType faces, each bold a real one", async () => {
    const { fonts } = await readPdf(await renderer.render(TWO_PAGES, sampleInfo));
    expect(new Set(fonts.map(({ subtype }) => subtype))).toEqual(new Set(["/Type0", "/CIDFontType2"]));
    const faces = new Set(fonts.map(({ name }) => name.replace(/^\/[A-Z]{6}\+/, "")));
    expect(faces).toEqual(new Set(["NotoSansSC-Bold", "NotoSerifSC-Regular", "NotoSerifSC-Bold"]));
  });

  it("names every character that no font has, in page margins and SVG too", async () => {
    const page = samplePage("<p>字𠮷😀</p><svg><text>\u{1D54A}</text></svg>", '@page { @top-left { content: "\\1F600  \\2A6D6" } }');
    const failure = await renderer.render(page, sampleInfo).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MissingGlyphError);
    expect((failure as MissingGlyphError).characters.toSorted()).toEqual(["😀", "\u{1D54A}", "𠮷", "\u{2A6D6}"].toSorted());
  });

  it("takes no offence at joiners, soft hyphens, no-break spaces and hidden text", async () => {
    const page = samplePage('<p>a\u200bb\u00adc\ufeff\u00a0d\u3000e\u2060</p><p style="display: none">😀</p>');
    expect((await readPdf(await renderer.render(page, sampleInfo))).pages).toHaveLength(1);
  });

  it("does not print what is not fit to be read, and names every fault", async () => {
    const html = samplePage(
      `<p>first</p><p style="break-before: page">second</p><p style="white-space: nowrap">third ${"on and on ".repeat(20)}`,
    );
    const failure = await renderer.render(html, { ...sampleInfo, maxPages: 1 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LayoutError);
    expect((failure as LayoutError).faults).toEqual([
      "page 2: beyond the limit; there are 2 pages, 1 allowed",
      expect.stringMatching(/^page 2: "third on and on/),
    ]);
  });

  it("gives the same bytes again, whatever was printed between, and in another process", async () => {
    const first = await renderer.render(TWO_PAGES, sampleInfo);
    await renderer.render(samplePage("<h1>别的</h1><table><tr><th>一<td>二</table>"), sampleInfo);
    expect(Buffer.compare(await renderer.render(TWO_PAGES, sampleInfo), first)).toBe(0);
    const directory = mkdtempSync(join(tmpdir(), "biaogan-print-"));
    const file = join(directory, "page.html");
    writeFileSync(file, TWO_PAGES);
    const script = fileURLToPath(new URL("../../support/pdf-print-once.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script, file], { env: { PATH: "" } });
    rmSync(directory, { recursive: true });
    expect(stdout).toBe(createHash("sha256").update(first).digest("hex"));
  });

  it("stops when it is told to, and prints the next document", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const begun = performance.now();
    await expect(renderer.render(ENDLESS, sampleInfo, controller.signal)).rejects.toThrow(/stopped before it was done/);
    expect(performance.now() - begun).toBeLessThan(5000);
    await expect(renderer.render(TWO_PAGES, sampleInfo, AbortSignal.abort())).rejects.toThrow(RenderError);
    expect((await readPdf(await renderer.render(TWO_PAGES, sampleInfo))).pages).toHaveLength(2);
  });
});

describe("a printer with little time", () => {
  it("says that the document was not printed in time", async () => {
    const renderer = await openTestRenderer({ timeoutMs: 400 });
    await expect(renderer.render(ENDLESS, sampleInfo)).rejects.toThrow("was not printed within 0.4 s");
    await renderer.close();
  });
});

describe("Chromium's process", () => {
  it("gets none of our environment and is gone after closing", async () => {
    const renderer = await openTestRenderer();
    const mine = findChildren(process.pid, testCacheDir);
    expect(mine).toHaveLength(1);
    const environment = readFileSync(`/proc/${mine[0]}/environ`, "utf8").split("\0").filter(Boolean);
    expect(environment.map((line) => line.split("=")[0]).toSorted()).toEqual(["FONTCONFIG_FILE", "HOME", "LD_LIBRARY_PATH", "TMPDIR"]);
    await renderer.close();
    expect(findChildren(process.pid, testCacheDir)).toEqual([]);
    await expect(renderer.render(TWO_PAGES, sampleInfo)).rejects.toThrow("the printer is closed");
  });

  it("is started again for the next document when it was killed", async () => {
    const renderer = await openTestRenderer();
    const printing = renderer.render(ENDLESS, sampleInfo).catch((error: unknown) => error);
    setTimeout(() => findChildren(process.pid, testCacheDir).forEach((pid) => void process.kill(pid, "SIGKILL")), 300);
    const failure = await printing;
    expect(failure).toBeInstanceOf(RenderError);
    expect((failure as RenderError).cause).toBeInstanceOf(Error);
    expect((await readPdf(await renderer.render(TWO_PAGES, sampleInfo))).pages).toHaveLength(2);
    await renderer.close();
  });

  it("reports the crash of a page at once, and prints the next", async () => {
    const renderer = await openTestRenderer();
    const [browser = 0] = findChildren(process.pid, testCacheDir);
    const printing = renderer.render(ENDLESS, sampleInfo).catch(String);
    // Only one that is at work on the page: Chromium keeps another ready that nobody would miss.
    const strikes = setInterval(() => {
      for (const pid of findChildren(browser, "--type=renderer").filter(isBusy)) process.kill(pid, "SIGKILL");
    }, 50);
    const failure = await printing;
    clearInterval(strikes);
    expect(failure).toMatch(/^RenderError: Chromium crashed/);
    expect((await readPdf(await renderer.render(TWO_PAGES, sampleInfo))).pages).toHaveLength(2);
    await renderer.close();
  });
});
