import { describe, expect, it } from "vitest";
import { mendCharacterMap, readCharacterMap } from "../../../functions/adapters/pdf/character-map.ts";
import { readCodes, readOperations } from "../../../functions/adapters/pdf/content-stream.ts";

describe("a font's map of its characters", () => {
  const crossing = "1 beginbfrange\n<0010> <0013> <4EFE>\nendbfrange";

  it("has no range that runs over the end of a row of 256 characters", () => {
    expect(mendCharacterMap(crossing)).toBe("2 beginbfrange\n<0010> <0011> <4EFE>\n<0012> <0013> <4F00>\nendbfrange");
  });

  it("says the same after mending", () => {
    const read = (source: string) => [...readCharacterMap(source)].map(([code, text]) => `${code} ${text}`);
    expect(read(mendCharacterMap(crossing))).toEqual(["16 仾", "17 仿", "18 伀", "19 企"]);
    expect(read(crossing)).toEqual(read(mendCharacterMap(crossing)));
  });

  it("stays as it is when there is nothing to mend, and has at most a hundred ranges a block", () => {
    const fine = "2 beginbfrange\n<0010> <0011> <4EFE>\n<0020> <0021> <0041>\nendbfrange";
    expect(mendCharacterMap(fine)).toBe(fine);
    const many = Array.from(
      { length: 100 },
      (_, n) => `<${(n * 2).toString(16).padStart(4, "0")}> <${(n * 2 + 1).toString(16).padStart(4, "0")}> <4EFF>`,
    );
    const blocks = mendCharacterMap(`100 beginbfrange\n${many.join("\n")}\nendbfrange`).match(/\d+ beginbfrange/g);
    expect(blocks).toEqual(["100 beginbfrange", "100 beginbfrange"]);
  });

  it("holds single codes, also of characters beyond the first 65,536", () => {
    expect(readCharacterMap("1 beginbfchar\n<0001> <D842DFB7>\nendbfchar").get(1)).toBe("𠮷");
  });
});

describe("a page's instructions", () => {
  it("are cut at their operators, and strings are read whole", () => {
    const content = "/Span <</MCID 3 >>BDC\n17 0 Td (a\\) b\\\\) Tj [<0041> -5 (\\101c)] TJ\nEMC";
    expect([...readOperations(content)].map(({ operator, operands }) => [operator, ...operands])).toEqual([
      ["BDC", "/Span", "<<", "/MCID", "3", ">>"],
      ["Td", "17", "0"],
      ["Tj", "(a\\) b\\\\)"],
      ["TJ", "[", "<0041>", "-5", "(\\101c)", "]"],
      ["EMC"],
    ]);
  });

  it("give two bytes a code, escaped or not", () => {
    expect(readCodes("<0041 4eFf>")).toEqual([0x41, 0x4eff]);
    expect(readCodes("(\\f\\()")).toEqual([0x0c28]);
    expect(readCodes("(\\101\\\n\\\\)")).toEqual([0x415c]);
  });
});
