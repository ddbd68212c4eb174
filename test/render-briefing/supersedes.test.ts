import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../functions/adapters/content-hash.ts";
import { freezeModel } from "../../functions/core/briefing/frozen-model.ts";
import type { DocumentRenderer } from "../../functions/core/ports.ts";
import { printBriefing } from "../../functions/render-briefing/print-briefing.ts";
import { juneIssue, templates } from "../support/delivery-world.ts";
import { openTestRenderer } from "../support/pdf-chromium.ts";
import { readPdf } from "../support/pdf-text.ts";

let renderer: DocumentRenderer;
beforeAll(async () => {
  renderer = await openTestRenderer();
});
afterAll(() => renderer.close());

/** @returns the text of each page without its spaces */
async function print(edition: string): Promise<string[]> {
  const model = juneIssue(edition, { supersedes: { run: "monthly-2026-06-r1", asOf: "2026-06-15" } });
  const program = { version: "0", program: "", templates: "", fonts: [] };
  const { pages } = await readPdf(await printBriefing(freezeModel(model), "model.json", { renderer, templates, program, digest: sha256 }));
  return pages.map((page) => page.replaceAll(/\s/g, ""));
}

describe("a later revision", () => {
  it.each(["full-en", "one-page-en", "theme-homes-en"])("says in its masthead (%s) that it is one, and of what", async (edition) => {
    const pages = await print(edition);
    expect(pages[0]).toContain("CORRECTION·Thisisrevision2oftheissue.Itsupersedesrevision1(monthly-2026-06-r1),asknownon15June2026.");
    expect(pages.slice(1).join("")).not.toContain("CORRECTION");
    if (edition.startsWith("one-page")) expect(pages).toHaveLength(1);
    // The full edition's contents begin the second page, so that the first is one page still.
    if (edition.startsWith("full")) expect(pages[1]).toMatch(/^FICTIONALEXAMPLE—2—Contents/);
  });

  it("says so in Chinese, on one page with all else that a masthead may say", async () => {
    const pages = await print("one-page-zh-CN");
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain("更正本期第2版，取代数据截至2026年6月15日的第1版（monthly-2026-06-r1）。");
    expect(pages[0]).toContain("暂定");
  });
});
