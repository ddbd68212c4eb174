import { describe, expect, it } from "vitest";
import type { Observation } from "../../../functions/core/observation.ts";
import { aCommitment, aMetric, anEvidence, anObservation, aRegister, judge } from "../../support/register-builder.ts";

const asOf = "2019-12-31";
const target = { metric: "output", comparator: "<", value: 3000, unit: "t" };
const words = { metric: "Output", comparator: "below", limit: "3,000 t", period: "", definition: "" };

/** The speech is of 17 November 2017. */
function check(observations: readonly Observation[], parts: object = {}, metric: object = {}) {
  const commitments = [aCommitment({ kind: "baseline-fact", target: { ...target, ...parts } })];
  return judge(aRegister({ metrics: [aMetric(metric)], commitments, observations: [...observations] }), asOf);
}

/** The periods that were found to decide. */
function decidedBy(...periods: string[]): string[] {
  return check(periods.map((period) => anObservation(period, "2950"))).inputs.map((i) => i.period);
}

describe("a fact that is checked by a figure", () => {
  it("is verified in words that give the claim and the figure", () => {
    const found = check([anObservation("2017", "2950", { knownSince: "2018-01-20" })]);
    expect(found).toMatchObject({ verdict: "verified", signal: "not scored", method: "fact-check" });
    expect(found.formula).toBe(
      'threshold.comparison {"published":"2,950","exact":"no","low":"2,949.5","high":"2,950.5","wanted":"< 3,000"}',
    );
    const figure = { value: "2,950 t", status: "A", known: "20 January 2018", figurePeriod: "2017" };
    expect(found.explanation).toBe(`fact.figure-agrees ${JSON.stringify({ ...words, ...figure })}`);
  });

  it("differs in words that give both as well", () => {
    const found = check([anObservation("2017", "3200", { knownSince: "2018-01-20" })]);
    expect(found).toMatchObject({ verdict: "differs", signal: "watch", method: "fact-check" });
    expect(found.formula).toBe(
      'threshold.comparison {"published":"3,200","exact":"no","low":"3,199.5","high":"3,200.5","wanted":"< 3,000"}',
    );
    const figure = { value: "3,200 t", status: "A", known: "20 January 2018", figurePeriod: "2017" };
    expect(found.explanation).toBe(`fact.figure-differs ${JSON.stringify({ ...words, ...figure })}`);
    expect(found.inputs).toHaveLength(1);
  });

  it("is not contradicted by what rounding leaves open: 3000 may be 2999.6", () => {
    expect(check([anObservation("2017", "3000")]).verdict).toBe("verified");
    expect(check([anObservation("2017", "3001")]).verdict).toBe("differs");
  });

  it("is contradicted by a count that stands at the limit, for a count is exact", () => {
    expect(check([anObservation("2017", "3000")], {}, { shape: "count" })).toMatchObject({
      verdict: "differs",
      formula: 'threshold.comparison {"published":"3,000","exact":"yes","low":"2,999.5","high":"3,000.5","wanted":"< 3,000"}',
    });
  });

  it("looks in the year before and the year after the speech, to the day", () => {
    expect(decidedBy("2016-11-17")).toEqual(["2016-11-17"]);
    expect(decidedBy("2016-11-16")).toEqual([]);
    expect(decidedBy("2018-11-17")).toEqual(["2018-11-17"]);
    expect(decidedBy("2018-11-18")).toEqual([]);
    expect(decidedBy("2016")).toEqual(["2016"]);
    expect(decidedBy("2015")).toEqual([]);
  });

  it("takes the period that holds the day of the speech before any other, however near", () => {
    expect(decidedBy("2016", "2017", "2018")).toEqual(["2017"]);
    // December begins 14 days after the speech, the year ends 44 days after it; the year, and the half-year, hold its day.
    expect(decidedBy("2017", "2017-12")).toEqual(["2017"]);
    expect(decidedBy("2017-12", "2017-S2")).toEqual(["2017-S2"]);
  });

  it("takes of other periods the one whose nearer end is nearest", () => {
    // 2018 begins 45 days after the speech, the first half of 2017 ends 140 days before it, the second of 2018 begins 226 days after it.
    expect(decidedBy("2017-S1", "2018")).toEqual(["2018"]);
    expect(decidedBy("2017-S1", "2018-S2")).toEqual(["2017-S1"]);
  });

  it("takes the very period that the claim names, and no other", () => {
    const observations = [anObservation("2016", "2950"), anObservation("2017", "3200")];
    expect(check(observations, { period: "2016" })).toMatchObject({ verdict: "verified", inputs: [{ period: "2016" }] });
    expect(check(observations, { period: "2015" }).verdict).toBe("cannot be verified");
    // It may lie further back than a year.
    expect(check([anObservation("2012", "3200")], { period: "2012" }).verdict).toBe("differs");
  });

  it("looks at home, or in the area that the claim names", () => {
    const observations = [anObservation("2017", "2950"), anObservation("2017", "3200", { refArea: "Otherton" })];
    expect(check(observations).verdict).toBe("verified");
    expect(check(observations, { refArea: "Otherton" }).verdict).toBe("differs");
  });

  it("cannot be verified by a metric that is not on record", () => {
    const metric = "unheard_of";
    expect(check([anObservation("2017", "2950", { metric })], { metric })).toMatchObject({ verdict: "cannot be verified", inputs: [] });
  });
});

