// How long it takes from a save to the new page in the browser, with the real office and while the PDF is printed again beside it:
// node test/bench/dev-reload.ts
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CHROMIUM_FLAGS } from "../../functions/adapters/chromium/launch-chromium.ts";
import { openPreviewServer } from "../../functions/cli/dev/preview-server.ts";
import { startTestChromium } from "../support/pdf-chromium.ts";

const repeats = 9;
const pauseMs = 1500;

const work = await mkdtemp(join(tmpdir(), "bench-"));
for (const folder of ["data", "templates"]) {
  await cp(fileURLToPath(new URL(`../../${folder}`, import.meta.url)), join(work, folder), { recursive: true });
}
const say = (line: string) => void process.stdout.write(`${line}\n`);
const started = performance.now();
const server = await openPreviewServer({ port: 0, dataDir: join(work, "data"), templatesDir: join(work, "templates"), say });
say(`server up after ${Math.round(performance.now() - started)} ms`);
// The printing browser reaches no address; this one has to reach the server.
const chromium = await startTestChromium(CHROMIUM_FLAGS.filter((flag) => !flag.startsWith("--host-resolver-rules")));
const page = await chromium.browser.newPage();
await page.goto(`${server.address}?period=2018-01`, { waitUntil: "domcontentloaded" });

const shows = (marker: string) =>
  page.waitForFunction(`document.querySelector("iframe").contentDocument?.body?.textContent.includes(${JSON.stringify(marker)})`, {
    polling: 5,
    timeout: 30_000,
  });
await shows("张家港");

await measure("template", "templates/partials/document.hbs", /<h1>(?:TEMPLATE\d+ )?/, (marker) => `<h1>${marker} `);
await measure("locale", "templates/locales/zh-CN.json", /"verdict\.no data": "(?:LOCALE\d+)?/, (marker) => `"verdict.no data": "${marker}`);
await measure("office", "data/office.yaml", /name: \{ zh-CN: (?:OFFICE\d+)?/, (marker) => `name: { zh-CN: ${marker}`);
await measure(
  "commitment",
  "data/commitments/zhu-lifan-2017-11-17.yaml",
  /title: \{ zh-CN: (?:COMMITMENT\d+)?/,
  (marker) => `title: { zh-CN: ${marker}`,
);
await measure(
  "figure",
  "data/observations/zhangjiagang.csv",
  /(?:FIGURE\d+)?2018年张家港市人民政府工作报告/g,
  (marker) => `${marker}2018年张家港市人民政府工作报告`,
);

await page.close();
await chromium.close();
await server.close();
await rm(work, { recursive: true });

/** Writes a new marker into the file again and again, and waits for it to be shown. */
async function measure(kind: string, path: string, place: RegExp, write: (marker: string) => string): Promise<void> {
  const times: number[] = [];
  for (let n = 1; n <= repeats; n += 1) {
    const marker = `${kind.toUpperCase()}${n}`;
    const text = await readFile(join(work, path), "utf8");
    if (text.search(place) === -1) throw new Error(`${path} has no place for a marker`);
    const from = performance.now();
    await writeFile(join(work, path), text.replace(place, write(marker)));
    await shows(marker);
    times.push(Math.round(performance.now() - from));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  const sorted = times.toSorted((a, b) => a - b);
  say(`${kind}: median ${sorted[Math.floor(repeats / 2)]} ms, most ${sorted.at(-1)} ms (${times.join(", ")})`);
}
