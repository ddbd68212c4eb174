import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needCommands, run } from "../support/conformance-tools.ts";
import { readWords, type Word } from "../support/pdf-words.ts";

/** The grid of GB/T 9704-2012, measured on the printed page by Poppler. All lengths in millimetres from the page's top left. */
const grid = { left: 28, right: 210 - 26, top: 37, bottom: 297 - 35, lines: 22, characters: 28 };
const mmPerPoint = 25.4 / 72;
/** 3号 and 4号. */
const [body, four] = [15.75 * mmPerPoint, 14 * mmPerPoint];

const launcher = resolve(import.meta.dirname, "../../functions/cli/biaogan.mjs");
const data = resolve(import.meta.dirname, "../../data");

let folder: string;
/** The words of each page; the page's number apart. */
let pages: { words: Word[]; number: Word[] }[];

beforeAll(async () => {
  await needCommands("pdftotext");
  folder = await mkdtemp(join(tmpdir(), "biaogan-grid-"));
  const made = JSON.parse(
    await run(process.execPath, [launcher, "brief", "--period", "2018-01", "--data", data, "--store", folder, "--json"]),
  );
  const all = await readWords(made.pdf);
  pages = all.map((words) => {
    const isNumber = (w: Word) => middle(w) > grid.bottom;
    return { words: words.filter((w) => !isNumber(w)), number: words.filter(isNumber) };
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const middle = (w: Word) => (w.top + w.bottom) / 2;

/** Words on one line, lines from top to bottom. */
function linesOf(words: readonly Word[]): Word[][] {
  const lines: Word[][] = [];
  for (const word of words.toSorted((a, b) => middle(a) - middle(b))) {
    const line = lines.at(-1);
    if (line?.[0] && Math.abs(middle(line[0]) - middle(word)) < 1) line.push(word);
    else lines.push([word]);
  }
  return lines;
}

/** A line's height on the grid. */
const pitch = 225 / grid.lines;
/** 楷体 and 黑体 stand a little higher or lower on the line than 宋体, by Poppler's measure of their boxes. */
const betweenFonts = 0.7;

/** From each line to the next. */
function stepsOf(words: readonly Word[]): number[] {
  const at = linesOf(words).map((line) => middle(line[0] as Word));
  return at.slice(1).map((next, i) => next - (at[i] ?? 0));
}

/** Pages of prose throughout, which are the methods: every line one step below the one before. */
function prosePages() {
  return pages.filter(({ words }) => {
    const steps = stepsOf(words);
    return steps.length > 10 && steps.every((step) => Math.abs(step - pitch) < betweenFonts);
  });
}

/** The height that Poppler gives a word of the body's size, taken from the issuing office's line under the masthead. */
function bodyHeight(): number {
  const word = pages[0]?.words.find((w) => w.text.startsWith("2018年1月31日"));
  if (!word) throw new Error("the date is not on page one");
  return word.bottom - word.top;
}

describe("the text area", () => {
  test("is 156 × 225 mm, 37 mm from the top and 28 mm from the left, and nothing but the page's number lies outside", () => {
    const words = pages.flatMap((p) => p.words);
    // Punctuation may carry its square beyond its ink; half a millimetre is under a tenth of a character.
    expect(Math.min(...words.map((w) => w.left))).toBeGreaterThan(grid.left - 0.5);
    expect(Math.max(...words.map((w) => w.right))).toBeLessThan(grid.right + 0.5);
    expect(Math.min(...words.map((w) => middle(w) - body / 2))).toBeGreaterThan(grid.top - 1);
    expect(Math.max(...words.map((w) => middle(w) + body / 4))).toBeLessThan(grid.bottom);
  });

  test("holds 22 lines on a full page of prose, evenly over 225 mm", () => {
    const full = prosePages().filter((p) => linesOf(p.words).length === grid.lines);
    expect(full.length).toBeGreaterThan(0);
    for (const { words } of full) {
      const steps = stepsOf(words);
      expect(steps.reduce((sum, step) => sum + step, 0) / steps.length).toBeCloseTo(pitch, 1);
      const [first, last] = [linesOf(words)[0]?.[0], linesOf(words).at(-1)?.[0]];
      expect(Math.abs((first ? middle(first) : 0) - grid.top - pitch / 2)).toBeLessThan(1);
      expect(Math.abs(grid.bottom - (last ? middle(last) : 0) - pitch / 2)).toBeLessThan(1);
    }
    for (const { words } of prosePages()) expect(linesOf(words).length).toBeLessThanOrEqual(grid.lines);
  });

  test("holds 28 characters of 3号 on a full line", () => {
    const chinese = /^[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’—]+$/u;
    const lines = pages.flatMap((p) => linesOf(p.words)).filter((line) => line.length === 1 && chinese.test(line[0]?.text ?? ""));
    const full = lines.flatMap((line) => line.filter((w) => w.text.length === grid.characters && Math.abs(w.left - grid.left) < 0.5));
    expect(full.length).toBeGreaterThan(0);
    // 28 × 15.75 pt are 155.6 mm; a line that goes on is spread to the 156 mm of the text area.
    for (const { left, right } of full) {
      expect(right - left).toBeGreaterThan(grid.characters * body - 0.1);
      expect(right - left).toBeLessThan(156.2);
    }
    const inBody = lines.flat().filter((w) => Math.abs(w.bottom - w.top - bodyHeight()) < 0.2);
    expect(Math.max(...inBody.map((w) => w.text.length))).toBe(grid.characters);
  });
});

describe("the page's number", () => {
  test("stands right on odd pages and left on even ones, one character in", () => {
    for (const [index, { number }] of pages.entries()) {
      expect(number.map((w) => w.text).join(" ")).toBe(`— ${index + 1} —`);
      const [left, right] = [Math.min(...number.map((w) => w.left)), Math.max(...number.map((w) => w.right))];
      if (index % 2 === 0) expect(grid.right - right).toBeCloseTo(four, 0);
      else expect(left - grid.left).toBeCloseTo(four, 0);
    }
  });

  test("begins 7 mm below the text area, in 4号", () => {
    for (const { number } of pages) for (const w of number) expect(middle(w) - four / 2 - grid.bottom).toBeCloseTo(7, 0);
  });
});

describe("page one", () => {
  test("has the name large and centred, the issue under it, the office left and the date right, then the rule", () => {
    const words = pages[0]?.words ?? [];
    const at = (text: string) => words.filter((w) => w.text.includes(text))[0];
    const [issue, office, date] = [at("第3期"), at("biaogan"), at("2018年1月31日")];
    if (!issue || !office || !date) throw new Error("the masthead is not complete");
    expect((issue.left + issue.right) / 2).toBeCloseTo((grid.left + grid.right) / 2, 0);
    expect(office.left).toBeCloseTo(grid.left, 0);
    expect(date.right).toBeCloseTo(grid.right, 0);
    expect(middle(issue)).toBeLessThan(middle(date));
    const name = words.filter((w) => middle(w) < issue.top);
    expect(name.map((w) => w.text).join("")).toBe("标杆简报");
    for (const w of name) expect(w.bottom - w.top).toBeGreaterThan(2 * bodyHeight());
  });

  test("answers within the page: what stands where, what changed, what is to be decided", () => {
    const text = (pages[0]?.words ?? []).map((w) => w.text).join("");
    for (const word of ["超前与实现", "正常推进", "关注与滞后", "落空", "变化4项", "新一期数据", "需要决定5项", "市财政部门"]) {
      expect(text).toContain(word);
    }
  });

  test("ends in 报 and 发 at the foot of the last page", () => {
    const lines = linesOf(pages.at(-1)?.words ?? []);
    const foot = lines.slice(-3).map((line) => line.map((w) => w.text).join(""));
    expect(foot).toEqual([expect.stringMatching(/^报：/), expect.stringMatching(/^发：/), expect.stringContaining("编制")]);
    expect(grid.bottom - middle(lines.at(-1)?.[0] as Word)).toBeLessThan(225 / grid.lines);
  });
});
