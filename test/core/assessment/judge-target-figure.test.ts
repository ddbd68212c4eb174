import { describe, expect, it } from "vitest";
import type { Observation } from "../../../functions/core/observation.ts";
import { aCommitment, aMetric, anObservation, aRegister, judge } from "../../support/register-builder.ts";

const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };
const words = { metric: "Output", comparator: "above", limit: "100 t", period: "2017", definition: "", area: "Testtown" };

function aim(observations: readonly Observation[], parts: object = {}, { asOf = "2018-12-31", metric = {}, more = [] as object[] } = {}) {
  const commitments = [aCommitment({ target: { ...target, ...parts }, moreTargets: more })];
  return judge(aRegister({ metrics: [aMetric(metric)], commitments, observations: [...observations] }), asOf);
}

describe("a target whose period's figure is known", () => {
  it("is explained by what was wanted, where, and by the figure", () => {
    const found = aim([anObservation("2017", "106.0", { knownSince: "2018-01-20" })]);
    expect(found).toMatchObject({ verdict: "met", signal: "achieved", method: "threshold" });
    expect(found.formula).toBe('threshold.comparison {"published":"106.0","exact":"no","low":"105.95","high":"106.05","wanted":"> 100"}');
    const figure = { value: "106.0 t", status: "A", known: "20 January 2018", figurePeriod: "2017" };
    expect(found.explanation).toBe(`threshold.met ${JSON.stringify({ ...words, ...figure })}`);
  });

  it("is on the line, to be watched, where rounding leaves it open; a count does not", () => {
    expect(aim([anObservation("2017", "100")])).toMatchObject({ verdict: "on the line", signal: "watch" });
    const exact = aim([anObservation("2017", "100")], {}, { metric: { shape: "count" } });
    expect(exact).toMatchObject({ verdict: "missed", signal: "failed" });
    expect(exact.formula).toBe('threshold.comparison {"published":"100","exact":"yes","low":"99.5","high":"100.5","wanted":"> 100"}');
  });

  it("is sought in the area that the target names", () => {
    const observations = [anObservation("2017", "90"), anObservation("2017", "120", { refArea: "Otherton" })];
    expect(aim(observations).verdict).toBe("missed");
    const elsewhere = aim(observations, { refArea: "Otherton" });
    expect(elsewhere.verdict).toBe("met");
    expect(elsewhere.explanation).toContain('"area":"Otherton"');
  });
});

describe("a target without a period", () => {
  const untimed = { period: undefined };

  it("is judged by the figure whose period ends last, as what is over", () => {
    expect(aim([anObservation("2015", "90"), anObservation("2016", "120")], untimed)).toMatchObject({
      verdict: "met",
      inputs: [{ period: "2016" }],
    });
    // Ten months end after nine, though their id stands before.
    const months = [anObservation("2017-01-01/P10M", "120"), anObservation("2017-01-01/P9M", "90")];
    expect(aim(months, untimed)).toMatchObject({ verdict: "met", inputs: [{ period: "2017-01-01/P10M" }] });
  });

  it("has no data where no figure is known", () => {
    const found = aim([], untimed);
    expect(found).toMatchObject({ verdict: "no data", signal: "cannot judge" });
    expect(found.explanation).toBe(`threshold.no-data ${JSON.stringify({ ...words, period: "", asOf: "31 December 2018" })}`);
  });
});

