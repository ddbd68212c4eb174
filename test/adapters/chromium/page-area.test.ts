import { describe, expect, it } from "vitest";
import { readPageArea } from "../../../functions/adapters/chromium/page-area.ts";
import { RenderError } from "../../../functions/core/errors.ts";

describe("what the @page rules leave for the text", () => {
  const areaOf = (css: string, ...names: string[]) => readPageArea(css, ["auto", ...names]);

  it("is the grid of GB/T 9704 where the rule says so, whatever its margin boxes hold", () => {
    const css = `/* @page { margin: 0 } */ @page { size: A4; margin: 37mm 26mm 35mm 28mm; @top-right { content: "};"; margin: 0; padding: 1mm } }
      p { margin: 1mm }`;
    expect(areaOf(css)).toEqual({ textWidthMm: 156, margins: { topMm: 37, rightMm: 26, bottomMm: 35, leftMm: 28 } });
  });

  it("counts each unit, one to four values, single sides and later rules", () => {
    expect(areaOf("@page { margin: 1in 2cm } @page { margin-left: 72pt }").margins).toEqual({
      topMm: 25.4,
      rightMm: 20,
      bottomMm: 25.4,
      leftMm: 25.4,
    });
    expect(areaOf("@page { margin: 0 }").textWidthMm).toBe(210);
    expect(areaOf("@page { size: A4 landscape; margin: 96px 10mm 0 }").textWidthMm).toBe(277);
    expect(areaOf("@page { size: 100mm 200mm; margin: 10mm }").textWidthMm).toBe(80);
  });

  it("is the least that any page in use keeps free, and as wide as the widest", () => {
    const css =
      "@page { margin: 30mm 20mm } @page :left { margin-left: 10mm } @page leaders { margin: 22mm 5mm } @page other { margin: 0 }";
    expect(areaOf(css).margins).toEqual({ topMm: 30, rightMm: 20, bottomMm: 30, leftMm: 10 });
    expect(areaOf(css, "leaders").margins).toEqual({ topMm: 22, rightMm: 5, bottomMm: 22, leftMm: 5 });
    expect(areaOf(css, "leaders").textWidthMm).toBe(200);
  });

  it("is Chromium's own where there is no rule", () => {
    expect(areaOf("").margins.topMm).toBeCloseTo(10.16);
  });

  it("cannot be told from a length that depends on something else", () => {
    expect(() => areaOf("@page { margin: 10% }")).toThrow(RenderError);
    expect(() => areaOf("@page { margin: calc(1mm + 2mm) 1mm }")).toThrow(/"calc\(1mm".*write it in mm/);
  });
});
