import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "fontkit";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkGlyphs, readPrintableCharacters } from "../../../functions/adapters/fonts/check-glyphs.ts";
import { makeDocumentFonts } from "../../../functions/adapters/fonts/document-fonts.ts";
import { writeFontsConf } from "../../../functions/adapters/fonts/fonts-conf.ts";
import { mergeFaces } from "../../../functions/adapters/fonts/merge-truetype.ts";
import { InputError, MissingGlyphError, RenderError } from "../../../functions/core/errors.ts";
import { openTestRenderer, sampleInfo, samplePage, testCacheDir } from "../../support/pdf-chromium.ts";
import { readPdf } from "../../support/pdf-text.ts";

function catchError(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

let fonts: string;
let officeFonts: string;
beforeAll(async () => {
  fonts = await makeDocumentFonts(testCacheDir);
});
beforeEach(() => {
  officeFonts = mkdtempSync(join(tmpdir(), "biaogan-fonts-"));
});
afterEach(() => rm(officeFonts, { recursive: true }));

/** Writes a regular face of a family that only this office has. */
function addOfficeFace(): void {
  const regular = readFileSync(join(fonts, "noto-serif-sc-400.ttf"));
  writeFileSync(join(officeFonts, "office.ttf"), mergeFaces(regular, [], { family: "Office Song", bold: false }));
}

/** The faces' own names, sorted. */
function namesIn(directory: string): string[] {
  const files = readdirSync(directory).filter((file) => file.endsWith(".ttf"));
  const faces = files.map((file) => create(readFileSync(join(directory, file))));
  return faces.map((face) => ("fonts" in face ? "a collection" : (face.postscriptName ?? "unnamed"))).toSorted();
}

describe("the document's fonts", () => {
  it("have rare, Traditional, Roman and geometric characters in every face", async () => {
    const printable = await readPrintableCharacters(fonts);
    checkGlyphs(["億達戰產鋼銳镕喆堃祎", "●▲◆■○△▽▼★☆✓✗✔☑☒→←↑↓≥≤≈−×—·…※①⑩㈠ⅠⅢⅫ", "‰℃²㎡“”《》〔〕ÀéßŽ"], printable);
    expect(printable.size).toBeGreaterThan(13_000);
  });

  it("are static TrueType faces named by family, with a real bold", () => {
    expect(namesIn(fonts)).toEqual(["NotoSansSC-Bold", "NotoSansSC-Regular", "NotoSerifSC-Bold", "NotoSerifSC-Regular"]);
  });

  it("have a 楷体 for headings and quotations, which need not have every character", async () => {
    expect(namesIn(join(fonts, "partial"))).toEqual(["LXGWWenKai-Regular"]);
    const kai = create(readFileSync(join(fonts, "partial", "lxgw-wenkai-400.ttf")));
    const [latin, common] = ["A", "国"].map((c) => "characterSet" in kai && kai.characterSet.includes(c.codePointAt(0) ?? 0));
    expect([latin, common]).toEqual([true, true]);
    expect("characterSet" in kai && kai.characterSet.length).toBeGreaterThan(13_000);
    expect((await readPrintableCharacters(fonts)).has("镕".codePointAt(0) ?? 0)).toBe(true);
  });

  it("are looked for in the given folders only, generic families included", () => {
    const conf = writeFontsConf(["/a & b/fonts", fonts], "/index");
    expect([...conf.matchAll(/<dir>(.*?)<\/dir>/g)].map(([, dir]) => dir)).toEqual(["/a &amp; b/fonts", fonts]);
    expect(conf).not.toContain("<include");
    expect(conf).toMatch(/<string>serif<\/string>.*<string>Noto Serif SC<\/string>/);
  });
});

describe("an office's own fonts", () => {
  it("are used by their family name", async () => {
    addOfficeFace();
    const renderer = await openTestRenderer({ officeFontsDir: officeFonts });
    const page = samplePage('<p style="font-family: Office Song">仿宋</p>');
    const { fonts: embedded } = await readPdf(await renderer.render(page, sampleInfo));
    expect(embedded.some(({ name }) => name.endsWith("+OfficeSong-Regular"))).toBe(true);
    const bold = samplePage('<p style="font-family: Office Song"><b>粗</b></p>');
    await expect(renderer.render(bold, sampleInfo)).rejects.toThrow(RenderError);
    await renderer.close();
  });

  it("are refused by name when they cannot be read", async () => {
    writeFileSync(join(officeFonts, "broken.ttf"), "no font");
    const failure = readPrintableCharacters(fonts, officeFonts);
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toThrow(/broken\.ttf/);
  });
});

describe("the glyph check", () => {
  it("names each missing character once, in order, with the words around its first place", () => {
    const printable = new Set(Array.from("a 简报镇的，", (character) => character.codePointAt(0) ?? 0));
    const long = `${"简报".repeat(9)}，𠮷\n 镇的${"简报".repeat(9)}`;
    const failure = catchError(() => checkGlyphs(["ab", "\tba\u200d字", long, "简𠮷"], printable));
    expect(failure).toBeInstanceOf(MissingGlyphError);
    expect((failure as MissingGlyphError).characters).toEqual(["b", "字", "𠮷"]);
    expect(String(failure)).toContain(
      'b (U+0062) in "ab", 字 (U+5B57) in "ba\u200d字", 𠮷 (U+20BB7) in "…报简报简报简报简报，𠮷 镇的简报简报简报…"; put a font',
    );
  });

  it("takes half a character and stray control characters for missing", () => {
    expect(() => checkGlyphs(["\ud842", "\u0007"], new Set())).toThrow(/U\+D842.*U\+0007/);
  });
});