describe("a target without a figure", () => {
  it("says on which day there was none, and whether the period was over", () => {
    const without = { verdict: "no data", signal: "cannot judge", method: "threshold", formula: "method.threshold.formula {}" };
    expect(aim([], {}, { asOf: "2018-01-31" })).toMatchObject({
      ...without,
      explanation: `threshold.no-data ${JSON.stringify({ ...words, asOf: "31 January 2018" })}`,
    });
    expect(aim([], {}, { asOf: "2017-12-30" })).toMatchObject({
      ...without,
      explanation: `threshold.no-data-yet ${JSON.stringify({ ...words, asOf: "30 December 2017" })}`,
    });
  });

  it("is not measured by the way to it once its period is over", () => {
    const observations = [anObservation("2017-01-01/P9M", "90"), anObservation("2015", "50"), anObservation("2016", "80")];
    expect(aim(observations)).toMatchObject({ verdict: "no data", method: "threshold" });
    expect(aim(observations, { period: undefined, due: "2017" })).toMatchObject({ verdict: "no data", method: "threshold" });
  });

  it("has no data when no target was written down, nor when its metric is not on record", () => {
    const none = { verdict: "no data", signal: "cannot judge", method: "threshold", explanation: "threshold.no-target {}" };
    expect(judge(aRegister({ commitments: [aCommitment({})] }), "2018-12-31")).toMatchObject(none);
    expect(aim([], { metric: "unheard_of" })).toMatchObject(none);
  });
});

describe("a target under one of several definitions", () => {
  const definitions = [
    { id: "new", name: { en: "new" } },
    { id: "old", name: { en: "old" } },
  ];
  const under = (observations: readonly Observation[]) => aim(observations, { definition: "old" }, { metric: { definitions } });

  it("names the definition under which the figure was published, the metric's first where none is said", () => {
    const words2017 = { ...words, definition: "old" };
    expect(under([anObservation("2017", "120", { definition: "new" })])).toMatchObject({
      verdict: "definition differs",
      signal: "cannot judge",
      method: "threshold",
      explanation: `threshold.definition-differs ${JSON.stringify({ ...words2017, published: "new" })}`,
      inputs: [{ value: 120 }],
    });
    expect(under([anObservation("2017", "120")]).explanation).toContain('"published":"new"');
  });

  it("is judged by the best figure under its own, and counts only such figures as superseded", () => {
    const observations = [
      anObservation("2017", "130", { definition: "new" }),
      anObservation("2017", "95", { definition: "old", status: "P" }),
      anObservation("2017", "104", { definition: "old", status: "E" }),
    ];
    const found = under(observations);
    expect(found.verdict).toBe("missed");
    expect(found.inputs.map((i) => [i.value, i.role])).toEqual([
      [95, "decides"],
      [104, "superseded"],
    ]);
  });
});

describe("a sentence with several targets", () => {
  const figures = [anObservation("2015", "90"), anObservation("2016", "100"), anObservation("2017", "120")];

  it("is explained by the worst, and rests on the figures of all, its own first", () => {
    const found = aim(
      figures,
      {},
      {
        more: [
          { ...target, period: "2015" },
          { ...target, period: "2016" },
        ],
      },
    );
    expect(found).toMatchObject({ verdict: "missed", signal: "failed", method: "threshold" });
    expect(found.inputs.map((i) => i.period)).toEqual(["2015", "2016", "2017"]);
    const figure = { value: "90 t", status: "A", known: "15 January 2016", figurePeriod: "2015" };
    const sentence = `threshold.missed ${JSON.stringify({ ...words, period: "2015", ...figure })}`;
    expect(found.explanation).toBe(`threshold.worst-of ${JSON.stringify({ sentence, count: 3 })}`);
  });

  it("is worse on the line than met, worse without data than met, and worse missed than without data", () => {
    const also = (period: string) => aim(figures, {}, { more: [{ ...target, period }] });
    expect(also("2016")).toMatchObject({ verdict: "on the line", inputs: [{ period: "2016" }, { period: "2017" }] });
    expect(also("2014")).toMatchObject({ verdict: "no data", inputs: [{ period: "2017" }] });
    const missed = aim(figures, { period: "2014" }, { more: [{ ...target, period: "2015" }] });
    expect(missed).toMatchObject({ verdict: "missed", inputs: [{ period: "2015" }] });
  });

  it("has no figures where none of them has", () => {
    expect(aim([], {}, { more: [{ ...target, period: "2016" }] })).toMatchObject({ verdict: "no data", inputs: [] });
  });
});
