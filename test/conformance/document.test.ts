import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { needCommands, run } from "../support/conformance-tools.ts";
import { harbourton } from "../support/office-copy.ts";

/** The briefing as other people's tools read it: Poppler and qpdf share no code with what made it. */

const launcher = resolve(import.meta.dirname, "../../functions/cli/biaogan.mjs");
const data = resolve(import.meta.dirname, "../../data");

interface Made {
  readonly pdf: string;
  readonly pages: number;
  readonly sha256: string;
}

/** In points; no printer prints in the margin. */
const a4 = { width: 595, height: 842 };
const margin = 36;

/** A word and its place on the page in points, from the top left. */
interface Word {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

let folder: string;
beforeAll(async () => {
  await needCommands("pdffonts", "pdfinfo", "pdftotext", "qpdf");
  folder = await mkdtemp(join(tmpdir(), "biaogan-document-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function biaogan<T>(store: string, ...args: string[]): Promise<T> {
  return JSON.parse(await run(process.execPath, [launcher, ...args, "--store", join(folder, store), "--json"]));
}

/** Without any white space: where a line ends is no part of what was said. */
function squeeze(text: string): string {
  return text.replaceAll(/\s+/gu, "");
}

/** The pages' text in the order in which the document says it. */
async function readPages(pdf: string): Promise<string[]> {
  return (await run("pdftotext", ["-raw", pdf, "-"])).split("\f").slice(0, -1);
}

/** A bookmark and the number of the page it leads to. */
interface Bookmark {
  readonly title: string;
  readonly destpageposfrom1: number;
  readonly kids: readonly Bookmark[];
}

/** @returns the bookmarks as a reader sees them, from top to bottom */
async function readOutline(pdf: string): Promise<Bookmark[]> {
  const { outlines } = JSON.parse(await run("qpdf", ["--json", "--json-key=outlines", pdf]));
  const flatten = (bookmarks: readonly Bookmark[]): Bookmark[] => bookmarks.flatMap((bookmark) => [bookmark, ...flatten(bookmark.kids)]);
  return flatten(outlines);
}

const editions = [
  { name: "the Chinese edition", args: ["--data", data, "--period", "2018-01"] },
  { name: "the Chinese edition that knows both speeches", args: ["--data", data, "--period", "2021-04"] },
  { name: "the English edition", args: ["--data", data, "--period", "2018-01", "--edition", "full-en"] },
  { name: "a fictional English office's edition", args: ["--data", harbourton, "--period", "2026-01"] },
];

describe.each(editions)("$name", ({ name, args }) => {
  let made: Made;
  let pages: string[];
  beforeAll(async () => {
    made = await biaogan<Made>(name, "brief", ...args);
    pages = await readPages(made.pdf);
  });

  test("embeds every font, as TrueType", async () => {
    const [, , ...fonts] = (await run("pdffonts", [made.pdf])).trimEnd().split("\n");
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes/);
  });

  test("is a tagged A4 document without scripts", async () => {
    const info = await run("pdfinfo", [made.pdf]);
    expect(info).toMatch(/^Tagged: +yes$/m);
    expect(info).toMatch(/^Page size: .*\(A4\)$/m);
    expect(info).toMatch(/^JavaScript: +no$/m);
    expect(info).toMatch(new RegExp(`^Pages: +${made.pages}$`, "m"));
  });

  test("is a sound file", async () => {
    expect(await run("qpdf", ["--check", made.pdf])).toContain("No syntax or stream encoding errors found");
  });

  test("numbers every page", () => {
    expect(pages).toHaveLength(made.pages);
    expect(pages.map((text) => /— \d+ —/.exec(text)?.[0])).toEqual(pages.map((_, index) => `— ${index + 1} —`));
  });

  test("has bookmarks in the order of the pages, each by the words of a heading on its page", async () => {
    const outline = await readOutline(made.pdf);
    expect(outline.length).toBeGreaterThan(10);
    const numbers = outline.map(({ destpageposfrom1 }) => destpageposfrom1);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    const astray = outline.filter(({ title, destpageposfrom1 }) => !squeeze(pages[destpageposfrom1 - 1] ?? "").includes(squeeze(title)));
    expect(astray.map(({ title }) => title)).toEqual([]);
  });

  test("leaves no heading alone at the foot of a page", async () => {
    // By page, because the table of contents may well end with one.
    const alone = (await readOutline(made.pdf)).filter(({ title, destpageposfrom1 }) => {
      return squeeze(bodyLines(pages[destpageposfrom1 - 1] ?? "").at(-1) ?? "") === squeeze(title);
    });
    expect(alone.map(({ title }) => title)).toEqual([]);
  });

  test("leaves no page almost empty but the last", () => {
    const lines = pages.slice(0, -1).map((text) => bodyLines(text).length);
    expect(lines.filter((count) => count < 12)).toEqual([]);
  });

  test("prints no word over another", async () => {
    const overlaps = (await readWords(made.pdf)).flatMap((page, index) => findOverlaps(page).map((both) => `page ${index + 1}: ${both}`));
    expect(overlaps).toEqual([]);
  });

  test("prints everything inside the page", async () => {
    const outside = (await readWords(made.pdf)).flat().filter(({ left, top, right, bottom }) => {
      return left < margin || top < margin || right > a4.width - margin || bottom > a4.height - margin;
    });
    expect(outside).toEqual([]);
  });

  test("has the same bytes when it is made again elsewhere", async () => {
    const again = await biaogan<Made>(`${name} again`, "brief", ...args);
    expect(again.pdf).not.toBe(made.pdf);
    expect(again.sha256).toBe(made.sha256);
  });
});

/** Without the running head and the page number, which come first in the order of drawing. */
function bodyLines(page: string): string[] {
  return page.split("\n").filter((line) => line.trim() !== "" && !/^\s*— \d+ —\s*$/.test(line));
}

async function readWords(pdf: string): Promise<Word[][]> {
  const [, ...pages] = (await run("pdftotext", ["-bbox", pdf, "-"])).split("<page ");
  return pages.map((page) =>
    [...page.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g)].map(
      ([, left, top, right, bottom, text = ""]) => ({
        text,
        left: Number(left),
        top: Number(top),
        right: Number(right),
        bottom: Number(bottom),
      }),
    ),
  );
}

/** Chinese punctuation is set into half of its square; the tools give the whole square. */
const punctuation = /^[\p{P}\p{S}]|[\p{P}\p{S}]$/u;

function findOverlaps(words: readonly Word[]): string[] {
  const solid = words.filter(({ text }) => !punctuation.test(text));
  return solid.flatMap((one, index) =>
    solid.slice(index + 1).flatMap((other) => (overlap(one, other) ? [`${one.text} / ${other.text}`] : [])),
  );
}

function overlap(one: Word, other: Word): boolean {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  // Boxes are as high as the font allows, so those of two lines touch.
  return width > 1 && height > 0.5 * Math.min(one.bottom - one.top, other.bottom - other.top);
}

describe("what the briefing of January 2018 says", () => {
  let text: string;
  let quotes: string[];
  let themes: string[];
  beforeAll(async () => {
    const { pdf } = await biaogan<Made>("january", "brief", "--data", data, "--period", "2018-01");
    text = squeeze((await readPages(pdf)).join("\n"));
    const register = await biaogan<{ speech: string; quote: string; theme: string }[]>("january", "register", "--data", data);
    const said = register.filter(({ speech }) => speech === "zhu-lifan-2017-11-17");
    quotes = said.map(({ quote }) => quote);
    const office: { themes: { id: string; name: { "zh-CN": string } }[] } = parse(await readFile(join(data, "office.yaml"), "utf8"));
    const used = new Set(said.map(({ theme }) => theme.split("/")[0]));
    themes = office.themes.filter(({ id }) => used.has(id)).map(({ name }) => name["zh-CN"]);
  });

  test("holds the figures of the estimate for 2017", () => {
    expect(["2590亿元", "7.3%", "210亿元"].filter((figure) => !text.includes(figure))).toEqual([]);
  });

  test("names every theme, the four port cities among them", () => {
    expect(themes).toEqual(expect.arrayContaining(["实力港城", "活力港城", "美丽港城", "人文港城"]));
    expect(themes.filter((theme) => !text.includes(theme))).toEqual([]);
  });

  test("holds the words of every statement made by then", () => {
    expect(quotes.length).toBeGreaterThan(90);
    expect(quotes.filter((quote) => !text.includes(squeeze(quote)))).toEqual([]);
  });

  test("knows nothing of the speech of 2020", () => {
    expect(text.includes("沈国芳")).toBe(false);
  });
});

describe("the languages", () => {
  const chinese = /\p{Script=Han}/u;

  test("the English edition's outline and first page are in English", async () => {
    const { pdf } = await biaogan<Made>("english", "brief", "--data", data, "--period", "2018-01", "--edition", "full-en");
    expect((await readOutline(pdf)).filter(({ title }) => chinese.test(title))).toEqual([]);
    expect((await readPages(pdf))[0]).not.toMatch(chinese);
  });

  test("a fictional office is marked as such on every page, and has not a word of Chinese", async () => {
    const { pdf } = await biaogan<Made>("fictional", "brief", "--data", harbourton, "--period", "2026-01");
    const pages = await readPages(pdf);
    expect(pages.filter((page) => !page.includes("FICTIONAL EXAMPLE"))).toEqual([]);
    expect(pages.filter((page) => chinese.test(page))).toEqual([]);
  });
});
