import { describe, expect, it } from "vitest";
import {
  groupThousands,
  inPrintedUnit,
  printAmount,
  printDifference,
  printDigits,
  printPoints,
  unitName,
} from "../../functions/core/printed-amount.ts";
import { aMetric, showMessage } from "../support/register-builder.ts";

const yuan = aMetric({ unit: { id: "亿元", printed: { en: { name: "billion yuan", power: 1 } } } });
const percent = aMetric({ unit: { id: "%" } });
const firms = aMetric({ unit: { id: "家", printed: { en: { name: "enterprises", one: "enterprise" } } } });
const people = aMetric({ unit: { id: "万人", printed: { en: { name: "people", power: -4 } } } });
const rank = aMetric({
  unit: { id: "名", printed: { "zh-CN": { name: "名次", pattern: "第 # 名" }, en: { name: "rank", pattern: "rank #" } } },
});

describe("an amount", () => {
  it("is in the unit that the language prints, with the digits that were published", () => {
    expect(printAmount({ value: 2590, decimals: 0 }, yuan, "en")).toBe("259.0 billion yuan");
    expect(printAmount({ value: 2300, decimals: -1 }, yuan, "en")).toBe("230 billion yuan");
    expect(printAmount({ value: 2686.6, decimals: 2 }, yuan, "en")).toBe("268.660 billion yuan");
    expect(printAmount({ value: 2590, decimals: 0 }, yuan, "zh-CN")).toBe("2590 亿元");
    expect(printAmount({ value: 97.5, decimals: 4 }, people, "en")).toBe("975,000 people");
    expect(printAmount({ value: 13.3, decimals: 1 }, people, "en")).toBe("133,000 people");
  });

  it("has no digits that nobody gave when it is what somebody asked for", () => {
    expect(printAmount({ value: 2500 }, yuan, "en")).toBe("250 billion yuan");
    expect(printAmount({ value: 2686.6 }, yuan, "en")).toBe("268.66 billion yuan");
    expect(printAmount({ value: 7 }, percent, "en")).toBe("7%");
  });

  it("keeps its unit as declared where a language says nothing else", () => {
    expect(printAmount({ value: 12, decimals: 0 }, aMetric(), "en")).toBe("12 t");
    expect(printAmount({ value: 12, decimals: 0 }, firms, "zh-CN")).toBe("12 家");
    expect([unitName(yuan, "zh-CN"), unitName(yuan, "en"), unitName(percent, "en")]).toEqual(["亿元", "billion yuan", "%"]);
  });

  it("has its percent sign without a space, and a true minus sign", () => {
    expect(printAmount({ value: -7.3, decimals: 1 }, percent, "en")).toBe("−7.3%");
    expect(printDigits({ value: -2590, decimals: 0 }, yuan, "en")).toBe("−259.0");
  });

  it("is one enterprise, not one enterprises, and stands where the language puts it", () => {
    expect(printAmount({ value: 1, decimals: 0 }, firms, "en")).toBe("1 enterprise");
    expect(printAmount({ value: 11, decimals: 0 }, firms, "en")).toBe("11 enterprises");
    expect(printAmount({ value: 3, decimals: 0 }, rank, "en")).toBe("rank 3");
    expect(printAmount({ value: 3, decimals: 0 }, rank, "zh-CN")).toBe("第 3 名");
  });

  it("is not split where it is a calendar year", () => {
    const year = aMetric({ unit: { id: "年", printed: { en: { name: "year", pattern: "#", grouped: false } } } });
    expect(printAmount({ value: 2015, decimals: 0 }, year, "en")).toBe("2015");
  });

  it("has no noise of the division", () => {
    expect(inPrintedUnit(2015.54, yuan, "en")).toBe(201.554);
    expect(inPrintedUnit(0.3, people, "en")).toBe(3000);
    expect(inPrintedUnit(0, yuan, "en")).toBe(0);
    expect(inPrintedUnit(0.1, yuan, "zh-CN")).toBe(0.1);
  });
});

describe("thousands", () => {
  it.each([
    ["999", "999", "999"],
    ["1234", "1,234", "1234"],
    ["12345", "12,345", "12,345"],
    ["1234567.8901", "1,234,567.8901", "1,234,567.8901"],
    ["−1234.5", "−1,234.5", "−1234.5"],
    ["-12345", "-12,345", "-12,345"],
    ["0.12345", "0.12345", "0.12345"],
    ["1e+21", "1e+21", "1e+21"],
  ])("of %s are set apart as %s in English and %s in Chinese", (digits, english, chinese) => {
    expect(groupThousands(digits, "en")).toBe(english);
    expect(groupThousands(digits, "zh-CN")).toBe(chinese);
  });
});

describe("a difference", () => {
  const words = { locale: "en", translate: showMessage } as const;

  it("of percentages is in percentage points, of anything else in its unit", () => {
    expect(printDifference({ value: 3.3, decimals: 1 }, percent, words)).toBe('amount.points {"digits":"3.3","one":"no"}');
    expect(printDifference({ value: 150, decimals: 0 }, yuan, words)).toBe("15.0 billion yuan");
  });

  it("of one point is a single one", () => {
    expect(printPoints({ value: 1 }, showMessage)).toBe('amount.points {"digits":"1","one":"yes"}');
    expect(printPoints({ value: -1.4 }, showMessage)).toBe('amount.points {"digits":"−1","one":"yes"}');
    expect(printPoints({ value: 1, decimals: 1 }, showMessage)).toBe('amount.points {"digits":"1.0","one":"no"}');
  });
});
