import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PDFDict, PDFHexString, PDFName, PDFString } from "@cantoo/pdf-lib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadTemplates } from "../../functions/adapters/templates/handlebars-templates.ts";
import type { BriefingSeries } from "../../functions/core/briefing/briefing-series.ts";
import type { DocumentRenderer } from "../../functions/core/ports.ts";
import { presentSeries } from "../../functions/render-briefing/present-series.ts";
import { openTestRenderer } from "../support/pdf-chromium.ts";
import { type ReadPdf, readPdf } from "../support/pdf-text.ts";
import { aPoint, aSeries, aTarget } from "../support/series-builder.ts";

const page = `<!doctype html><html lang="{{locale}}"><head><meta charset="utf-8"><title>Charts</title><style>
{{> styles/page}}{{> styles/tables}}{{> styles/chart}}</style></head>
<body><h1>Charts</h1>{{#each series}}{{> partials/series}}{{/each}}</body></html>`;

let dir: string;
let renderer: DocumentRenderer;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "charts-"));
  await cp(fileURLToPath(new URL("../../templates", import.meta.url)), dir, { recursive: true });
  await writeFile(join(dir, "charts.hbs"), page);
  renderer = await openTestRenderer();
});
afterAll(async () => {
  await renderer.close();
  await rm(dir, { recursive: true });
});

async function print(series: BriefingSeries[]): Promise<ReadPdf> {
  const templates = await loadTemplates(dir);
  const html = templates.render("charts", { locale: "en", series: series.map((s) => presentSeries(s, "full")) }, "en");
  const info = { title: "Charts", author: "Tests", subject: "Charts", language: "en", date: "2018-01-31T00:00:00+08:00", attachments: [] };
  return readPdf(await renderer.render(html, info));
}

/** The alternative text of everything tagged as a figure; undefined where there is none. */
function alternatives({ document }: ReadPdf): (string | undefined)[] {
  const elements = document.context.enumerateIndirectObjects().map(([, object]) => object);
  const figures = elements.filter((o): o is PDFDict => o instanceof PDFDict && o.get(PDFName.of("S")) === PDFName.of("Figure"));
  return figures.map((figure) => {
    const text = figure.lookup(PDFName.of("Alt"));
    return text instanceof PDFString || text instanceof PDFHexString ? text.decodeText() : undefined;
  });
}

it("a chart is one figure of the tagged file, its alternative text the finding; a single figure is a sentence", async () => {
  const chart = aSeries([aPoint("2016", 90), aPoint("2017", 120)], {
    finding: "90 t in 2016, 120 t in 2017.",
    targets: [aTarget("2017", 100)],
  });
  const { chart: _none, ...single } = aSeries([aPoint("2017", 3)], { name: "Alone", finding: "3 t in 2017; there is no chart." });
  const pdf = await print([chart, single]);
  expect(alternatives(pdf)).toEqual(["Output (t): 90 t in 2016, 120 t in 2017."]);
  expect(pdf.pages.join("")).toMatch(/Alone.*3t in2017;thereisnochart\.|Alone.*3 t in 2017; there is no chart\./s);
});

it("600 months, markup in every text and names of hundreds of letters make a whole page", async () => {
  const hostile = `<b>"x"</b>{{name}}`;
  const points = Array.from({ length: 600 }, (_, i) =>
    aPoint(`${1970 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`, Math.sin(i), { text: Math.sin(i).toFixed(2) }),
  );
  const months = aSeries(points, { name: hostile, unit: hostile, definition: hostile, finding: hostile });
  const long = aSeries([aPoint("2016", 1), aPoint("2017", 2)], {
    name: "Nameofametric".repeat(40),
    finding: "very ".repeat(200),
    staleMark: hostile,
  });
  const pdf = await print([months, long]);
  expect(alternatives(pdf)).toEqual([`${hostile} (${hostile}): ${hostile}`, expect.stringContaining("Nameofametric")]);
  expect(pdf.pages.length).toBeLessThanOrEqual(4);
  expect(pdf.pages.join("").replaceAll(" ", "")).toContain(hostile);
});
