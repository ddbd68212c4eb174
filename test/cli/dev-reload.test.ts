import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../functions/adapters/content-hash.ts";
import { makeDocumentFonts } from "../../functions/adapters/fonts/document-fonts.ts";
import { mergeFaces } from "../../functions/adapters/fonts/merge-truetype.ts";
import { testCacheDir } from "../support/pdf-chromium.ts";
import { readPdf } from "../support/pdf-text.ts";
import { type NewsReader, readNews, startPreview, type TestPreview } from "../support/preview.ts";

let preview: TestPreview;
let news: NewsReader;
beforeEach(async () => {
  preview = await startPreview();
  news = await readNews(preview.address);
});
afterEach(async () => {
  await news.close();
  await preview.close();
});

const html = async () => (await preview.get("/preview/html?period=2026-06")).text;
const figures = "observations/harbourton.csv";

/** Waits for news of this kind; one save may be told twice when the machine is slow. */
async function told(kind: string): Promise<void> {
  while ((await news.next()) !== `change: ${kind}`) {
    // Of an earlier save.
  }
}

/** Asks until the answer is as expected: news of half a save may come before those of the whole. */
async function becomes(path: string, status: number, words: string): Promise<void> {
  await expect.poll(async () => (await preview.get(path)).text.replaceAll("&quot;", '"'), { timeout: 10_000 }).toContain(words);
  expect((await preview.get(path)).status).toBe(status);
}

describe("a change is told, and the next page has it", () => {
  it("of a template, however often an editor replaces the file", async () => {
    for (const marker of ["ONCE", "TWICE", "THRICE"]) {
      await preview.editTemplate("partials/overview.hbs", '<section class="overview', `<p>${marker}</p><section class="overview`);
      await told("templates");
      expect(await html()).toContain(`<p>${marker}</p>`);
    }
  });

  it("of a style, with the margins that it gives the paper", async () => {
    await preview.editTemplate("styles/page.css", "margin: 37mm 26mm 35mm 28mm;", "margin: 10mm 11mm 12mm;");
    await told("templates");
    expect(await html()).toContain("body { padding: 10mm 11mm 12mm; }");
  });

  it("of a locale, in the sentences that the judge speaks too", async () => {
    await preview.editTemplate("locales/en.json", '"verdict.met": "met"', '"verdict.met": "REACHED"');
    await told("locales");
    expect(await html()).toContain("REACHED");
  });

  it("of a figure", async () => {
    expect(await html()).not.toContain("509 homes");
    await preview.office.edit(figures, "2025,503,homes", "2025,509,homes");
    await told("data");
    expect(await html()).toContain("509");
    expect(await html()).not.toContain("503 homes,");
  });

  it("of a file that is new and of one that is gone", async () => {
    await preview.office.write("observations/new.csv", `${(await preview.office.read(figures)).split("\n")[0]}\n`);
    await told("data");
    await rm(join(preview.office.dir, "observations/new.csv"));
    await told("data");
    expect((await preview.get("/preview/html?period=2026-06")).status).toBe(200);
  });

  it("of a font of the office: both panes are set in it from then on, and no longer once it is gone", async () => {
    const face = String.raw`font-family: "FangSong\5f GB2312"; font-weight: 400; src: url("`;
    const urlOf = (page: string) => page.split(face)[1]?.split('"')[0] ?? "";
    const printed = async () => {
      const document = await fetch(new URL("/preview/pdf?period=2026-06&edition=one-page", preview.address));
      return (await readPdf(new Uint8Array(await document.arrayBuffer()))).fonts.map((f) => f.name.replace(/^.*\+/, ""));
    };
    expect(await html()).not.toContain(face);
    expect(await printed()).not.toContain("FangSong_GB2312-Regular");

    const shipped = await makeDocumentFonts(testCacheDir);
    const cut = async (from: string) => mergeFaces(await readFile(join(shipped, from)), [], { family: "FangSong_GB2312", bold: false });
    const [serif, sans] = [await cut("noto-serif-sc-400.ttf"), await cut("noto-sans-sc-400.ttf")];
    const file = join(preview.office.dir, "fonts/fangsong.ttf");
    const served = async () => {
      const response = await fetch(new URL(urlOf(await html()), preview.address));
      return sha256(new Uint8Array(await response.arrayBuffer()));
    };
    await mkdir(join(preview.office.dir, "fonts"));
    await writeFile(file, serif);
    await told("fonts");
    await expect.poll(served, { timeout: 10_000 }).toBe(sha256(serif));
    expect(await printed()).toContain("FangSong_GB2312-Regular");

    const old = urlOf(await html());
    await writeFile(file, sans);
    await expect.poll(served, { timeout: 10_000 }).toBe(sha256(sans));
    expect((await preview.get(old)).status).toBe(404);

    await rm(join(preview.office.dir, "fonts"), { recursive: true });
    await expect.poll(html, { timeout: 10_000 }).not.toContain(face);
    expect(await printed()).not.toContain("FangSong_GB2312-Regular");
  });

  it("but not of an editor's own files", async () => {
    await writeFile(join(preview.office.dir, "metrics/.town.yaml.swp"), "x");
    await writeFile(join(preview.office.dir, "metrics/town.yaml~"), "x");
    await preview.office.edit("office.yaml", "name: { en: Harbourton (fictional) }", "name: { en: Harbourtown (fictional) }");
    expect(await news.next()).toBe("change: data");
    expect(await html()).toContain("Harbourtown (fictional): delivery");
  });
});

