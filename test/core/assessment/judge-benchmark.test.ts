import { describe, expect, it } from "vitest";
import { commonPeriods } from "../../../functions/core/assessment/judge-benchmark.ts";
import { openContext } from "../../../functions/core/assessment/judge-context.ts";
import type { Observation } from "../../../functions/core/observation.ts";
import { aCommitment, aMetric, anObservation, aRegister, judge, showMessage } from "../../support/register-builder.ts";

const there = (period: string, value: string, parts: object = {}) => anObservation(period, value, { refArea: "Otherton", ...parts });

function compare(observations: readonly Observation[], metric: object = {}, benchmark: object = { metric: "output" }) {
  const commitments = [aCommitment({ kind: "benchmark", benchmark: { refArea: "Otherton", ...benchmark } })];
  return judge(aRegister({ metrics: [aMetric(metric)], commitments, observations: [...observations] }), "2030-12-31");
}

describe("a comparison with another place", () => {
  const then = [anObservation("2016", "50.0"), there("2016", "100")];
  const names = { area: "Otherton", home: "Testtown", metric: "Output" };
  // 110 − 70.5 = 39.5, of which only whole tons are known of both.
  const now = { ...names, period: "2018", homeValue: "70.5 t", otherValue: "110 t", difference: "40 t", ratio: "0.64" };

  it("says where both stood in the first and in the last common period", () => {
    const found = compare([
      ...then,
      anObservation("2017", "60"),
      there("2017", "105"),
      anObservation("2018", "70.5"),
      there("2018", "110"),
    ]);
    expect(found).toMatchObject({ verdict: "gap closing", signal: "on track", method: "benchmark-gap" });
    expect(found.formula).toBe("50.0 / 100 = 0.50 → 70.5 / 110 = 0.64");
    expect(found.explanation).toBe(`benchmark.gap closing ${JSON.stringify({ ...now, fromPeriod: "2016", fromRatio: "0.50" })}`);
    expect(found.inputs.map((i) => [i.period, i.refArea])).toEqual([
      ["2016", "Testtown"],
      ["2016", "Otherton"],
      ["2018", "Testtown"],
      ["2018", "Otherton"],
    ]);
  });

  it("shows one common period for what it is", () => {
    const found = compare([anObservation("2018", "70.5"), there("2018", "110"), anObservation("2016", "50")]);
    expect(found).toMatchObject({ verdict: "not comparable", signal: "cannot judge", method: "benchmark-gap" });
    expect(found.formula).toBe("70.5 / 110 = 0.64");
    expect(found.explanation).toBe(`benchmark.one-period ${JSON.stringify(now)}`);
    expect(found.inputs.map((i) => i.refArea)).toEqual(["Testtown", "Otherton"]);
  });

  it("gives the difference without its sign, in tenths where both have tenths", () => {
    expect(compare([anObservation("2018", "110.25"), there("2018", "70.5")]).explanation).toContain('"difference":"39.8 t"');
    const tens = [anObservation("2018", "700", { decimals: -1 }), there("2018", "500", { decimals: -2 })];
    expect(compare(tens).explanation).toContain('"difference":"200 t"');
  });

  it("says that the change lies within rounding: 50 of 100 may be 0.507, 51 of 101 may be 0.497", () => {
    const found = compare([anObservation("2016", "50"), there("2016", "100"), anObservation("2018", "51"), there("2018", "101")]);
    expect(found).toMatchObject({ verdict: "not comparable", signal: "cannot judge", method: "benchmark-gap" });
    expect(found.formula).toBe("50 / 100 = 0.50 → 51 / 101 = 0.50");
    expect(found.explanation).toMatch(/^benchmark\.within-rounding .*"fromPeriod":"2016","fromRatio":"0.50"/);
    expect(found.inputs).toHaveLength(4);
  });

  it("has no verdict for a metric of which neither way is better", () => {
    expect(compare([...then, anObservation("2018", "70.5"), there("2018", "110")], { direction: "none" })).toMatchObject({
      verdict: "not comparable",
      signal: "cannot judge",
      formula: "50.0 / 100 = 0.50 → 70.5 / 110 = 0.64",
    });
  });

  it("has no ratio where a value is not above zero", () => {
    const found = compare([anObservation("2016", "-5"), there("2016", "10"), anObservation("2018", "5"), there("2018", "10")]);
    expect(found).toMatchObject({ verdict: "not comparable", formula: "−5 / 10 = – → 5 / 10 = 0.50" });
  });

  it.each([
    ["rate", "%", "0.6%", "3.9%"],
    ["rank", "rank", "0.6 rank", "3.9 rank"],
  ])("never divides a %s, of one common period or of many: no ratio, and the reason", (shape, unit, homeValue, otherValue) => {
    const metric = { shape, unit: { id: unit } };
    const last = [anObservation("2018", "0.6", { unit }), there("2018", "3.9", { unit })];
    const many = [anObservation("2016", "0.2", { unit }), there("2016", "4.0", { unit }), ...last];
    for (const observations of [last, many]) {
      const found = compare(observations, metric);
      expect(found).toMatchObject({ verdict: "not comparable", signal: "cannot judge", method: "benchmark-gap" });
      expect(found.formula).toBe("method.benchmark-gap.formula {}");
      expect(found.explanation).toBe(`benchmark.no-ratio ${JSON.stringify({ ...names, period: "2018", homeValue, otherValue, shape })}`);
      expect(found.inputs.map((i) => [i.period, i.refArea])).toEqual([
        ["2018", "Testtown"],
        ["2018", "Otherton"],
      ]);
    }
  });

  it("finds no period common to both", () => {
    const found = compare([anObservation("2016", "50"), there("2017", "100")]);
    expect(found).toMatchObject({ verdict: "not comparable", signal: "cannot judge", method: "benchmark-gap", inputs: [] });
    expect(found.explanation).toBe(`benchmark.no-common-period ${JSON.stringify(names)}`);
    expect(found.formula).toBe("method.benchmark-gap.formula {}");
  });

  it("says with whom to compare when nobody chose by what, or by what is not on record", () => {
    for (const benchmark of [{}, { metric: "unheard_of" }]) {
      expect(compare(then, {}, benchmark)).toMatchObject({
        verdict: "no metric chosen",
        signal: "cannot judge",
        method: "benchmark-gap",
        explanation: 'benchmark.no-metric {"area":"Otherton"}',
      });
    }
  });

  it("says that not even a place was named", () => {
    const commitments = [aCommitment({ kind: "benchmark" })];
    expect(judge(aRegister({ commitments }), "2030-12-31")).toMatchObject({
      verdict: "no metric chosen",
      signal: "cannot judge",
      method: "benchmark-gap",
      explanation: "benchmark.no-place {}",
    });
  });
});

