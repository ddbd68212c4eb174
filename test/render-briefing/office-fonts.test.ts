import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sha256 } from "../../functions/adapters/content-hash.ts";
import { makeDocumentFonts } from "../../functions/adapters/fonts/document-fonts.ts";
import { mergeFaces } from "../../functions/adapters/fonts/merge-truetype.ts";
import { loadTemplates } from "../../functions/adapters/templates/handlebars-templates.ts";
import { loadMessages } from "../../functions/adapters/templates/locale-messages.ts";
import { freezeModel } from "../../functions/core/briefing/frozen-model.ts";
import { printBriefing } from "../../functions/render-briefing/print-briefing.ts";
import { composeSample } from "../support/compose-sample.ts";
import { openTestRenderer, testCacheDir } from "../support/pdf-chromium.ts";
import { readPdf } from "../support/pdf-text.ts";
import { aCommitment, anObservation, aRegister } from "../support/register-builder.ts";

/** The families that GB/T 9704 names, as Windows and 方正 call them; licensed ones cannot be had here, so ours stand under their names. */
const licensed = ["FangSong_GB2312", "KaiTi_GB2312", "SimHei", "FZXiaoBiaoSong-B05S"];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "office-fonts-"));
  const regular = await readFile(join(await makeDocumentFonts(testCacheDir), "noto-serif-sc-400.ttf"));
  for (const family of licensed) await writeFile(join(folder, `${family}.ttf`), mergeFaces(regular, [], { family, bold: false }));
});
afterAll(() => rm(folder, { recursive: true }));

it("sets a briefing in the standard's own faces where the office has licensed them, though they have no bold", async () => {
  const dir = fileURLToPath(new URL("../../templates", import.meta.url));
  const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };
  const register = aRegister({
    commitments: [aCommitment({ target })],
    observations: [anObservation("2016", "90"), anObservation("2017", "120")],
  });
  const translate = await loadMessages(dir, "zh-CN");
  const model = freezeModel(composeSample(register, { asOf: "2018-01-31", edition: "full-zh-CN", translate }));
  const renderer = await openTestRenderer({ officeFontsDir: folder });
  try {
    const program = { version: "0", program: "", templates: "", fonts: [] };
    const deps = { renderer, templates: await loadTemplates(dir), program, digest: sha256 };
    const names = (await readPdf(await printBriefing(model, "sample", deps))).fonts.map((f) => f.name.replace(/^.*\+/, ""));
    for (const name of ["FangSong_GB2312-Regular", "KaiTi_GB2312-Regular", "SimHei-Regular", "FZXiaoBiaoSong-B05S-Regular"]) {
      expect(names).toContain(name);
    }
  } finally {
    await renderer.close();
  }
});
