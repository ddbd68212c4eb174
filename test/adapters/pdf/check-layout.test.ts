import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningChromium } from "../../../functions/adapters/chromium/launch-chromium.ts";
import { printPage } from "../../../functions/adapters/chromium/print-page.ts";
import { checkLayout } from "../../../functions/adapters/pdf/check-layout.ts";
import { LayoutError } from "../../../functions/core/errors.ts";
import { samplePage, startTestChromium } from "../../support/pdf-chromium.ts";

const WORDS =
  "Text that is long enough to fill a line and to go on in the next one, as any paragraph does. 这是一段足够长的文字，会自然换行。";
const CHART = `<svg viewBox="0 0 400 120" style="width: 100%" role="img" aria-label="chart"><path d="M20 100H380M20 80L380 20" stroke="#000"/>
  <text x="20" y="118" font-size="10">2014</text><text x="378" y="16" font-size="10" text-anchor="end">2686.60</text>
  <text transform="translate(12 100) rotate(-90)" font-size="9">billion yuan</text></svg>`;

let chromium: RunningChromium;
beforeAll(async () => {
  chromium = await startTestChromium();
});
afterAll(() => chromium.close());

/** Prints a page and looks at it. @returns the faults that would stop its publication */
async function faultsOf(body: string, style = "", maxPages?: number): Promise<readonly string[]> {
  const printed = await printPage(chromium.browser, samplePage(body, `body { margin: 0 } ${style}`), () => {}, AbortSignal.timeout(30_000));
  const failure = await checkLayout(printed.pdf, { ...printed, maxPages }).catch((error: unknown) => error);
  if (failure === undefined) return [];
  expect(failure).toBeInstanceOf(LayoutError);
  return (failure as LayoutError).faults;
}

/** @returns a gap of so many millimetres on a page whose text area is 237 mm high */
function gap(mm: number): string {
  return `<div style="height: ${mm}mm"></div>`;
}

