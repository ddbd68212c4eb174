import { describe, expect, it } from "vitest";
import type { Observation } from "../../../functions/core/observation.ts";
import { aCommitment, aMetric, anObservation, aRegister, judge } from "../../support/register-builder.ts";

const base = { metric: "output", comparator: ">=", value: 120, unit: "t" };
const words = { metric: "Output", comparator: "at_least", limit: "120 t", period: "2017", definition: "", area: "Testtown" };

function aim(
  observations: readonly Observation[],
  parts: { target?: object; method?: string },
  { asOf = "2017-11-30", metric = {} as object } = {},
) {
  const { target, ...rest } = parts;
  const commitments = [aCommitment({ ...rest, target: { ...base, ...target } })];
  return judge(aRegister({ metrics: [aMetric(metric)], commitments, observations: [...observations] }), asOf);
}

describe("an amount that adds up over the year", () => {
  /** The first months of 2017, known in November. */
  const so = (period: string, value: string, parts: object = {}) => anObservation(period, value, { knownSince: "2017-11-20", ...parts });
  const year = (observations: readonly Observation[], metric: object = {}, target: object = {}) =>
    aim(observations, { target: { period: "2017", ...target } }, { metric });

  it("is explained by how much is done and how much of the year has gone: 90 of 120 in 273 of 365 days", () => {
    const found = year([so("2017-01-01/P9M", "90")]);
    expect(found).toMatchObject({ verdict: "on track", signal: "on track", method: "time-proportional", inputs: [{ value: 90 }] });
    expect(found.formula).toBe('90 / 120 − 75% = amount.points {"digits":"0","one":"no"}');
    const figure = { value: "90 t", status: "A", known: "20 November 2017", figurePeriod: "January–September 2017" };
    expect(found.explanation).toBe(`time-proportional.so-far ${JSON.stringify({ ...words, ...figure, done: "75", elapsed: "75" })}`);
  });

  it.each([
    ["102", "on track", "ahead"],
    ["90", "on track", "on track"],
    ["89", "at risk", "watch"],
    ["60", "at risk", "watch"],
    ["53", "off track", "off track"],
  ])("with %s by September is %s", (value, verdict, signal) => {
    // 85, 75, 74.2, 50 and 44.2 per cent, where 74.8 % of the days have gone: +10.2, +0.2, −0.6, −24.8, −30.6 points.
    expect(year([so("2017-01-01/P9M", value)])).toMatchObject({ verdict, signal });
  });

  it("is judged by the longest stretch from the year's first day that is over, in whatever order their ids stand", () => {
    const observations = [so("2017-01-01/P9M", "30"), so("2017-01-01/P10M", "100"), so("2017-S1", "10"), so("2017-Q1", "5")];
    expect(year(observations)).toMatchObject({ inputs: [{ period: "2017-01-01/P10M" }] });
    expect(year(observations.filter((o) => !o.period.includes("P10M")))).toMatchObject({ inputs: [{ period: "2017-01-01/P9M" }] });
  });

  it("is not judged by a stretch that is not over on the day, nor by one that begins later", () => {
    const found = year([so("2017-01-01/P9M", "90"), so("2017-01-01/P11M", "20", { status: "E" }), so("2017-Q3", "1")]);
    // 30 November is the last day of eleven months.
    expect(found.inputs.map((i) => i.period)).toEqual(["2017-01-01/P11M"]);
    const before = aim(
      [so("2017-01-01/P9M", "90"), so("2017-01-01/P11M", "20", { status: "E" })],
      { target: { period: "2017" } },
      {
        asOf: "2017-11-29",
      },
    );
    expect(before.inputs.map((i) => i.period)).toEqual(["2017-01-01/P9M"]);
    expect(year([so("2017-Q3", "100")])).toMatchObject({ verdict: "no data", inputs: [] });
  });

  it("may be a count; a share, a rate and a rank do not add up", () => {
    expect(year([so("2017-01-01/P9M", "90")], { shape: "count" }).method).toBe("time-proportional");
    for (const shape of ["share", "rate", "rank"]) {
      expect(year([so("2017-01-01/P9M", "90")], { shape })).toMatchObject({ verdict: "no data", method: "threshold" });
    }
  });

  it("is only measured so where at least so much is wanted", () => {
    expect(year([so("2017-01-01/P9M", "90")], {}, { comparator: ">" }).method).toBe("time-proportional");
    for (const comparator of ["<", "<=", "="]) {
      expect(year([so("2017-01-01/P9M", "90")], {}, { comparator })).toMatchObject({ verdict: "no data", method: "threshold" });
    }
  });

  it("needs a target above zero, and a figure under the target's definition", () => {
    expect(year([so("2017-01-01/P9M", "90")], {}, { value: 0 })).toMatchObject({ verdict: "no data", method: "threshold" });
    const definitions = ["new", "old"].map((id) => ({ id, name: { en: id } }));
    const observations = [so("2017-01-01/P9M", "90", { definition: "old" }), so("2017-01-01/P10M", "20", { definition: "new" })];
    expect(year(observations, { definitions }, { definition: "old" }).inputs).toMatchObject([{ period: "2017-01-01/P9M" }]);
  });

  it("comes before the way to a due date", () => {
    const observations = [anObservation("2015", "50"), anObservation("2016", "60"), so("2017-01-01/P9M", "90")];
    expect(aim(observations, { target: { due: "2017" } })).toMatchObject({ method: "time-proportional", inputs: [{ value: 90 }] });
  });
});