describe("the periods common to two places", () => {
  const definitions = [
    { id: "new", name: { en: "new" } },
    { id: "old", name: { en: "old" } },
  ];
  const common = (observations: Observation[]) => {
    const metric = aMetric({ definitions });
    const context = openContext(aRegister({ metrics: [metric], observations }), "2030-12-31", "en", showMessage);
    return commonPeriods(metric, "Otherton", context).map((p) => [p.period, p.home.best.value, p.other.best.value]);
  };
  const years = (...periods: string[]) => periods.map((period) => there(period, "9"));

  it("are those in which both have a figure under one definition", () => {
    const old = { definition: "old" };
    expect(common([anObservation("2016", "5"), anObservation("2017", "6"), there("2016", "9", old), there("2017", "9")])).toEqual([
      ["2017", 6, 9],
    ]);
  });

  it("lie on one side of a break, on which there are more of them", () => {
    const observations = [anObservation("2014", "4"), anObservation("2015", "5"), anObservation("2016", "6", { status: "B" })];
    expect(common([...observations, ...years("2014", "2015", "2016")]).map(([period]) => period)).toEqual(["2014", "2015"]);
    const more = [...observations, anObservation("2017", "7"), anObservation("2018", "8")];
    expect(common([...more, ...years("2014", "2015", "2016", "2017", "2018")]).map(([period]) => period)).toEqual(["2016", "2017", "2018"]);
  });

  it("lie on its later side where both sides have as many, even if one place has more on the other side", () => {
    const observations = [
      anObservation("2013", "3"),
      anObservation("2014", "4"),
      anObservation("2015", "5"),
      anObservation("2016", "6", { status: "B" }),
      anObservation("2017", "7"),
    ];
    expect(common([...observations, ...years("2014", "2015", "2016", "2017")]).map(([period]) => period)).toEqual(["2016", "2017"]);
    expect(common([...observations, ...years("2015", "2016")]).map(([period]) => period)).toEqual(["2016"]);
  });

  it("are none where no series of the one meets one of the other", () => {
    expect(common([anObservation("2014", "4"), anObservation("2015", "5", { status: "B" }), ...years("2016")])).toEqual([]);
    expect(common([anObservation("2014", "4")])).toEqual([]);
    expect(common(years("2014"))).toEqual([]);
  });
});
