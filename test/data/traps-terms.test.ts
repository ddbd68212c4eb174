import { describe, expect, it } from "vitest";
import {
  digestOf,
  entries,
  entry,
  interview,
  judge,
  judgeAll,
  membersOf,
  office,
  printedItem,
  report,
  textOf,
} from "../support/real-office.ts";

// The second half of the thirteen traps (the first is in traps.test.ts): texts, terms and people.
const undefinedInText = "not defined in the text";
const note = (id: string) => entry(id).note?.["zh-CN"] ?? "";

describe("8. texts byte for byte", () => {
  it("keeps the files as received, apart from each other", async () => {
    expect(await digestOf(interview)).toBe("2492a85b88fd4eee3842e1292ea9f336c5a679234674d2551ebc47da0bf074ac");
    expect(await digestOf(report)).toBe("a1a19ecb50625fe33818d5adb9e155ed03cc48bd397d46c8c1b48f45521fd167");
    expect(textOf(interview)).not.toContain("3月9日");
    expect(textOf(report)).not.toContain("朱立凡");
    for (const c of entries()) expect(c.end).toBeLessThanOrEqual(textOf(c.speech).length);
  });

  it("keeps no-break spaces, the lost dot, U+00B7 and half-width punctuation in the quotes", () => {
    expect(textOf(interview)).toContain("苏州日报\u00a0\u00a0发布时间");
    expect(entry("s2020-rally").quote).toContain("开放再出发?项目提速年");
    expect(entry("s2020-service-brand").quote).toContain("张\u00b7家\u00b7港");
    expect(entries().filter((c) => /[，：；？（）％]/.test(c.quote))).toEqual([]);
  });

  it("cleans the titles", () => {
    expect(entry("s2020-rally").title["zh-CN"]).toContain("开放再出发·项目提速年");
    expect(entries().filter((c) => /[,:;?()\u00a0]/.test(c.title["zh-CN"] ?? "?"))).toEqual([]);
  });
});

describe("9. terms that the text does not define", () => {
  it.each(["2017-four-emphases", "2017-two-benchmarks", "s2020-three-zones-one-park", "s2020-three-surpass", "s2020-three-benchmarks"])(
    "says so of %s",
    (id) => {
      expect(membersOf(id)).toBe(undefinedInText);
    },
  );

  it("does not take Suzhou's two benchmarks for the city's three benchmarks", () => {
    const [two, three] = [entry("2017-two-benchmarks"), entry("s2020-three-benchmarks")];
    expect(two.owner).toBe("higher-level");
    expect(three.owner).toBe("party-committee");
    expect(two.programmes.filter((p) => three.programmes.includes(p))).toEqual([]);
    expect(note(two.id) + note(three.id)).toMatch(/三标杆一率先.*不是一回事.*两个标杆.*不是一回事/);
  });

  it("keeps what later sources say of a term as evidence, which proves no delivery", () => {
    const defining = office.evidence.filter((e) => e.programme === "three-benchmarks" && e.stage === "defines");
    expect(defining.map((e) => e.source.quote).join()).toContain("经济高质量标杆、城乡一体化标杆、新时代文明标杆");
    expect(textOf(report)).not.toContain("经济高质量标杆");
    expect(judge("s2020-three-benchmarks", "2020-03-31", { ...office, evidence: defining }).verdict).toBe("no evidence");
  });
});