describe("a level with a due date", () => {
  const by2020 = { value: 200, due: "2020" };
  const way = (values: Record<string, string>, parts: { target?: object; method?: string } = {}, metric: object = {}) => {
    const observations = Object.entries(values).map(([period, value]) => anObservation(period, value));
    const given = { method: "time-proportional", ...parts, target: { ...by2020, ...parts.target } };
    return aim(observations, given, { asOf: "2019-06-30", metric });
  };

  it("is explained by the last figure before the speech and the latest, by the way and the time between", () => {
    // From 31 December 2016, both days counted, 731 of 1462 days have gone.
    const found = way({ "2015": "80", "2016": "100", "2017": "120", "2018": "140.5" });
    expect(found).toMatchObject({ verdict: "at risk", signal: "watch", method: "time-proportional" });
    expect(found.formula).toBe('(140.5 − 100) / (200 − 100) − 50% = amount.points {"digits":"−10","one":"no"}');
    expect(found.inputs.map((i) => i.period)).toEqual(["2016", "2018"]);
    const figures = { from: "100 t", fromPeriod: "2016", value: "140.5 t", status: "A", known: "15 January 2019", figurePeriod: "2018" };
    const expected = { ...words, limit: "200 t", period: "2020", ...figures, done: "41", elapsed: "50" };
    expect(found.explanation).toBe(`time-proportional.course ${JSON.stringify(expected)}`);
  });

  it("goes from the first figure where none is older than the speech", () => {
    expect(way({ "2017": "100", "2018": "140" }).inputs.map((i) => i.period)).toEqual(["2017", "2018"]);
  });

  it("is measured downwards where less is wanted", () => {
    const less = { target: { comparator: "<=", value: 50 } };
    expect(way({ "2016": "100", "2018": "70" }, less, { direction: "decrease" })).toMatchObject({
      verdict: "on track",
      formula: '(70 − 100) / (50 − 100) − 50% = amount.points {"digits":"10","one":"no"}',
    });
    expect(way({ "2016": "100", "2018": "110" }, less, { direction: "decrease" })).toMatchObject({ verdict: "off track" });
  });

  it("has no way where it began at the target, nor where no figure is younger than the speech", () => {
    expect(way({ "2016": "200", "2018": "190" })).toMatchObject({ verdict: "no data", method: "threshold" });
    expect(way({ "2015": "90", "2016": "100" })).toMatchObject({ verdict: "no data", method: "threshold" });
  });

  it("is compared over periods as long as the due one", () => {
    expect(way({ "2016-S1": "100", "2018-S1": "150" })).toMatchObject({ verdict: "no data" });
    expect(way({ "2016-S1": "100", "2018-S1": "150" }, { target: { due: "2020-S1" } })).toMatchObject({ verdict: "on track" });
  });

  it("has no data with one figure, whatever method is named", () => {
    for (const method of ["time-proportional", "projection", "cagr-ratio"]) {
      expect(way({ "2018": "150" }, { method })).toMatchObject({ verdict: "no data", method: "threshold" });
    }
  });

  it("is measured by the way covered where the method named is that of another kind", () => {
    expect(way({ "2016": "100", "2018": "151" }, { method: "direction" })).toMatchObject({ method: "time-proportional" });
  });

  it("keeps to a method that it names, even where that cannot judge; the default gives way", () => {
    const rate = { shape: "rate" };
    expect(way({ "2016": "100", "2018": "151" }, { method: "cagr-ratio" }, rate)).toMatchObject({
      verdict: "cannot judge",
      signal: "cannot judge",
      method: "cagr-ratio",
    });
    const unnamed = aCommitment({ target: { ...base, ...by2020 } });
    const register = aRegister({
      metrics: [aMetric(rate)],
      commitments: [unnamed],
      observations: [anObservation("2016", "100"), anObservation("2018", "151")],
    });
    expect(judge(register, "2019-06-30")).toMatchObject({ verdict: "on track", method: "time-proportional" });
  });

  it("is on track, not met, where a method finds the target reached before its time", () => {
    expect(way({ "2016": "100", "2018": "210" }, { method: "cagr-ratio" })).toMatchObject({ verdict: "on track", signal: "achieved" });
  });

  it("has a period or a due date: without a due date there is no way to measure", () => {
    const observations = [anObservation("2016", "100"), anObservation("2018", "151")];
    expect(aim(observations, { target: { value: 200, period: "2020" } }, { asOf: "2019-06-30" })).toMatchObject({ verdict: "no data" });
  });
});
