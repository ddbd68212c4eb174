/** Prints frozen models with what lies in a layer, one after the other, as the function does: bundled, then
 *  `node index.mjs <layer> <pdf> <model>...`; the last one's document is kept. Writes to standard output how many milliseconds after its start the
 *  process had loaded everything, had the printer, and had each document. */
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openChromiumRenderer } from "../../functions/adapters/chromium/chromium-renderer.ts";
import { findLayerPrinter } from "../../functions/adapters/chromium/installed-printer.ts";
import { sha256 } from "../../functions/adapters/content-hash.ts";
import { readProgramFile } from "../../functions/adapters/lambda/program-file.ts";
import { loadTemplates } from "../../functions/adapters/templates/handlebars-templates.ts";
import { printBriefing } from "../../functions/render-briefing/print-briefing.ts";

const [layer = "", pdf = "", ...models] = process.argv.slice(2);
const times = [performance.now()];
const here = import.meta.dirname;
const templates = await loadTemplates(join(here, "templates"));
const { identity: program } = await readProgramFile(here);
const renderer = await openChromiumRenderer(findLayerPrinter(layer, tmpdir()));
times.push(performance.now());
for (const model of models) {
  await writeFile(pdf, await printBriefing(await readFile(model), model, { templates, renderer, program, digest: sha256 }));
  times.push(performance.now());
}
await renderer.close();
process.stdout.write(JSON.stringify(times.map(Math.round)));
