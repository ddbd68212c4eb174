import { describe, expect, it } from "vitest";
import type { Observation } from "../../../functions/core/observation.ts";
import { aCommitment, aMetric, anObservation, aRegister, judge } from "../../support/register-builder.ts";

/** The speech is of 2017-11-17. */
const target = { metric: "output", comparator: ">=", value: 150, unit: "t", period: "2018" };

/** One figure a month, known on the 20th of the month after. @param values January first */
function months(year: number, values: readonly (number | string)[], parts: object = {}): Observation[] {
  return values.map((value, i) => {
    const next = i === 11 ? `${year + 1}-01` : `${year}-${String(i + 2).padStart(2, "0")}`;
    return anObservation(`${year}-${String(i + 1).padStart(2, "0")}`, String(value), { knownSince: `${next}-20`, ...parts });
  });
}

describe("the seasonal run-rate, named by a target for a year", () => {
  // A quarter of the year's output comes in January to June, three quarters from July on.
  const usual = [5, 5, 5, 5, 5, 5, 15, 15, 15, 15, 15, 15];
  const history = [2015, 2016, 2017].flatMap((year) => months(year, usual));
  const halfYear = (
    values: readonly (number | string)[],
    more: readonly Observation[] = history,
    parts: object = {},
    asOf = "2018-07-31",
  ) => {
    const commitments = [aCommitment({ target: { ...target, ...parts }, method: "run-rate" })];
    return judge(aRegister({ commitments, observations: [...more, ...months(2018, values)] }), asOf);
  };

  it("adds the months up and holds their share against the share usual by this date", () => {
    // 6 · 6.5 = 39 of 150 is 26 %; 30 of 120 is 25 %.
    const found = halfYear([6.5, 6.5, 6.5, 6.5, 6.5, 6.5]);
    expect(found).toMatchObject({
      method: "run-rate",
      verdict: "on track",
      signal: "on track",
      formula: '39.0 / 150 − 25.0% = amount.points {"digits":"1.0","one":"no"}',
    });
    expect(found.explanation).toContain("outcome.run-rate.gap");
    // 36 of 150 is 24 %, 30 is 20 %, 24 is 16 %.
    expect(halfYear(Array(6).fill("6.0"))).toMatchObject({ verdict: "at risk", signal: "watch" });
    expect(halfYear(Array(6).fill("5.0"))).toMatchObject({ verdict: "at risk", signal: "watch" });
    expect(halfYear(Array(6).fill("4.0"))).toMatchObject({ verdict: "off track", signal: "off track" });
    // By the calendar half of the year has gone, and the best of these is far behind.
    const plain = [aCommitment({ target, method: "time-proportional" })];
    const soFar = anObservation("2018-S1", "39", { knownSince: "2018-07-20" });
    expect(judge(aRegister({ commitments: plain, observations: [soFar] }), "2018-07-31").signal).toBe("watch");
  });

  it("shows every figure that it rests on", () => {
    // Six months of this year, and the twelve of each of three.
    expect(halfYear([6.5, 6.5, 6.5, 6.5, 6.5, 6.5]).inputs.filter((i) => i.role === "decides")).toHaveLength(6 + 3 * 12);
  });

  it("reads totals to date and whole years as well as months", () => {
    const cumulative = [2015, 2016, 2017].flatMap((year) => [
      anObservation(`${year}-01-01/P6M`, "30", { knownSince: `${year}-07-20` }),
      anObservation(String(year), "120"),
    ]);
    const now = [anObservation("2018-Q1", "19.5", { knownSince: "2018-04-20" }), ...months(2018, [6, 6, 6, 6.5, 6.5, 6.5])];
    const commitments = [aCommitment({ target, method: "run-rate" })];
    const found = judge(aRegister({ commitments, observations: [...cumulative, ...now] }), "2018-07-31");
    expect(found).toMatchObject({ verdict: "on track", formula: '39.0 / 150 − 25.0% = amount.points {"digits":"1.0","one":"no"}' });
  });

  it("is on the line when the rounding of what was added up could flip it", () => {
    // 37.5 ± 0.3 of 150: from 24.8 to 25.2 %, against 25 %.
    expect(halfYear(["6.2", "6.2", "6.2", "6.3", "6.3", "6.3"])).toMatchObject({ verdict: "on the line", signal: "watch" });
  });

  it("goes as far as the months are known without a gap", () => {
    expect(halfYear([6.5, 6.5, 6.5, 6.5, 6.5, 6.5], history, {}, "2018-07-19")).toMatchObject({
      formula: '32.5 / 150 − 20.8% = amount.points {"digits":"0.8","one":"no"}',
    });
  });

  it("says why it cannot judge: too few years, a break, no figure of this year", () => {
    const values = [6.5, 6.5, 6.5, 6.5, 6.5, 6.5];
    const few = halfYear(values, history.slice(12));
    expect(few).toMatchObject({ verdict: "cannot judge", signal: "cannot judge", method: "run-rate" });
    expect(few.explanation).toContain("outcome.cannot-judge.few-years");
    const broken = [...history.slice(0, 24), ...months(2017, usual, { status: "B" })];
    expect(halfYear(values, broken).explanation).toContain("outcome.cannot-judge.few-years");
    expect(halfYear([])).toMatchObject({ verdict: "no data", signal: "cannot judge" });
  });

  it("turns round for a ceiling, whichever way of the metric is better", () => {
    const ceiling = { comparator: "<=" };
    expect(halfYear(Array(6).fill("6.0"), history, ceiling)).toMatchObject({ verdict: "on track", signal: "on track" });
    expect(halfYear(Array(6).fill("30.0"), history, ceiling)).toMatchObject({ verdict: "off track", signal: "failed" });
  });

  it("leaves the last word to the figure of the whole period", () => {
    const observations = [...history, anObservation("2018", "149")];
    const commitments = [aCommitment({ target, method: "run-rate" })];
    expect(judge(aRegister({ commitments, observations }), "2019-01-31")).toMatchObject({ method: "threshold", verdict: "missed" });
  });
});