describe("a fact that is checked by statements", () => {
  const checkBy = (evidence: ReturnType<typeof anEvidence>[], parts: object = {}, observations: Observation[] = []) =>
    judge(
      aRegister({ commitments: [aCommitment({ kind: "baseline-fact", programmes: ["works"], ...parts })], evidence, observations }),
      asOf,
    );

  it.each(["confirms", "listed", "done", "issued", "running", "has output"])("is verified by one that says: %s", (stage) => {
    expect(checkBy([anEvidence("2017-12-01", stage)])).toMatchObject({
      verdict: "verified",
      signal: "not scored",
      method: "fact-check",
      explanation: `fact.confirmed {"statement":"It is ${stage}","date":"1 December 2017"}`,
      evidence: [{ stage }],
    });
  });

  it.each(["announced", "planned", "setback", "ended", "defines"])("is not verified by one that says: %s", (stage) => {
    expect(checkBy([anEvidence("2017-12-01", stage)])).toMatchObject({
      verdict: "cannot be verified",
      signal: "cannot judge",
      method: "fact-check",
      explanation: "fact.no-source {}",
      evidence: [{ stage }],
    });
  });

  it("is verified by the statement that confirms it, not by another that stands before it", () => {
    const found = checkBy([anEvidence("2017-11-20", "announced"), anEvidence("2017-12-01", "confirms")]);
    expect(found.explanation).toContain("It is confirms");
  });

  it("differs by a statement against it, whatever a figure says", () => {
    const against = [anEvidence("2017-11-20", "confirms"), anEvidence("2017-12-01", "contradicts")];
    expect(checkBy(against, { target }, [anObservation("2017", "2950")])).toMatchObject({
      verdict: "differs",
      signal: "watch",
      method: "fact-check",
      explanation: 'fact.contradicted {"statement":"It is contradicts","date":"1 December 2017"}',
      inputs: [],
    });
  });

  it("is decided by a figure before a statement for it, which is shown all the same", () => {
    const found = checkBy([anEvidence("2017-12-01", "confirms")], { target }, [anObservation("2017", "3200")]);
    expect(found).toMatchObject({ verdict: "differs", evidence: [{ stage: "confirms" }] });
  });

  it("is decided by statements where no figure is near", () => {
    expect(checkBy([anEvidence("2017-12-01", "confirms")], { target }, [anObservation("2012", "3200")])).toMatchObject({
      verdict: "verified",
      inputs: [],
    });
  });
});

describe("a recognition", () => {
  const recognised = (...stages: string[]) => {
    const commitments = [aCommitment({ kind: "recognition", programmes: ["works"] })];
    return judge(aRegister({ commitments, evidence: stages.map((stage, day) => anEvidence(`2017-12-0${day + 1}`, stage)) }), asOf);
  };

  it("is verified by the official list, which is named", () => {
    expect(recognised("announced", "listed")).toMatchObject({
      verdict: "verified",
      signal: "not scored",
      method: "official-list",
      formula: "method.official-list.formula {}",
      explanation: 'recognition.listed {"statement":"It is listed","date":"2 December 2017"}',
      evidence: [{ stage: "announced" }, { stage: "listed" }],
    });
  });

  it("is not verified by any other statement", () => {
    expect(recognised("announced", "confirms")).toMatchObject({
      verdict: "list incomplete",
      signal: "cannot judge",
      method: "official-list",
      explanation: "recognition.no-list {}",
      evidence: [{ stage: "announced" }, { stage: "confirms" }],
    });
  });
});