describe("a page fit to be read", () => {
  it("may have tables with wrapped cells that go over several pages", async () => {
    const row = `<tr><th>Name ${WORDS.slice(0, 30)}<td>${WORDS}<td style="text-align: right">2686.60<sup><a href="#s">[12]</a></sup></tr>`;
    const style = "table { border-collapse: collapse } td, th { border: 1px solid; padding: 1mm } tr { break-inside: avoid }";
    const body = `<h1 id="s">Title</h1><table><thead><tr><th>Name<th>Text<th>Value</thead>${row.repeat(40)}</table><p>End.</p>`;
    expect(await faultsOf(body, style)).toEqual([]);
  });

  it("may have words that just fit into their cell, however long the document", async () => {
    const cells = `<td style="padding: 0; white-space: nowrap; font-size: 7.95mm">${"满".repeat(10)}<td>`;
    const table = `<table style="table-layout: fixed; width: 100%; border-spacing: 0"><tr>${cells}</table>`;
    expect(await faultsOf(`${`<p>${WORDS}</p>`.repeat(60)}${table}`)).toEqual([]);
  });

  it("may have indices, underlined, bold and struck text, links, lists and quotations", async () => {
    const inline = `<b>bold</b> <i style="font-style: normal">plain</i> <u>under</u><s>struck</s> H<sub>2</sub>O x<sup>2</sup> <a href="#a">link</a>`;
    const body = `<h2 id="a">标题</h2><p style="line-height: 1.3">${`${inline} ${WORDS}<span style="font-size: 7.5pt; vertical-align: 15%">[1]</span> `.repeat(12)}</p>
      <ol><li>${WORDS}<li>two</ol><blockquote><p>${WORDS}</p></blockquote><p style="text-align: justify; text-indent: 2em">${WORDS.repeat(4)}</p>`;
    expect(await faultsOf(body)).toEqual([]);
  });

  it("may have charts with labels, upright and turned, and with an outline behind the letters", async () => {
    const halo = CHART.replaceAll("<text", '<text paint-order="stroke" stroke="#fff" stroke-width="2"');
    expect(await faultsOf(`<h2>Chart</h2><figure>${CHART}<figcaption>Caption</figcaption></figure>${halo}`)).toEqual([]);
  });

  it("may have two columns, a grid, and long addresses that are wrapped", async () => {
    const url = `https://example.org/${"a-very-long-path-without-any-space".repeat(8)}?q=${"0123456789".repeat(12)}`;
    const body = `<div style="columns: 2"><h2>Columns</h2><p>${WORDS.repeat(12)}</p></div>
      <div style="display: grid; grid-template-columns: 1fr 1fr; gap: 5mm"><p>${WORDS}</p><p style="overflow-wrap: anywhere">${url}</p></div>
      <p style="overflow-wrap: anywhere">${url}</p>`;
    expect(await faultsOf(body)).toEqual([]);
  });

  it("may have a heading that a paragraph follows at the foot, and one that begins a page", async () => {
    expect(await faultsOf(`<p>text</p>${gap(190)}<h2 style="margin: 0">Near the foot</h2><p>${WORDS}</p><h2>Next</h2><p>text</p>`)).toEqual(
      [],
    );
  });

  it("may have headings that head nothing, at the end of a page or of the document", async () => {
    const body = `<h1>Title</h1><p>text</p><h2>No change since May</h2><h2>Nothing to decide</h2>
      <h2 style="break-before: page">Next part</h2><p>text</p><h2>Nothing else</h2>`;
    expect(await faultsOf(body)).toEqual([]);
  });

  it("may have slanted letters between upright ones, which lean over them", async () => {
    expect(await faultsOf("<p>upright<i>slanted</i>upright，<i>斜体</i>，億達戰產鋼銳。</p>")).toEqual([]);
  });

  it("may have Chinese marks that share their square with the next letter, or hang over the margin", async () => {
    const marks = "他说<b>：</b>“<u>你好</u>。”<b>（好）</b>，<u>、</u>「核」<b>《</b>报<b>》</b>（<u>《查》</u>），（<u>「核」</u>）。";
    const lines = Array.from({ length: 30 }, (_, n) => `<p>${"报".repeat(n)}${marks.repeat(6)}</p>`).join("");
    expect(await faultsOf(`<div style="text-align: justify">${lines}</div>`)).toEqual([]);
  });

  it("may have pages with names, margins that differ by side, and a text on one side of the paper only", async () => {
    const style =
      "@page :left { margin-left: 40mm; margin-right: 10mm } @page wide { size: A4 landscape; margin: 10mm } .wide { page: wide }";
    const body = `<p>${WORDS}</p><p style="break-before: page">${WORDS}</p><div class="wide"><p>${WORDS.repeat(4)}</p>
      <table style="table-layout: fixed; width: 100%"><tr><td style="white-space: nowrap; font-size: 10mm">${"宽".repeat(26)}</table></div>`;
    expect(await faultsOf(body, style)).toEqual([]);
  });
});