describe("a target to be kept every year", () => {
  const kept = (values: Record<string, string>, parts: object = {}, asOf = "2021-06-30") => {
    const { period: _period, ...open } = target;
    const commitments = [aCommitment({ target: { ...open, ...parts }, method: "maintain" })];
    const observations = Object.entries(values).map(([period, value]) => anObservation(period, value));
    return judge(aRegister({ commitments, observations }), asOf);
  };

  it("without an end is on track while every year since the speech holds it, and at risk once one did not", () => {
    expect(kept({ "2016": "140", "2017": "151", "2018": "152" })).toMatchObject({ method: "maintain", verdict: "on track" });
    expect(kept({ "2017": "151", "2018": "140", "2019": "155" })).toMatchObject({ verdict: "at risk", signal: "watch" });
    expect(kept({ "2017": "160", "2018": "155" })).toMatchObject({ verdict: "at risk", signal: "watch" });
    expect(kept({ "2017": "151", "2018": "140" })).toMatchObject({ verdict: "off track", signal: "off track" });
    expect(kept({ "2017": "152", "2018": "150" })).toMatchObject({ verdict: "on the line", signal: "watch" });
  });

  it("with an end is met by its last year only when every year before was", () => {
    const until = { due: "2019" };
    expect(kept({ "2017": "151", "2018": "152", "2019": "153" }, until)).toMatchObject({ verdict: "met", signal: "achieved" });
    expect(kept({ "2017": "155", "2018": "154", "2019": "153" }, until)).toMatchObject({ verdict: "met", signal: "achieved" });
    expect(kept({ "2017": "151", "2018": "140", "2019": "153" }, until)).toMatchObject({ verdict: "missed", signal: "failed" });
    expect(kept({ "2017": "151", "2018": "152", "2019": "150" }, until)).toMatchObject({ verdict: "on the line", signal: "watch" });
    expect(kept({ "2017": "151", "2018": "152", "2019": "153", "2020": "9" }, until)).toMatchObject({ verdict: "met" });
    expect(kept({ "2017": "151", "2018": "152" }, until)).toMatchObject({ verdict: "no data", signal: "cannot judge" });
    expect(kept({ "2017": "151", "2018": "152" }, until, "2019-06-30")).toMatchObject({ verdict: "on track", signal: "on track" });
  });

  it("rests on every year since the speech", () => {
    expect(kept({ "2016": "140", "2017": "151", "2018": "152", "2019": "153" }).inputs.map((i) => i.period)).toEqual([
      "2017",
      "2018",
      "2019",
    ]);
  });

  it("has no data without a figure", () => {
    expect(kept({})).toMatchObject({ verdict: "no data", signal: "cannot judge" });
  });
});

