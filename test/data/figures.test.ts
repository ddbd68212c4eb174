import { describe, expect, it } from "vitest";
import { figures, office, type PrintedRow, readPrintedRows, startOf } from "../support/real-office.ts";

const rows = await readPrintedRows();
const nameOf = (row: PrintedRow) => `${row["METRIC"]} ${row["REF_AREA"]} ${row["TIME_PERIOD"]} ${row["OBS_VALUE"]}`;
const values = (metric: string, area: string, period?: string) => figures(metric, area, period).map((o) => `${o.value} ${o.status}`);

/** Numbers that the source gives in words: the figure as recorded → the words in its quote. */
const inWords: Readonly<Record<string, string>> = {
  "civilised_city 张家港市 2017 5": "五连冠",
  "civilised_city 张家港市 2021-08 6": "six consecutive",
  "civilised_city 张家港市 2022-07 6": "六届",
  "listed_new 张家港市 2021-01-01/P8M 5": "five of its enterprises",
  "sg_castrip_co2 沙钢 2019 75": "three-quarters",
  "sg_castrip_lines 沙钢 2024-06 4": "four Castrip lines",
  "water_rank_province 张家港市 2022 2": "江苏全省第二",
  "xiaokang_index_rank 张家港市 2018 2": "小康指数第二",
  "gdp_rank_county 张家港市 2016 3": "全国第三名",
  "gdp_rank_suzhou 张家港市 2020 3": "ranked third",
  // Stands in the page's address and title only, with a hyphen for the point.
  "autumn_week_investment 张家港市 2020 61.5": "rmb-61-5-bln",
  "slogan_1992 张家港市 1992 3": "工业超常熟、外贸超吴江、城市建设超昆山",
};

describe("every figure", () => {
  it("has a source with a title, an http(s) address and the passage that says it", () => {
    const bare = office.observations.filter(
      (o) => !o.source.title || !/^https?:\/\/[^/]+\//.test(o.source.url) || o.source.quote.length < 4,
    );
    expect(bare).toEqual([]);
    expect(office.observations).toHaveLength(rows.length);
  });

  it("stands in its quote as it is printed, or in the words listed here", () => {
    const silent = rows.filter((row) => !saysNumber(row) && !row["SOURCE_QUOTE"]?.includes(inWords[nameOf(row)] ?? "\0"));
    expect(silent.map((row) => `${nameOf(row)}: ${row["SOURCE_QUOTE"]}`)).toEqual([]);
    expect(Object.keys(inWords).filter((name) => !rows.some((row) => nameOf(row) === name))).toEqual([]);
  });

  it("was known no earlier than its period began, unless it is an estimate", () => {
    expect(office.observations.filter((o) => o.status !== "E" && o.knownSince < startOf(o.period))).toEqual([]);
  });

  it("is an outcome, not a plan: targets for 2025 and dates promised are evidence", () => {
    const of2025 = office.observations.filter((o) => startOf(o.period) >= "2025-01-01").map((o) => `${o.metric} ${o.period} ${o.value}`);
    expect(of2025).toEqual(["talent_national 2025 62"]);
    const planned = office.evidence
      .filter((e) => e.stage === "planned")
      .map((e) => `${e.due} ${e.figure?.value ?? ""} ${e.figure?.unit ?? ""}`.trim());
    for (const plan of [
      "2025 6500 亿元",
      "2025 48 %",
      "2025 45 %",
      "2025 1800 亿元",
      "2025 3000 亿元",
      "2023 369 亿元",
      "2019",
      "2018",
      "2027",
    ]) {
      expect(planned).toContain(plan);
    }
  });
});

describe("conflicts kept on purpose", () => {
  it.each([
    ["gdp", "张家港市", "2016", ["2300 A", "2230 A"]],
    ["gdp", "张家港市", "2017", ["2606 A", "2606 A", "2590 E"]],
    ["gdp", "张家港市", "2018", ["2720 A", "2720 A"]],
    ["gdp", "张家港市", "2019", ["2850 E"]],
    ["gdp", "张家港市", "2020", ["2686.6 A", "2686.6 P"]],
    ["gdp", "昆山市", "2020", ["4276.76 A", "4250 E"]],
    ["fiscal_revenue", "张家港市", "2018", ["233.4 A", "233 A"]],
    ["kdx_fraud_prelim", "康得新", "2015-01-01/P4Y", ["119 A"]],
    ["kdx_fraud_total", "康得新", "2015-01-01/P4Y", ["115 A"]],
  ])("has %s of %s in %s side by side, the one that wins first", (metric, area, period, expected) => {
    expect(values(metric, area, period)).toEqual(expected);
  });

  it("keeps the years among the first three under the four lists that they are taken from", () => {
    const streaks = figures("topthree_streak", "张家港市");
    expect(streaks.map((o) => [o.period, o.value])).toEqual([
      ["2019-04", 23],
      ["2020-08", 25],
      ["2022-10", 13],
      ["2023", 30],
    ]);
    expect(new Set(streaks.map((o) => o.definition)).size).toBe(4);
  });

  it("does not let the fall from 2850 to 2686.6, a census revision, pass for one series", () => {
    const [of2019] = figures("gdp", "张家港市", "2019");
    const [of2020] = figures("gdp", "张家港市", "2020");
    expect([of2019?.definition, of2020?.definition]).toEqual(["四经普修订前口径", "四经普修订后口径"]);
    expect(office.metrics.find((m) => m.id === "gdp")?.definitions.flatMap((d) => d.comparableWith)).toEqual([]);
    expect(figures("gdp", "张家港市").some((o) => o.value !== null && Math.abs(o.value - 2547.3) < 1)).toBe(false);
  });

  it("adds the yearly fraud up to the final finding, 115.3, and not to the first notice", () => {
    const sum = figures("kdx_fraud", "康得新").reduce((total, o) => total + (o.value ?? 0), 0);
    expect(sum).toBeCloseTo(22.43 + 29.43 + 39.08 + 24.36, 6);
    expect(Math.round(sum)).toBe(115);
  });
});