describe("what is broken is named in its pane, and comes back when it is mended", () => {
  it("YAML of the office: file and line; the page around it lives on", async () => {
    const sound = await html();
    await preview.office.edit("metrics/town.yaml", "- id:", "- id: [");
    await becomes("/preview/html?period=2026-06", 422, "metrics/town.yaml:");
    expect((await preview.get("/preview/html?period=2026-06")).text).toContain("is not valid YAML");
    expect((await preview.get("/?period=2026-06")).status).toBe(200);
    await preview.office.edit("metrics/town.yaml", "- id: [", "- id:");
    await expect.poll(html, { timeout: 10_000 }).toBe(sound);
  });

  it("a field of an entry: file, line and field", async () => {
    await preview.office.edit("office.yaml", "language: en", "language: fr");
    await becomes("/preview/html?period=2026-06", 422, "office.yaml:");
    expect((await preview.get("/preview/html?period=2026-06")).text).toMatch(/office\.yaml:\d+ language: /);
  });

  it("a template that asks for what is not there: the partial and the line", async () => {
    await preview.editTemplate("partials/sources.hbs", "<", "{{nothingOfTheKind}}<");
    await becomes("/preview/html?period=2026-06", 500, 'in partials/sources: "nothingOfTheKind" not defined');
    await preview.editTemplate("partials/sources.hbs", "{{nothingOfTheKind}}<", "<");
    await expect.poll(html, { timeout: 10_000 }).toContain("<h1>");
  });

  it("a locale that is no JSON: the file; the fault is shown in the last good words", async () => {
    await preview.get("/");
    await preview.editTemplate("locales/en.json", "{", "{,");
    await becomes("/preview/html?period=2026-06", 500, "locales/en.json: is not one flat JSON object of texts");
    expect((await preview.get("/preview/html?period=2026-06")).text).toContain("This cannot be shown");
    expect((await preview.get("/")).status).toBe(200);
    await preview.editTemplate("locales/en.json", "{,", "{");
    await expect.poll(html, { timeout: 10_000 }).toContain("<h1>");
  });

  it("the very template that would say so: in plain text", async () => {
    await preview.editTemplate("dev/fault.hbs", "{{message}}", "{{massage}}");
    await told("templates");
    const { status, text, headers } = await preview.get("/preview/html?period=never");
    expect({ status, text }).toEqual({ status: 400, text: 'period: "never" is not a month; write YYYY-MM, for example 2018-01\n' });
    expect(headers.get("content-type")).toMatch(/^text\/plain/);
  });

  it("a whole folder that is away for a while", async () => {
    await rename(join(preview.office.dir, "metrics"), join(preview.office.dir, "metrics~"));
    await becomes("/preview/html?period=2026-06", 422, "metric");
    await rename(join(preview.office.dir, "metrics~"), join(preview.office.dir, "metrics"));
    await expect.poll(html, { timeout: 10_000 }).toContain("<h1>");
  });

  it("a folder that was never right yet: the page around it waits for it", async () => {
    await preview.office.edit("office.yaml", "language: en", "language: [en");
    await told("data");
    const { status, text } = await preview.get("/?period=2026-06");
    expect(status).toBe(200);
    expect(text).not.toContain("<form");
    expect(text).toContain('src="/preview/html?period&#x3D;2026-06"');
    await preview.office.edit("office.yaml", "language: [en", "language: en");
    await expect.poll(async () => (await preview.get("/?period=2026-06")).text, { timeout: 10_000 }).toContain("<form");
  });
});
