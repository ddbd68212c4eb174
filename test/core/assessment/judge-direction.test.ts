import { describe, expect, it } from "vitest";
import type { Observation } from "../../../functions/core/observation.ts";
import { aCommitment, aMetric, anEvidence, anObservation, aRegister, judge } from "../../support/register-builder.ts";

/** The speech is of 17 November 2017. */
function direct(observations: readonly Observation[], parts: object = {}, metric: object = {}) {
  const proxy = { metric: "output" };
  const commitments = [aCommitment({ kind: "directional-commitment", proxy, programmes: ["works"], ...parts })];
  const evidence = [anEvidence("2017-12-01", "announced")];
  return judge(aRegister({ metrics: [aMetric(metric)], commitments, observations: [...observations], evidence }), "2030-12-31");
}

/** The periods that decide or, where nothing can, are shown. */
function shown(...periods: string[]): string[] {
  return direct(periods.map((period, i) => anObservation(period, String(100 + 10 * i)))).inputs.map((i) => i.period);
}

const words = { metric: "Output", spoken: "17 November 2017" };

describe("a direction", () => {
  it("is explained by the figure from before the speech and the latest, with statements beside them", () => {
    const found = direct([anObservation("2016", "44.40"), anObservation("2018", "39.2", { knownSince: "2019-01-20" })]);
    expect(found).toMatchObject({ verdict: "worsening", signal: "off track", method: "direction", evidence: [{ stage: "announced" }] });
    expect(found.formula).toBe("44.40 → 39.2 t");
    const later = { value: "39.2 t", status: "A", known: "20 January 2019", figurePeriod: "2018" };
    expect(found.explanation).toBe(`direction.worsening ${JSON.stringify({ ...words, from: "44.40 t", fromPeriod: "2016", ...later })}`);
    expect(found.inputs.map((i) => i.period)).toEqual(["2016", "2018"]);
  });

  it("goes from the last period that had ended by the day of the speech to the latest", () => {
    expect(shown("2015", "2016", "2017", "2018", "2019")).toEqual(["2016", "2019"]);
    // A day's figure: that of the day of the speech is from before it, the next day's is not.
    expect(shown("2017-11-17", "2017-11-18")).toEqual(["2017-11-17", "2017-11-18"]);
    expect(shown("2017-11-16", "2017-11-17")).toEqual(["2017-11-17"]);
  });

  it("begins with the first figure since the speech where none is older", () => {
    expect(shown("2017", "2018", "2019")).toEqual(["2017", "2019"]);
  });

  it("needs two periods: one alone is shown, whether from before the speech or since", () => {
    for (const period of ["2016", "2018"]) {
      expect(direct([anObservation(period, "100")])).toMatchObject({
        verdict: "one period only",
        signal: "cannot judge",
        method: "direction",
        formula: "method.direction.formula {}",
        explanation: `direction.one-period ${JSON.stringify(words)}`,
        inputs: [{ period }],
        evidence: [{ stage: "announced" }],
      });
    }
  });

  it("needs one that ended after the speech: of several before it the last is shown", () => {
    expect(direct([anObservation("2015", "90"), anObservation("2016", "100")])).toMatchObject({
      verdict: "one period only",
      inputs: [{ period: "2016" }],
    });
  });

  it("of years and half-years is that of the pair which reaches furthest", () => {
    expect(shown("2015", "2016", "2018", "2016-S1", "2019-S1")).toEqual(["2016-S1", "2019-S1"]);
    expect(shown("2016-S1", "2018-S1", "2016-S2", "2015", "2018")).toEqual(["2015", "2018"]);
    // What does not reach beyond the speech is no pair, be it ever so long.
    expect(shown("2013", "2014", "2015", "2016", "2016-S1", "2018-S1")).toEqual(["2016-S1", "2018-S1"]);
  });

  it("of two pairs that reach equally far is that of the longer series", () => {
    expect(shown("2015", "2016", "2018", "2016-S2", "2018-S2")).toEqual(["2016", "2018"]);
    expect(shown("2016", "2018", "2016-S1", "2016-S2", "2018-S2")).toEqual(["2016-S2", "2018-S2"]);
  });

  it("has no name for a metric of which neither way is better", () => {
    expect(direct([anObservation("2016", "100"), anObservation("2018", "120")], {}, { direction: "none" })).toMatchObject({
      verdict: "cannot judge",
      signal: "cannot judge",
      method: "direction",
      explanation: `direction.no-direction ${JSON.stringify({ ...words, from: "100 t", fromPeriod: "2016" })}`,
      inputs: [{ period: "2016" }, { period: "2018" }],
    });
  });

  it("is without data, or without a proxy, or has one that is not on record", () => {
    const without = { signal: "cannot judge", method: "direction", inputs: [], evidence: [{ stage: "announced" }] };
    expect(direct([])).toMatchObject({ ...without, verdict: "no data", explanation: `direction.no-figure ${JSON.stringify(words)}` });
    for (const proxy of [undefined, { metric: "unheard_of" }]) {
      expect(direct([], { proxy })).toMatchObject({ ...without, verdict: "no proxy", explanation: "direction.no-proxy {}" });
    }
  });

  it("is that of the area which the proxy names", () => {
    const elsewhere = ["2016", "2018"].map((period, i) => anObservation(period, String(200 - 50 * i), { refArea: "Otherton" }));
    const observations = [anObservation("2016", "100"), anObservation("2018", "120"), ...elsewhere];
    expect(direct(observations).verdict).toBe("improving");
    expect(direct(observations, { proxy: { metric: "output", refArea: "Otherton" } }).verdict).toBe("worsening");
  });
});

describe("a direction by its trend", () => {
  // Over five years +30 % is 5.4 % a year, +5 % is 0.98 %, +1 % is 0.2 %: from 1.5 % on it is on track, from 0 on it is slow, below that it falls.
  const trended = (from: string, to: string, metric: object = {}) =>
    direct([anObservation("2013", from), anObservation("2018", to)], { method: "trend" }, metric);

  it("is never done, but improves, stays or worsens", () => {
    expect(trended("100.0", "130.0")).toMatchObject({ verdict: "improving", method: "trend", evidence: [{ stage: "announced" }] });
    expect(trended("100.0", "70.0")).toMatchObject({ verdict: "worsening", method: "trend" });
    for (const slow of ["105.0", "101.0"]) {
      expect(trended("100.0", slow)).toMatchObject({ verdict: "flat", signal: "watch", method: "trend" });
    }
  });

  it("cannot be judged without two figures", () => {
    expect(direct([anObservation("2018", "100")], { method: "trend" })).toMatchObject({ verdict: "cannot judge", signal: "cannot judge" });
    expect(direct([], { method: "trend" })).toMatchObject({ verdict: "cannot judge", signal: "cannot judge", inputs: [] });
  });

  it("rests on the figures around the speech", () => {
    const observations = ["2013", "2016", "2018"].map((period, i) => anObservation(period, String(100 + 30 * i)));
    expect(direct(observations, { method: "trend" }).inputs.map((i) => i.period)).toEqual(["2016", "2018"]);
  });
});