describe("10. look-alikes", () => {
  it.each([
    ["2017-two-new-one-high", "两新一高", ["新材料", "新能源", "高端装备"]],
    ["2017-two-highs", "两个高", ["高铁新城", "高新区"]],
    ["2017-two-gatherings-one-high", "两聚一高", undefinedInText],
    ["2017-four-port-cities", "四个港城", ["实力港城", "活力港城", "美丽港城", "人文港城"]],
  ])("keeps %s (%s) with members of its own", (id, term, members) => {
    expect(entry(id).quote).toContain(`“${term}”`);
    expect(membersOf(id)).toEqual(members);
  });

  it.each([
    [
      ["2017-four-port-cities", "2017-port-city-partners", "s2020-port-city-brand"],
      ["四个港城", "港城合伙人", "港城品牌"],
    ],
    [
      ["2017-learn-from-suzhou-industrial-park", "2017-kdx-signing", "s2020-focus-parks"],
      ["园区", "两园一城", "现代园区"],
    ],
  ])("keeps %j apart", (ids, terms) => {
    for (const [i, id] of ids.entries()) expect(entry(id).quote).toContain(terms[i]);
    const programmes = ids.flatMap((id) => entry(id).programmes);
    expect(new Set(programmes).size).toBe(programmes.length);
  });

  it("takes 园区 for the industrial park in Suzhou, and 两园一城 for Kangde Xin's project", () => {
    expect(entry("2017-learn-from-suzhou-industrial-park").benchmark?.refArea).toBe("苏州工业园区");
    expect(entry("2017-kdx-signing").programmes).toEqual(["kdx-two-parks-one-city"]);
  });

  it("makes no quantity of 千人, 千斤担 or anything else in the second text", () => {
    expect(entry("s2020-october-rally").quote).toContain("千人");
    expect(entry("s2020-point-4").quote).toContain("千斤担");
    expect(entries(report).filter((c) => c.target !== undefined || c.kind === "quantified-target")).toEqual([]);
  });
});

describe("11. no tense, partners, learning", () => {
  it.each(["2017-green-leader", "2017-ecological-audit"])("takes 创新推出 of %s for an intention and says why", (id) => {
    expect(entry(id)).toMatchObject({ modality: "intention", kind: "programme-or-mechanism" });
    expect(note(id)).toContain("没有时态");
    expect(judge(id, "2018-01-31").verdict).toBe("no evidence");
  });

  it.each(["s2020-shanghai-link", "s2020-suzhou-districts"])("keeps %s as a partner, not a benchmark", (id) => {
    expect(entry(id)).toMatchObject({ kind: "programme-or-mechanism" });
    expect(entry(id).benchmark).toBeUndefined();
  });

  it("never holds 学 against the city as if it were 超", () => {
    const learning = entries(interview).filter((c) => c.kind === "benchmark");
    expect(learning.filter((c) => c.target !== undefined || !note(c.id).includes("“学”不是“超”"))).toEqual([]);
    for (const asOf of ["2018-12-31", "2021-12-31", "2026-11-22"]) {
      const signals = judgeAll(asOf).flatMap((a) => (learning.some((c) => c.id === a.commitmentId) ? [a.signal] : []));
      expect(signals.filter((s) => s === "failed" || s === "off track" || s === "achieved")).toEqual([]);
    }
  });
});

describe("12. a selection of firms", () => {
  it.each(["s2020-excellent-shagang", "s2020-excellent-jiulong", "s2020-excellent-shagang-trade"])(
    "never counts %s as one of three",
    (id) => {
      expect(entry(id)).toMatchObject({ kind: "recognition" });
      for (const asOf of ["2020-03-31", "2026-11-22"]) {
        expect(judge(id, asOf)).toMatchObject({ verdict: "list incomplete", signal: "cannot judge" });
        expect(judge(id, asOf).explanation).not.toMatch(/[三3]\s*家/);
      }
      expect(note(id)).toContain("不是完整名单");
    },
  );
});

describe("13. people change", () => {
  it("gives every commitment to an office, never to a person", () => {
    const names = JSON.stringify([office.office.owners, entries().map((c) => c.owner)]);
    for (const person of ["朱立凡", "沈国芳", "潘国强", "Zhu", "Shen"]) expect(names).not.toContain(person);
  });

  it("shows who said it from the speech, and leaves it with the office after the speaker has gone", () => {
    const later = printedItem("2017-gdp", "2020-03-31");
    expect(later.said).toContain("朱立凡");
    expect(later.owner).not.toContain("朱立凡");
    expect(printedItem("s2020-focus", "2020-03-31").said).toContain("沈国芳");
  });
});
