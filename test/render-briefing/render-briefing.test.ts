import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFolderArchive } from "../../functions/adapters/archive/folder-archive.ts";
import { sha256 } from "../../functions/adapters/content-hash.ts";
import { loadTemplates, type Templates } from "../../functions/adapters/templates/handlebars-templates.ts";
import { loadMessages } from "../../functions/adapters/templates/locale-messages.ts";
import { freezeModel } from "../../functions/core/briefing/frozen-model.ts";
import type { Commitment } from "../../functions/core/commitment.ts";
import { InputError, MissingGlyphError } from "../../functions/core/errors.ts";
import type { Translate } from "../../functions/core/local-text.ts";
import type { BriefingArchive, DocumentRenderer } from "../../functions/core/ports.ts";
import { renderBriefing } from "../../functions/render-briefing/render-briefing.ts";
import { composeSample, type SampleOptions } from "../support/compose-sample.ts";
import { openTestRenderer } from "../support/pdf-chromium.ts";
import { readPdf } from "../support/pdf-text.ts";
import { aCommitment, anObservation, aRegister } from "../support/register-builder.ts";

const templatesDir = fileURLToPath(new URL("../../templates", import.meta.url));
const keys = { modelKey: "briefings/full-en.json", documentKey: "briefings/full-en.pdf" };

let dir: string;
let renderer: DocumentRenderer;
let templates: Templates;
let translate: Translate;
let archive: BriefingArchive;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "render-"));
  renderer = await openTestRenderer();
  templates = await loadTemplates(templatesDir);
  translate = await loadMessages(templatesDir, "en");
});
afterAll(async () => {
  await renderer.close();
  await rm(dir, { recursive: true });
});
beforeEach(async () => {
  archive = createFolderArchive(await mkdtemp(join(dir, "archive-")));
});

/** Freezes the model of a register with this one commitment. */
async function freeze(commitment: Commitment, options: Partial<SampleOptions> = {}): Promise<void> {
  const observations = [anObservation("2016", "90"), anObservation("2017", "120")];
  const register = aRegister({ commitments: [commitment], observations });
  const model = composeSample(register, { asOf: "2018-01-31", translate, ...options });
  await archive.put(keys.modelKey, freezeModel(model), "application/json");
}

const program = { version: "0", program: "", templates: "", fonts: [] };
const publish = () => renderBriefing(keys, { archive, renderer, templates, program, digest: sha256 });
const render = async () => (await publish()).document;
const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };

describe("rendering a frozen briefing", () => {
  it("publishes a document with the verdict, its grounds and its source", async () => {
    await freeze(aCommitment({ target, title: { en: "Output above 100 tons" } }));
    const printed = await render();
    expect(Buffer.compare((await archive.get(keys.documentKey)) ?? Buffer.of(), printed)).toBe(0);
    const text = (await readPdf(printed)).pages.join("").replaceAll(/\s/g, "");
    expect(text).toContain("Outputabove100tons");
    expect(text).toContain("120(119.5to120.5)against>100");
    expect(text).toContain("https://example.org/gazette");
  });

  it("prints what is published only once: readers have the first, whatever the program would print by now", async () => {
    await freeze(aCommitment({ target }));
    const first = await publish();
    expect(first.outcome).toBe("issued");
    const later = { archive, renderer, templates, program: { ...program, version: "1" }, digest: sha256 };
    const second = await renderBriefing(keys, later);
    expect(second.outcome).toBe("unchanged");
    expect(Buffer.compare(second.document, first.document)).toBe(0);
  });

  it("prints markup, braces and quotation marks in the data as they are", async () => {
    const title = `<img src=x onerror=alert(1)> {{period}} "&amp;" </td>`;
    await freeze(aCommitment({ target, title: { en: title }, note: { en: "<script>1</script> {{{x}}}" } }));
    const text = (await readPdf(await render())).pages.join("").replaceAll(/\s/g, "");
    expect(text).toContain(title.replaceAll(/\s/g, ""));
    expect(text).toContain("<script>1</script>{{{x}}}");
  });

  it("stops at a character without a glyph, names it and publishes nothing", async () => {
    await freeze(aCommitment({ target, title: { en: "Output \u{1F600}" } }));
    await expect(render()).rejects.toThrow(MissingGlyphError);
    await expect(render()).rejects.toThrow("U+1F600");
    expect(await archive.get(keys.documentKey)).toBeUndefined();
  });

  it("does not publish a draft", async () => {
    await freeze(aCommitment({ target }), { status: "draft" });
    await expect(render()).rejects.toThrow("a draft is not published");
    expect(await archive.get(keys.documentKey)).toBeUndefined();
  });

  it("says when there is no model, or the file is none", async () => {
    await expect(render()).rejects.toThrow("briefings/full-en.json: there is no frozen model under this key");
    await archive.put(keys.modelKey, Buffer.from('{"schema":"other"}'), "application/json");
    await expect(render()).rejects.toThrow(InputError);
    await expect(render()).rejects.toThrow(/briefings\/full-en\.json schema: /);
  });
});
