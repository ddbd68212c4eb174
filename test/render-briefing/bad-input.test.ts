import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../functions/adapters/content-hash.ts";
import { loadTemplates, type Templates } from "../../functions/adapters/templates/handlebars-templates.ts";
import { loadAllMessages } from "../../functions/adapters/templates/locale-messages.ts";
import { freezeModel } from "../../functions/core/briefing/frozen-model.ts";
import { MissingGlyphError } from "../../functions/core/errors.ts";
import type { Translate } from "../../functions/core/local-text.ts";
import type { DocumentRenderer, Register } from "../../functions/core/ports.ts";
import { printBriefing } from "../../functions/render-briefing/print-briefing.ts";
import { composeSample } from "../support/compose-sample.ts";
import { openTestRenderer } from "../support/pdf-chromium.ts";
import { readPdf } from "../support/pdf-text.ts";
import { aCommitment, aMetric, anObservation, aRegister } from "../support/register-builder.ts";

/** Every document goes through the real judge, templates, Chromium and all checks: what is returned was found fit to be published. */
let renderer: DocumentRenderer;
let templates: Templates;
let messages: Record<"zh-CN" | "en", Translate>;
beforeAll(async () => {
  const dir = fileURLToPath(new URL("../../templates", import.meta.url));
  renderer = await openTestRenderer();
  templates = await loadTemplates(dir);
  messages = await loadAllMessages(dir);
});
afterAll(() => renderer.close());

const program = { version: "0", program: "", templates: "", fonts: [] };
const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };
const observations = [anObservation("2016", "90"), anObservation("2017", "120")];

/** @returns the pages' text without white space */
async function print(register: Register, { edition = "full-zh-CN", asOf = "2018-01-31" } = {}): Promise<string[]> {
  const translate = messages[edition.endsWith("-en") ? "en" : "zh-CN"];
  const model = freezeModel(composeSample(register, { asOf, edition, translate }));
  const pdf = await printBriefing(model, "sample", { renderer, templates, program, digest: sha256 });
  return (await readPdf(pdf)).pages.map((page) => page.replaceAll(/\s/g, ""));
}

/** The same commitment under a quote of its own. */
const quoting = (quote: string, parts: object = {}) => aCommitment({ quote, start: 0, end: quote.length, target, ...parts });

