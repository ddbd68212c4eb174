import { describe, expect, it } from "vitest";
import { entries, entry, figures, interview, judge, office, printedItem, report, textOf } from "../support/real-office.ts";

// The thirteen things that a naive reader gets wrong about these two speeches. Every expectation is read from the texts or the sources.
// Numbers, voices and dates are here; texts, terms and people (8 to 13) in traps-terms.test.ts.
const note = (id: string) => entry(id).note?.["zh-CN"] ?? "";

describe("1. a forecast is not a promise", () => {
  it.each(["2017-gdp", "2017-gdp-growth", "2017-fiscal-revenue", "2017-trade-growth"])("keeps %s, said under 预计, as a forecast", (id) => {
    expect(entry(id)).toMatchObject({ kind: "quantified-target", modality: "forecast", voice: "leader" });
  });

  it("records no promise among the sentences that carry 预计", () => {
    expect(entries().filter((c) => c.quote.includes("预计") && c.modality !== "forecast")).toEqual([]);
  });
});

describe("2. comparators", () => {
  it.each([
    ["2017-gdp", "超过2500亿元", ">", 2500, "亿元"],
    ["2017-gdp-growth", "超过7%", ">", 7, "%"],
    ["2017-fiscal-revenue", "超210亿元", ">", 210, "亿元"],
    ["2017-trade-growth", "两位数增长", ">=", 10, "%"],
    ["2017-emerging-growth", "两位数的增长", ">=", 10, "%"],
    ["2017-listed-market-value", "近3000亿元", "<", 3000, "亿元"],
    ["2017-shagang-big-data-rank", "世界前三", "<=", 3, "名"],
    ["2017-listed-share-of-suzhou", "约占苏州的四分之一", "=", 25, "%"],
  ])("reads %s: %s", (id, words, comparator, value, unit) => {
    expect(entry(id).quote).toContain(words);
    expect(entry(id).target).toMatchObject({ comparator, value, unit });
  });

  it("reads double-digit growth of trade as a rate, not as an amount", () => {
    expect(entry("2017-trade-growth").target?.metric).toBe("trade_total_growth");
  });
});

describe("3. growth at constant prices", () => {
  it("is a rate in constant prices, and judged by the published rate alone", () => {
    expect(office.metrics.find((m) => m.id === "gdp_growth")).toMatchObject({ shape: "rate", priceBasis: "constant", unit: { id: "%" } });
    const { inputs, formula } = judge("2017-gdp-growth", "2018-12-31");
    expect(inputs.map((i) => [i.metric, i.period, i.value])).toEqual([["gdp_growth", "2017", 7.3]]);
    expect(formula).toContain("7.3");
  });

  it("has no answer when only the levels of two years are known", () => {
    const observations = office.observations.filter((o) => o.metric !== "gdp_growth");
    expect(judge("2017-gdp-growth", "2018-12-31", { ...office, observations })).toMatchObject({ verdict: "no data", inputs: [] });
  });
});

describe("4. 公共财政预算收入 and 一般公共预算收入", () => {
  const [published] = figures("fiscal_revenue", "张家港市", "2017");

  it("stay apart: the forecast names the first, and no definition claims to be the other", () => {
    expect(entry("2017-fiscal-revenue").target?.definition).toBe("公共财政预算收入");
    const definitions = office.metrics.find((m) => m.id === "fiscal_revenue")?.definitions ?? [];
    expect(definitions.map((d) => d.id)).toEqual(expect.arrayContaining(["公共财政预算收入", "一般公共预算收入"]));
    expect(definitions.flatMap((d) => d.comparableWith)).toEqual([]);
    expect(judge("2017-fiscal-revenue", "2018-01-31").inputs.map((i) => i.definition)).toEqual(["公共财政预算收入"]);
  });

  it("gives “definition differs” when only the other kind is published", () => {
    if (!published) throw new Error("no budget revenue of 2017");
    const other = { ...published, value: 225, definition: "一般公共预算收入" };
    const without = office.observations.filter((o) => o !== published);
    const alone = judge("2017-fiscal-revenue", "2018-12-31", { ...office, observations: [...without, other] });
    expect(alone).toMatchObject({ verdict: "definition differs", signal: "cannot judge" });
    expect(alone.explanation).toMatch(/公共财政预算收入.*一般公共预算收入/);
    const both = judge("2017-fiscal-revenue", "2018-12-31", { ...office, observations: [...office.observations, other] });
    expect(both.verdict).toBe("on the line");
    expect(both.inputs.map((i) => i.value)).toEqual([210]);
  });
});

