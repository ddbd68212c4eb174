import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { loadMessages } from "../../../functions/adapters/templates/locale-messages.ts";
import { signalSchema, verdictSchema } from "../../../functions/core/assessment/assessment.ts";
import { evidenceStageSchema } from "../../../functions/core/evidence.ts";

const templates = fileURLToPath(new URL("../../../templates", import.meta.url));
const functions = fileURLToPath(new URL("../../../functions", import.meta.url));
const readKeys = async (locale: string) =>
  Object.keys(z.record(z.string(), z.string()).parse(JSON.parse(await readFile(join(templates, "locales", `${locale}.json`), "utf8"))));

describe("the messages that ship", () => {
  it("are the same in every language", async () => {
    expect(await readKeys("en")).toEqual(await readKeys("zh-CN"));
  });

  it("are all well formed, and name every verdict, signal and stage", async () => {
    for (const locale of ["zh-CN", "en"] as const) {
      const translate = await loadMessages(templates, locale);
      for (const id of await readKeys(locale)) expect(() => translate({ id, values: anything })).not.toThrow();
      for (const verdict of verdictSchema.options) expect(translate({ id: `verdict.${verdict}` })).not.toBe("");
      for (const signal of signalSchema.options) expect(translate({ id: `signal.${signal}` })).not.toBe("");
      for (const stage of evidenceStageSchema.options) expect(translate({ id: `stage.${stage}` })).not.toBe("");
    }
  });

  it("are all used, in code or in a template", async () => {
    const sources = await readTexts(functions, /\.ts$/);
    const pages = await readTexts(templates, /\.hbs$/);
    const text = [...sources, ...pages].join("\n");
    // Families whose last part is data (a verdict, a kind …) are named in code with that part left open.
    const open = [...text.matchAll(/id: `([a-z.-]+)\$\{[^}]+\}(\.[a-z]+)?`/g)].map(([, head = "", tail = ""]) => ({ head, tail }));
    const isUsed = (key: string) => text.includes(`"${key}"`) || open.some(({ head, tail }) => key.startsWith(head) && key.endsWith(tail));
    expect((await readKeys("en")).filter((key) => !isUsed(key))).toEqual([]);
  });
});

/** A value for every slot. */
const anything = new Proxy<Record<string, string | number>>({}, { get: (_target, name) => (name === "count" ? 2 : "2"), has: () => true });

async function readTexts(dir: string, pattern: RegExp): Promise<string[]> {
  const files = (await readdir(dir, { recursive: true })).filter((f) => pattern.test(f));
  return Promise.all(files.map((f) => readFile(join(dir, f), "utf8")));
}

describe("a message that is wrong", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "locales-"));
    await mkdir(join(dir, "locales"));
    await writeFile(join(dir, "locales", "en.json"), JSON.stringify({ ok: "{n} done", broken: "{n, plural, one {}" }));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it.each([
    ["is not there", "missing", 'there is no message "missing"'],
    ["is malformed", "broken", "en.json broken:"],
    ["has a slot that nothing fills", "ok", "en.json ok:"],
  ])("that %s is named with its file", async (_name, id, expected) => {
    const translate = await loadMessages(dir, "en");
    expect(() => translate({ id })).toThrow(expected);
  });

  it.each(["{ nothing", '["a", "list"]', '{ "a": { "nested": "object" } }'])("as a whole (%s) is named with its file", async (text) => {
    await writeFile(join(dir, "locales", "en.json"), text);
    await expect(loadMessages(dir, "en")).rejects.toThrow("en.json: is not one flat JSON object of texts");
  });
});