describe("a fault of the layout is named with its page and words:", () => {
  it("a heading alone at a page's foot", async () => {
    const body = `<h1>Title</h1><p>text</p>${gap(175)}<h2>2.3 Alone down here</h2><div style="break-inside: avoid; height: 60mm">${WORDS}</div>`;
    expect(await faultsOf(body)).toEqual([expect.stringMatching(/^page 1: the heading "2.3 Alone down here" stands alone at the foot/)]);
  });

  it("two headings with only a table's head below them", async () => {
    const table = `<table><tr><th>Head<tr style="break-inside: avoid"><td style="height: 30mm">body</table>`;
    const body = `<h1>Title</h1><p>text</p>${gap(163)}<h2>2 Part</h2><h3>2.1 Section</h3>${table}`;
    expect(await faultsOf(body)).toEqual([
      expect.stringMatching(/^page 1: the heading "2 Part" stands alone/),
      expect.stringMatching(/^page 1: the heading "2.1 Section" stands alone/),
    ]);
    expect(await faultsOf(body.replace("163", "110"))).toEqual([]);
  });

  it("a line that is too wide, for which the whole document would be made smaller", async () => {
    const body = `<p>First page.</p><p style="break-before: page">before</p><p style="white-space: nowrap">This line ${"goes on and ".repeat(12)}</p>`;
    expect(await faultsOf(body)).toEqual([
      expect.stringMatching(/^page 2: "This line goes on and goes on .*…" sticks out of the text area by \d+\.\d mm$/),
    ]);
  });

  it("a box without words that is too wide", async () => {
    const body = `<p>text</p><div style="width: 200mm; height: 5mm; background: #ccc"></div>`;
    expect(await faultsOf(body)).toEqual([expect.stringMatching(/^page 1: "<div>" is 40.0 mm wider than the text area/)]);
  });

  it("words left of the text area, which are not printed at all", async () => {
    const body = `<p>text that stands before</p><p style="margin-left: -30mm; width: 20mm">lost</p>`;
    expect(await faultsOf(body)).toEqual([expect.stringMatching(/^page 1: "lost" sticks out of the text area by 30\.\d mm$/)]);
  });

  it("words that stick out of their table cell", async () => {
    const body = `<table style="table-layout: fixed; width: 100mm"><tr><td style="width: 20mm">Unbreakablelongword<td>next</table>`;
    expect(await faultsOf(body)).toContainEqual(
      expect.stringMatching(/^page 1: "Unbreakablelongword" sticks out of its table cell by \d+\.\d mm$/),
    );
  });

  it("words that are cut off, at the side or at the foot of their box", async () => {
    const body = `<p style="width: 30mm; overflow: hidden; white-space: nowrap; text-overflow: ellipsis">Cut off at the side of its box</p>
      <div style="height: 8mm; overflow: hidden"><p style="margin: 0">One line and<br>another and<br>a third</p></div>`;
    expect(await faultsOf(body)).toEqual([
      expect.stringMatching(/^page 1: "Cut off at the side of its box" is cut off/),
      expect.stringMatching(/^page 1: "another and" is cut off/),
      expect.stringMatching(/^page 1: "a third" is cut off/),
    ]);
  });

  it("a label that sticks out of its drawing", async () => {
    const chart = CHART.replace('text-anchor="end"', "");
    expect(await faultsOf(chart)).toEqual([expect.stringMatching(/^page 1: "2686.60" sticks out of its drawing by \d+\.\d mm$/)]);
  });

  it("a drawing that shows nothing", async () => {
    const body = `<p>Chart of output</p><svg width="300" height="100" role="img" aria-label="chart"><g></g><path d=""/></svg>
      <svg width="0" height="0"><symbol id="dot" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></symbol></svg>
      <svg width="9" height="9"><use href="#dot"/></svg>`;
    expect(await faultsOf(body)).toEqual(['page 1: "<svg>" is a drawing that shows nothing']);
  });

  it("words over other words, in running text and in drawings", async () => {
    const over = `<p>Some words that stand here</p><p style="margin-top: -9mm; line-height: 1">And others over them</p>`;
    expect(await faultsOf(over)).toEqual(['page 1: "And others over them" is printed over "Some words that stand here"']);
    const labels = CHART.replace("</svg>", '<text x="30" y="118" font-size="10">Label</text></svg>');
    expect(await faultsOf(labels)).toEqual(['page 1: "Label" is printed over "2014"']);
    const turned = CHART.replace(
      "</svg>",
      '<text transform="translate(20 100) rotate(-45)" font-size="9">slanting</text><text x="30" y="88" font-size="9">crossed</text></svg>',
    );
    expect(await faultsOf(turned)).toEqual(['page 1: "crossed" is printed over "slanting"']);
  });

  it("words that Chromium cuts at the edge of a page", async () => {
    const body = `<svg viewBox="0 0 100 200" style="width: 100%" role="img" aria-label="high"><text x="5" y="150" font-size="9">Halved by the edge</text></svg>`;
    expect(await faultsOf(body)).toContainEqual(
      expect.stringMatching(/^page 1: "Halved by the edge" stands \d+\.\d mm outside the text area, at the foot$/),
    );
  });

  it("a page with nothing but its number", async () => {
    const body = `<p>one</p><div style="break-before: page; height: 10mm"></div><p style="break-before: page">three</p>`;
    expect(await faultsOf(body)).toEqual(["page 2: nothing stands on this page"]);
  });

  it("more pages than may be, and all other faults with it", async () => {
    const body = `<p>one</p><p style="break-before: page">two</p><p style="margin-left: -30mm; width: 20mm">lost</p>`;
    expect(await faultsOf(body, "", 1)).toEqual([
      "page 2: beyond the limit; there are 2 pages, 1 allowed",
      expect.stringMatching(/^page 2: "lost" sticks out/),
    ]);
    expect(await faultsOf("<p>one</p>", "", 1)).toEqual([]);
  });
});