describe("a good page is made of", () => {
  it("a quote of 400 characters", async () => {
    const quote = "我们要坚持以高质量发展为导向，推动产业转型升级。".repeat(17).slice(0, 400);
    expect((await print(aRegister({ commitments: [quoting(quote)], observations }))).join("")).toContain(quote);
  });

  it("a quote, a title and an address without any place to break them", async () => {
    const [word, url] = ["w".repeat(200), `https://example.org/${"a".repeat(300)}`];
    const source = { title: "x".repeat(150), url, quote: "y".repeat(200), rank: "original" };
    const commitments = [quoting(word, { title: { en: "T".repeat(90) } })];
    const text = (await print(aRegister({ commitments, observations: [anObservation("2017", "120", { source })] }))).join("");
    for (const part of [word, url, "y".repeat(200), "T".repeat(90)]) expect(text).toContain(part);
  });

  it("a theme that no metric belongs to", async () => {
    const commitments = [aCommitment({ kind: "directional-commitment" })];
    expect((await print(aRegister({ commitments, metrics: [] }))).length).toBeGreaterThan(1);
  });

  it("a theme with 200 commitments", async () => {
    const commitments = Array.from({ length: 200 }, (_, n) => quoting(`第${n + 1}项承诺`, { id: `c-${n + 1}` }));
    const text = (await print(aRegister({ commitments, observations }), { edition: "theme-growth-zh-CN" })).join("");
    for (const n of [1, 100, 200]) expect(text).toContain(`第${n}项承诺`);
  });

  it("a leader's page of 200 commitments, which is one page", async () => {
    const commitments = Array.from({ length: 200 }, (_, n) =>
      quoting(`第${n + 1}项承诺`, { id: `c-${n + 1}`, target: { ...target, value: 500 } }),
    );
    expect(await print(aRegister({ commitments, observations }), { edition: "one-page-zh-CN" })).toHaveLength(1);
  });

  it("a leader's page whose statements are too long for it: as many as fit, the gravest first", async () => {
    const missed = { ...target, value: 500 };
    const commitments = [1, 2, 3, 4, 5].map((n) =>
      quoting("承诺", { id: `c-${n}`, target: missed, title: { en: `第${n}项${"很长的名称".repeat(20)}` } }),
    );
    const [page = "", ...more] = await print(aRegister({ commitments, observations }), { edition: "one-page-zh-CN" });
    expect(more).toEqual([]);
    // The lanes name four; what is shown with its grounds says what to decide.
    const shown = page.split("定补救措施").length - 1;
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(5);
  });

  it("a page one whose lists are too long for it: it stays one page", async () => {
    const missed = { ...target, value: 500 };
    const commitments = Array.from({ length: 12 }, (_, n) =>
      quoting("承诺", { id: `c-${n}`, target: missed, title: { en: `第${n}项${"很长的名称".repeat(12)}` } }),
    );
    const pages = await print(aRegister({ commitments, observations }));
    expect(pages[0]).toContain("需要决定12项");
    expect(pages[1]).toContain("目录");
  });

  it("nothing said at all", async () => {
    expect((await print(aRegister({}))).join("")).toContain("0项表述");
  });

  it.each([
    ["of one point", [anObservation("2017", "120")]],
    ["of negative values", ["2015", "2016", "2017"].map((year, n) => anObservation(year, String(-30 + n * 10)))],
    ["on both sides of zero", ["2015", "2016", "2017"].map((year, n) => anObservation(year, String(-10 + n * 10)))],
    ["of zeros", ["2015", "2016", "2017"].map((year) => anObservation(year, "0"))],
    ["of huge values", ["2016", "2017"].map((year, n) => anObservation(year, String(1e12 + n * 1e11)))],
    ["of tiny values", ["2016", "2017"].map((year, n) => anObservation(year, (0.00012 + n * 0.00003).toFixed(5)))],
  ])("a series %s", async (_, points) => {
    const text = (await print(aRegister({ commitments: [aCommitment({ target })], observations: points }))).join("");
    expect(text).toContain(String(points[0]?.value).replace("-", "−").slice(0, 4));
  });

  it("a series of 600 points", async () => {
    const months = Array.from({ length: 600 }, (_, n) => `${1968 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}`);
    const points = months.map((month, n) => anObservation(month, String(100 + (n % 12)), { knownSince: "2018-01-15" }));
    const metrics = [aMetric({ frequency: "M" })];
    const pages = await print(aRegister({ commitments: [aCommitment({ target })], metrics, observations: points }));
    expect(pages.length).toBeLessThan(12);
  });

  it("English-only data in the Chinese edition, and Chinese quotes in the English one", async () => {
    const commitments = [quoting("我们要建设港城", { title: { "zh-CN": "建设港城" } })];
    const register = aRegister({ commitments, observations });
    for (const edition of ["full-zh-CN", "full-en"]) expect((await print(register, { edition })).join("")).toContain("我们要建设港城");
  });

  it("markup, braces and quotation marks in every field that a person writes", async () => {
    const hostile = `<b onload=x>{{title}}</b>{{{x}}}&amp;"'</td></style><!--`;
    const text = { "zh-CN": hostile, en: hostile };
    const base = aRegister({});
    const office = {
      ...base.office,
      name: text,
      series: text,
      issuer: text,
      notice: text,
      themes: base.office.themes.map((t) => ({ ...t, name: text })),
      owners: base.office.owners.map((o) => ({ ...o, name: text })),
      distribution: { report: [text], send: [text], issue: [text] },
    };
    const source = { title: hostile, publisher: hostile, url: "https://example.org/?q=%3Cb%3E", quote: hostile, rank: "original" };
    const commitments = [quoting(hostile, { title: text, note: text, members: [text] })];
    const metrics = [aMetric({ name: text, definition: text })];
    const sound = [anObservation("2016", "90", { source }), anObservation("2017", "120", { source })];
    for (const edition of ["full-zh-CN", "full-en", "owner-mayor-en"]) {
      const printed = (await print({ ...base, office, commitments, metrics, observations: sound }, { edition })).join("");
      expect(printed).toContain(hostile.replaceAll(/\s/g, ""));
      expect(printed).not.toContain("&lt;");
    }
  });
});

describe("a named error, and no page, is made of", () => {
  it.each([
    ["a rare character in a name", quoting("请㛃同志和𬭎同志牵头"), ["㛃 (U+36C3)", "𬭎 (U+2CB4E)"]],
    ["an emoji", quoting("we will 🚀"), ["🚀 (U+1F680)"]],
  ])("%s", async (_, commitment, named) => {
    const printed = print(aRegister({ commitments: [commitment], observations }));
    await expect(printed).rejects.toThrow(MissingGlyphError);
    for (const character of named) await expect(printed).rejects.toThrow(character);
  });

  it("right-to-left text in a source's title, which no font of the document can draw", async () => {
    const source = { title: "تقرير المدينة", url: "https://example.org/ar", quote: "120", rank: "original" };
    const printed = print(aRegister({ commitments: [aCommitment({ target })], observations: [anObservation("2017", "120", { source })] }));
    await expect(printed).rejects.toThrow(/U\+062A/);
    await expect(printed).rejects.toThrow("fonts/");
  });
});