describe("a method that is named", () => {
  const figures = (values: Record<string, string>) => Object.entries(values).map(([period, value]) => anObservation(period, value));
  const named = (method: string, observations: readonly Observation[], parts: object = {}, metric: object = {}) =>
    judge(
      aRegister({
        metrics: [aMetric(metric)],
        commitments: [aCommitment({ target: { ...target, period: "2020", ...parts }, method })],
        observations: [...observations],
      }),
      "2019-06-30",
    );

  it("measures the way to the figure of a period as it does to a due date", () => {
    // From 100 to 150 in four years: 10.67 % a year; from 100 to 130 in two: 14.0 %.
    const observations = figures({ "2016": "100", "2018": "130" });
    for (const method of ["cagr-ratio", "projection", "time-proportional"]) {
      expect(named(method, observations)).toMatchObject({ method, verdict: "on track" });
    }
    const five = figures({ "2013": "100", "2014": "104", "2015": "108", "2016": "112", "2017": "116", "2018": "120" });
    // 4 a year: 128 in 2020, 22 of the 30 that are left would be missed.
    expect(named("weather", five)).toMatchObject({ method: "weather", verdict: "off track" });
  });

  it("is not passed over for the total so far", () => {
    const observations = [
      ...figures({ "2016": "100", "2018": "130" }),
      anObservation("2020-Q1", "1", { knownSince: "2019-05-01", status: "E" }),
    ];
    const commitments = (method: string) => [aCommitment({ target: { ...target, period: "2020" }, method })];
    const at = (method: string) => judge(aRegister({ commitments: commitments(method), observations }), "2020-06-30");
    expect(at("cagr-ratio").method).toBe("cagr-ratio");
    // 1 of 150 with a quarter of the year gone.
    expect(at("time-proportional")).toMatchObject({ method: "time-proportional", verdict: "at risk" });
    // A threshold knows no way: the figure of the period decides, and there is none.
    expect(at("threshold")).toMatchObject({ method: "threshold", verdict: "no data" });
  });

  it("goes by the target where neither way of the metric is better", () => {
    const observations = figures({ "2016": "200", "2018": "170" });
    expect(named("cagr-ratio", observations, { comparator: "<=" }, { direction: "none" })).toMatchObject({ verdict: "on track" });
  });

  it("gives no direction where neither way of the proxy is better", () => {
    const commitments = [aCommitment({ kind: "directional-commitment", proxy: { metric: "output" }, method: "trend" })];
    const register = aRegister({
      metrics: [aMetric({ direction: "none" })],
      commitments,
      observations: figures({ "2016": "100", "2018": "130" }),
    });
    expect(judge(register, "2019-06-30")).toMatchObject({ verdict: "cannot judge", signal: "cannot judge" });
  });

  it("is measured on the series that reaches furthest, however long the one before a break", () => {
    const old = figures({ "2012": "90", "2013": "100", "2014": "110", "2015": "120" });
    const since = [anObservation("2016", "100", { status: "B" }), anObservation("2018", "90")];
    expect(named("cagr-ratio", [...old, ...since])).toMatchObject({ verdict: "off track" });
    expect(named("cagr-ratio", [...old, ...since]).inputs.map((i) => i.period)).toEqual(["2016", "2018"]);
    const commitments = [aCommitment({ kind: "directional-commitment", proxy: { metric: "output" }, method: "trend" })];
    expect(judge(aRegister({ commitments, observations: [...old, ...since] }), "2019-06-30").verdict).toBe("worsening");
  });

  it.each([
    ["benchmark", "benchmark-gap", "no metric chosen"],
    ["programme-or-mechanism", "evidence-stage", "no evidence"],
  ])("may be the only one that a %s has", (kind, method, verdict) => {
    expect(judge(aRegister({ commitments: [aCommitment({ kind, method })] }), "2019-06-30")).toMatchObject({ method, verdict });
  });
});
