import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadTemplates } from "../../../functions/adapters/templates/handlebars-templates.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "templates-"));
  for (const folder of ["locales", "briefing", "partials"]) await mkdir(join(dir, folder));
  for (const locale of ["zh-CN", "en"])
    await writeFile(join(dir, "locales", `${locale}.json`), JSON.stringify({ hello: `${locale} {name}` }));
});
afterEach(() => rm(dir, { recursive: true }));

async function render(template: string, view: object, locale: "zh-CN" | "en" = "en"): Promise<string> {
  await writeFile(join(dir, "briefing", "full.hbs"), template);
  return (await loadTemplates(dir)).render("briefing/full", view, locale);
}

describe("templates", () => {
  it("translate in the language asked for, and use partials", async () => {
    await writeFile(join(dir, "partials", "greeting.hbs"), '{{t "hello" name=who}}');
    expect(await render("<b>{{> partials/greeting}}</b>", { who: "Lin" }, "zh-CN")).toBe("<b>zh-CN Lin</b>");
  });

  it("write markup and braces in the data as text", async () => {
    const hostile = '<script>alert(1)</script> {{who}} "&';
    expect(await render("<p>{{text}}</p>", { text: hostile, who: "x" })).toBe(
      "<p>&lt;script&gt;alert(1)&lt;/script&gt; {{who}} &quot;&amp;</p>",
    );
  });

  it("that make plain text leave it as it is", async () => {
    await writeFile(join(dir, "briefing", "mail.txt.hbs"), '{{text}} {{t "hello" name=text}}');
    expect((await loadTemplates(dir)).render("briefing/mail.txt", { text: 'A & B <c> "d"' }, "en")).toBe('A & B <c> "d" en A & B <c> "d"');
  });

  it("stop at a field that the view has not, and name the template", async () => {
    await expect(render("{{missing}}", {})).rejects.toThrow(/template briefing\/full \(en\): "missing" not defined/);
  });

  it.each([
    ["asks for what is not there", "<b>\n{{missing}}</b>", /in partials\/inner: "missing" not defined in .* - 2:2/],
    ["is malformed", "<b>{{#if}</b>", /in partials\/inner: Parse error on line 1/],
    ["names a partial that is not there", "{{> partials/none}}", /in partials\/inner: .*partials\/none could not be found/],
  ])("name the partial that %s", async (_name, partial, message) => {
    await writeFile(join(dir, "partials", "inner.hbs"), partial);
    await writeFile(join(dir, "partials", "outer.hbs"), "{{> @partial-block}}");
    await expect(render("{{#> partials/outer}}{{> partials/inner}}{{/partials/outer}}", {})).rejects.toThrow(message);
  });

  it("reach neither prototypes nor helpers that were not given", async () => {
    expect(await render("{{text.constructor}}{{text.__proto__}}", { text: {} })).toBe("");
    await expect(render('{{shout "x"}}', { shout: () => "loud" })).rejects.toThrow(/shout/);
  });

  it("say which template does not exist", async () => {
    const templates = await loadTemplates(dir);
    expect(() => templates.render("briefing/none", {}, "en")).toThrow("there is no template briefing/none");
  });
});
