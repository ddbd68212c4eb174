import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LayoutError, RenderError } from "../../../functions/core/errors.ts";
import type { DocumentRenderer } from "../../../functions/core/ports.ts";
import { openTestRenderer, sampleInfo, samplePage } from "../../support/pdf-chromium.ts";
import { readPdf } from "../../support/pdf-text.ts";

/** @returns a line of a table of contents */
function entry(anchor: string): string {
  return `<p>${anchor} at <a href="#${encodeURIComponent(anchor)}"><span data-page-of="${anchor}">00</span></a>.</p>`;
}

function newPage(anchor: string): string {
  return `<h2 id="${anchor}" style="break-before: page">${anchor}</h2><p>text</p>`;
}

describe("page numbers of a document's own parts", () => {
  let renderer: DocumentRenderer;
  beforeAll(async () => {
    renderer = await openTestRenderer();
  });
  afterAll(() => renderer.close());

  const printedText = async (html: string) =>
    (await readPdf(await renderer.render(html, sampleInfo))).pages.map((p) => p.replaceAll(" ", ""));

  it("are those of the pages that are printed, also for an anchor in Chinese and for one named twice", async () => {
    const html = samplePage(["near", "第二节", "far", "near"].map(entry).join("") + newPage("near") + newPage("第二节") + newPage("far"));
    const [contents] = await printedText(html);
    expect(contents).toContain("nearat2.第二节at3.farat4.nearat2.");
  });

  it("are right where the numbers themselves push the parts a page further", async () => {
    // Two digits stand below each other and fill pages that one does not.
    const style = "span { display: block; overflow-wrap: anywhere; width: 0.7em; font-size: 100mm; line-height: 1.2 }";
    const html = samplePage(
      `${entry("end").replace("00", "0")}${Array.from({ length: 8 }, (_, n) => newPage(`n${n}`)).join("")}${newPage("end")}`,
      style,
    );
    const pages = await printedText(html);
    const contents = pages.slice(0, 3).map((page) => page.replace(/—\d+—/, ""));
    expect(contents.join("")).toBe("endat12.");
    expect(pages[11]).toContain("end");
  });

  it("stop the printing when no number can be right", async () => {
    // "9" leaves the square more room than "10" does, and so pushes the anchor from page 9 to page 10, and back.
    const square = `<div style="display: flex; break-before: page"><a href="#end" style="font-size: 40mm"><span data-page-of="end">00</span></a>
      <div style="flex: 1; align-self: start; aspect-ratio: 1 / 1.8; background: #eee"></div></div><p id="end">end</p>`;
    const html = samplePage(Array.from({ length: 8 }, (_, n) => newPage(`n${n}`)).join("") + square, "p { margin: 0 }");
    const failure = await renderer.render(html, sampleInfo).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LayoutError);
    expect(String(failure)).toMatch(/page (9|10): "end" is announced on page (10|9)/);
  });

  it("name an anchor that does not exist, one that nothing links to, and a reference without a placeholder", async () => {
    await expect(renderer.render(samplePage(entry("nowhere")), sampleInfo)).rejects.toThrow(/id="nowhere"/);
    const unlinked = samplePage('<span data-page-of="lone">00</span><p id="lone">text</p>');
    await expect(renderer.render(unlinked, sampleInfo)).rejects.toThrow(/page of "lone" is not known/);
    const bare = samplePage('<a href="#here"><span data-page-of="here"></span></a><p id="here">text</p>');
    const failure = await renderer.render(bare, sampleInfo).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RenderError);
    expect(String(failure)).toMatch(/no place for the page number of "here"/);
  });

  it("leave the bytes as reproducible as they were", async () => {
    const html = samplePage(entry("next") + newPage("next"));
    const first = await renderer.render(html, sampleInfo);
    expect(Buffer.compare(await renderer.render(html, sampleInfo), first)).toBe(0);
  });
});
