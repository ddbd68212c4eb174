import { describe, expect, it } from "vitest";
import { findUncovered } from "../../../functions/core/checks/coverage.ts";

function passage(text: string, quote: string) {
  const start = text.indexOf(quote);
  return { start, end: start + quote.length };
}

describe("the coverage of a text", () => {
  it("is complete when every number and every quoted term lies in a passage", () => {
    const text = "预计实现地区生产总值2590亿元,增长7.3%。打造“四个港城”。";
    expect(findUncovered(text, [passage(text, "预计实现地区生产总值2590亿元,增长7.3%"), passage(text, "打造“四个港城”")])).toEqual([]);
  });

  it("names what is left over, where it stands and the words around it", () => {
    const text = "第一行没有数\n第二行有2590亿元和“四个港城”两样";
    expect(findUncovered(text, [])).toEqual([
      { kind: "digits", text: "2590", start: 11, end: 15, line: 2, context: "第二行有2590亿元和“四个港城”两样" },
      { kind: "term", text: "“四个港城”", start: 18, end: 24, line: 2, context: "第二行有2590亿元和“四个港城”两样" },
    ]);
  });

  it("does not let two passages share a number between them", () => {
    const text = "增长2590亿元";
    expect(findUncovered(text, [passage(text, "增长25"), passage(text, "90亿元")]).map((u) => u.text)).toEqual(["2590"]);
  });

  it("does not take a term for covered when a quotation mark is left outside", () => {
    const text = "勇当“两个标杆”";
    expect(findUncovered(text, [passage(text, "两个标杆")]).map((u) => u.text)).toEqual(["“两个标杆”"]);
  });

  it("sees full-width digits", () => {
    expect(findUncovered("增长２１０亿元", []).map((u) => u.text)).toEqual(["２１０"]);
  });

  it("sees a term inside a term as one of its own", () => {
    const text = "“与“最强”争”";
    expect(findUncovered(text, []).map((u) => u.text)).toEqual(["“与“最强”争”", "“最强”"]);
    expect(findUncovered(text, [passage(text, "“最强”")]).map((u) => u.text)).toEqual(["“与“最强”争”"]);
  });

  it("takes a quotation mark without its partner for no term", () => {
    expect(findUncovered("只有开头“没有结尾", [])).toEqual([]);
    expect(findUncovered("只有结尾”没有开头", [])).toEqual([]);
  });

  it("counts offsets in UTF-16 code units", () => {
    const text = "𠮷野家有3间";
    expect(findUncovered(text, [])).toMatchObject([{ text: "3", start: 5, end: 6 }]);
    expect(findUncovered(text, [{ start: 5, end: 6 }])).toEqual([]);
  });
});