describe("5. a company's claim", () => {
  it.each([
    ["2017-shagang-energy-saving", 70],
    ["2017-shagang-cost-saving", 50],
  ])("keeps %s (%i %%) as one process of one firm", (id, value) => {
    expect(entry(id)).toMatchObject({
      kind: "baseline-fact",
      modality: "description",
      owner: "enterprises",
      target: { refArea: "沙钢", value },
    });
    expect(note(id)).toMatch(/企业.*工艺/);
  });

  it("makes no target of the city out of it", () => {
    const targets = entries().filter((c) => c.kind === "quantified-target");
    expect(targets.filter((c) => c.target?.refArea !== "张家港市" || /能耗|成本/.test(c.quote))).toEqual([]);
  });

  it("does not take the ambiguous four-fifths of 2019 for a figure", () => {
    expect(figures("castrip_energy_saving", "沙钢")).toEqual([]);
    expect(figures("castrip_cost_saving", "沙钢")).toEqual([]);
  });
});

describe("6. voices", () => {
  // Titles of the interview's parts, then who speaks, line by line.
  const headlines = ["强化标杆意识 打造", "十九大报告对基层", "弘扬张家港精神,打造", "努力走在“两个标杆”"];
  const speakerAt = (offset: number) => {
    const lines = textOf(interview).slice(0, offset).split("\n");
    let speaker = "narration";
    for (const [i, line] of textOf(interview).split("\n").slice(0, lines.length).entries()) {
      if (headlines.some((h) => line.startsWith(h))) speaker = "headline";
      else if (line.startsWith("苏报融媒采访组:")) speaker = "interviewer";
      else if (line.startsWith("朱立凡:")) speaker = "leader";
      else if (i < 6) speaker = "narration";
    }
    return speaker;
  };

  it("gives the leader only what stands in his answers, and the rest to whoever said it", () => {
    const wrong = entries(interview).filter((c) => {
      const speaker = speakerAt(c.start);
      return speaker === "narration" ? !["narration", "reported-speech"].includes(c.voice) : c.voice !== speaker;
    });
    expect(wrong.map((c) => `${c.id}: ${c.voice}, by the text ${speakerAt(c.start)}`)).toEqual([]);
  });

  it.each(["2017-reported-higher-decisions", "2017-reported-ahead-in-all-work", "2017-reported-four-port-cities"])(
    "keeps %s, after 表示,将以, as reported speech",
    (id) => {
      expect(entry(id)).toMatchObject({ voice: "reported-speech" });
    },
  );

  it("has nothing in the second text as the leader's own words: before 他指出 narration, after it reported speech", () => {
    const pointsOut = textOf(report).indexOf("他指出");
    expect(pointsOut).toBeGreaterThan(0);
    expect(textOf(report).indexOf("沈国芳强调")).toBeGreaterThan(pointsOut);
    const expected = (c: { start: number }) => (c.start > pointsOut ? "reported-speech" : "narration");
    expect(entries(report).filter((c) => c.voice !== expected(c))).toEqual([]);
  });

  it.each(["2017-four-greats", "2017-two-gatherings-one-high", "2017-headline-port-cities"])(
    "never prints %s under the leader's name",
    (id) => {
      expect(printedItem(id, "2018-01-31").said).not.toContain("朱立凡");
    },
  );
});

describe("7. dates", () => {
  const dateOf = (id: string) => office.speeches.find((s) => s.id === id)?.date;

  it("infers the year 2020 and says from what", () => {
    expect(dateOf(report)).toMatchObject({ value: "2020-03-09", basis: "inferred" });
    expect(textOf(report)).not.toContain("2020");
    for (const ground of ["2019年度", "疫情", "去年10月"]) {
      expect(textOf(report)).toContain(ground);
      expect(dateOf(report)?.reasons.join()).toContain(ground);
    }
  });

  it("dates the interview by its publication and says that the day of the interview is not known", () => {
    expect(dateOf(interview)).toMatchObject({ value: "2017-11-17", of: "publication", basis: "stated" });
    expect(textOf(interview)).toContain("发布时间:2017-11-17 09:25:19");
    expect(dateOf(interview)?.reasons.join()).toMatch(/采访.*没有写明/);
  });
});