describe("rank of the source", () => {
  it("puts the city's own page above a personal repost, and a newspaper above a copy", () => {
    expect(figures("gdp", "张家港市", "2016").map((o) => o.source.rank)).toEqual(["original", "repost"]);
    expect(figures("fiscal_revenue", "张家港市", "2018").map((o) => o.source.rank)).toEqual(["press", "repost"]);
  });

  it.each([
    "fanwen112.com",
    "zgkjsz.com",
    "tochina.vip",
    "360doc.cn",
    "sanwenwang.com",
    "phsb.com",
    "ifuun.com",
    "ashea.com.cn",
    "quyushuju.com",
  ])("never calls %s, which copies others, anything but a repost", (site) => {
    const own = [...office.observations, ...office.evidence].filter((fact) => new URL(fact.source.url).hostname.endsWith(site));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((fact) => fact.source.rank !== "repost")).toEqual([]);
  });
});

describe("status and shape", () => {
  it("has every figure that its source calls 预计 as E, every 初步核算 as P, and the yearbook's as A", () => {
    const estimates = office.observations.filter((o) => o.status === "E").map((o) => `${o.metric} ${o.refArea} ${o.period} ${o.value}`);
    const report2018 = [
      "gdp 2590",
      "gdp_growth 7.3",
      "fiscal_revenue 210",
      "fiscal_revenue_growth 10.5",
      "trade_total 2100",
      "trade_total_growth 16.1",
    ];
    const further = ["exports 1045", "exports_growth 11.7", "fai 726", "retail_sales 583", "retail_sales_growth 9"];
    const of2017 = [...report2018, ...further].map((f) => f.replace(" ", " 张家港市 2017 "));
    const of2019 = ["gdp 张家港市 2019 2850", "gdp_growth 张家港市 2019 6", "gdp 太仓市 2019 1410", "gdp_growth 太仓市 2019 6"];
    const of2020 = ["gdp 昆山市 2020 4250", "gdp_growth 昆山市 2020 5"];
    expect(estimates.toSorted()).toEqual([...of2017, ...of2019, ...of2020].toSorted());
    expect(office.observations.filter((o) => o.source.quote.includes("预计") && o.status !== "E")).toEqual([]);
    expect(office.observations.filter((o) => o.source.quote.includes("初步核算") && o.status !== "P")).toEqual([]);
    const yearbook = office.observations.filter(
      (o) => o.source.url === "https://www.sanwenwang.com/ba/nbsmlfqf.html" && o.metric === "gdp",
    );
    expect(yearbook.map((o) => `${o.refArea} ${o.value} ${o.status}`).toSorted()).toEqual(
      ["昆山市 4276.76 A", "江阴市 4113.75 A", "张家港市 2686.6 A", "常熟市 2365.43 A", "太仓市 1386.09 A"].toSorted(),
    );
  });

  it("has every growth rate as a rate in percent, and GDP's in constant prices", () => {
    const growth = office.metrics.filter((m) => /_growth(_5y)?$/.test(m.id));
    expect(growth.length).toBeGreaterThan(10);
    expect(growth.filter((m) => m.shape !== "rate" || m.unit.id !== "%")).toEqual([]);
    expect(growth.filter((m) => m.id.startsWith("gdp") && m.priceBasis !== "constant")).toEqual([]);
    expect(office.metrics.filter((m) => m.id.includes("change") && m.unit.id !== "百分点")).toEqual([]);
  });

  it.each([
    ["gdp", "张家港市", "1992", 63],
    ["fdi", "张家港市", "2019", 5],
    ["sg_steel_output", "沙钢", "2018", 4066],
    ["population", "北九州市", "2011-10", 97.5],
    ["gdp", "深圳市南山区", "2017", 4601.5],
    ["trade_total_usd", "张家港市", "2018", 361],
    ["listed_market_value", "张家港市", "2019-08", 3000],
    ["trade_total_growth", "张家港市", "2019", -1.5],
  ])("turns what is printed of %s, %s, %s into %d of the metric's unit", (metric, area, period, value) => {
    expect(figures(metric, area, period).map((o) => o.value)).toEqual([value]);
  });

  it("invents nothing for what was not found", () => {
    for (const metric of [
      "emerging_output_growth",
      "listed_market_value_share_suzhou",
      "sg_bigdata_rank",
      "sg_special_steel_capacity_rank",
    ]) {
      expect(office.observations.filter((o) => o.metric === metric)).toEqual([]);
    }
    expect(office.observations.filter((o) => o.refArea === "上海市长宁区")).toEqual([]);
  });
});

/** Whether the quote has the number, not as part of a longer one; a fall may be told in words (down 1.5). */
function saysNumber(row: PrintedRow): boolean {
  const digits = (row["OBS_VALUE"] ?? "").replace("-", "").replace(".", String.raw`\.`);
  const quote = (row["SOURCE_QUOTE"] ?? "").replaceAll(/(\d),(?=\d{3})/g, "$1");
  const told = !row["OBS_VALUE"]?.startsWith("-") || /down|decrease/.test(quote);
  return told && new RegExp(String.raw`(?<![\d.])${digits}(?![\d]|\.\d)`).test(quote);
}
