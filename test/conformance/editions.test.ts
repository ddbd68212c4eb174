import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { needCommands, run } from "../support/conformance-tools.ts";
import { validatePdf } from "../support/verapdf.ts";

/** Every edition in both languages, of a month in which both speeches are known: 9 themes, 19 offices, the full one and a leader's page. */

const launcher = resolve(import.meta.dirname, "../../functions/cli/biaogan.mjs");
const data = resolve(import.meta.dirname, "../../data");
const madeSchema = z.array(z.object({ edition: z.string(), pdf: z.string(), pages: z.number(), bytes: z.number() }));

const itemSchema = z.object({
  title: z.string(),
  quote: z.string(),
  explanation: z.string(),
  signal: z.string(),
  signalName: z.string(),
  verdictName: z.string(),
});
const modelSchema = z.object({ themes: z.array(z.object({ groups: z.array(z.object({ items: z.array(itemSchema) })) })) });

/** Where a line ends is no part of what is said. */
function squeeze(text: string): string {
  return text.replaceAll(/\s+/gu, "");
}

let folder: string;
let made: z.infer<typeof madeSchema>;
beforeAll(async () => {
  await needCommands("pdffonts", "pdfinfo", "pdftotext", "qpdf");
  folder = await mkdtemp(join(tmpdir(), "biaogan-editions-"));
  const args = ["brief", "--period", "2021-12", "--edition", "all", "all-en", "--data", data, "--store", folder, "--json"];
  made = madeSchema.parse(JSON.parse(await run(process.execPath, [launcher, ...args])));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("every edition of a month", () => {
  test("is there in both languages", () => {
    const names = (language: string) =>
      made.filter((m) => m.edition.endsWith(`-${language}`)).map((m) => m.edition.slice(0, -language.length - 1));
    expect(names("zh-CN")).toEqual(names("en"));
    expect(names("en").length).toBeGreaterThan(25);
    for (const name of ["full", "one-page", "theme-strength", "owner-finance"]) expect(names("en")).toContain(name);
  });

  test("is PDF/A-3a and PDF/UA-1 by veraPDF's judgement", async () => {
    const judgement = await validatePdf(
      made.map((m) => m.pdf),
      ["3a", "ua1"],
    );
    const failed = judgement.verdicts.filter((v) => !v.compliant);
    expect(failed.map((v) => `${basename(v.file)} ${v.flavour}: ${v.failures.join("; ")}`)).toEqual([]);
    expect(judgement.verdicts).toHaveLength(made.length * 2);
  });

  test("tells a screen reader all that its model holds, in the order of the model", async () => {
    for (const { pdf, edition } of made.filter((m) => /^(full-zh|theme-vitality|owner-finance)/.test(m.edition))) {
      const read = squeeze([...(await run("pdfinfo", ["-struct-text", pdf])).matchAll(/^ *"(.*)"$/gm)].map(([, words]) => words).join(""));
      const model = modelSchema.parse(JSON.parse(await run("qpdf", ["--show-attachment=briefing.json", pdf])));
      const items = model.themes.flatMap((t) => t.groups.flatMap((g) => g.items));
      expect(items.length, edition).toBeGreaterThan(0);
      const places = items.map((item) => read.indexOf(squeeze(item.title + item.quote)));
      expect(places, edition).toEqual(places.toSorted((a, b) => a - b));
      expect(places[0], edition).toBeGreaterThan(0);
      for (const { explanation } of items) expect(read, edition).toContain(squeeze(explanation));
    }
  });

  test("says every signal by shape and word, so that nothing is lost without colour", async () => {
    for (const { pdf } of made.filter((m) => m.edition.startsWith("full"))) {
      const model = modelSchema.parse(JSON.parse(await run("qpdf", ["--show-attachment=briefing.json", pdf])));
      const text = squeeze(await run("pdftotext", ["-raw", pdf, "-"]));
      for (const { signal, signalName, verdictName } of model.themes.flatMap((t) => t.groups.flatMap((g) => g.items))) {
        const word = squeeze(signal === "not scored" ? verdictName : signalName);
        expect(text).toMatch(new RegExp(`[▲●◆▼✓×○–]${word}`, "u"));
      }
    }
  });

  test("embeds each face once, and none as drawings", async () => {
    for (const { pdf } of made) {
      const [, , ...fonts] = (await run("pdffonts", [pdf])).trimEnd().split("\n");
      for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes/);
      const faces = fonts.map((font) => font.replace(/^[A-Z]{6}\+(\S+).*/, "$1"));
      expect(new Set(faces).size, `${basename(pdf)}: ${faces.join(", ")}`).toBe(faces.length);
    }
  });

  test("has 30 KB a page at the most when it is the full one, and one page when it is a leader's", () => {
    for (const { edition, bytes, pages } of made) {
      if (edition.startsWith("full")) expect(bytes / pages, edition).toBeLessThanOrEqual(30 * 1024);
      if (edition.startsWith("one-page")) expect(pages, edition).toBe(1);
    }
  });
});
