import { describe, expect, it } from "vitest";
import { aCommitment, aMetric, anEvidence, anObservation, aRegister, judge } from "../../support/register-builder.ts";

describe("a directional commitment", () => {
  const commitments = [aCommitment({ kind: "directional-commitment", proxy: { metric: "output" } })];

  it("improves, worsens or stays flat by the last period before the speech and the latest since", () => {
    const since = (value: string) =>
      aRegister({ commitments, observations: [anObservation("2015", "500"), anObservation("2016", "100"), anObservation("2018", value)] });
    expect(judge(since("120"), "2019-12-31")).toMatchObject({ verdict: "improving", signal: "on track", formula: "100 → 120 t" });
    expect(judge(since("80"), "2019-12-31")).toMatchObject({ verdict: "worsening", signal: "off track" });
    expect(judge(since("100"), "2019-12-31")).toMatchObject({ verdict: "flat", signal: "watch" });
  });

  it("turns round where less is better", () => {
    const metrics = [aMetric({ direction: "decrease" })];
    const register = aRegister({ metrics, commitments, observations: [anObservation("2016", "100"), anObservation("2018", "80")] });
    expect(judge(register, "2019-12-31").verdict).toBe("improving");
  });

  it("does not compare a half-year with a year, nor two definitions", () => {
    const half = aRegister({
      commitments,
      observations: [anObservation("2016", "100"), anObservation("2021-S1", "60", { knownSince: "2021-08-20" })],
    });
    expect(judge(half, "2021-12-31")).toMatchObject({ verdict: "one period only", signal: "cannot judge" });
    const metrics = [
      aMetric({
        definitions: [
          { id: "narrow", name: { en: "narrow" } },
          { id: "broad", name: { en: "broad" } },
        ],
      }),
    ];
    const renamed = aRegister({
      metrics,
      commitments,
      observations: [anObservation("2016", "44.4"), anObservation("2018", "39.2", { definition: "broad" })],
    });
    expect(judge(renamed, "2019-12-31").verdict).toBe("one period only");
  });

  it("says so when no figure is later than the speech, or no proxy is named", () => {
    const before = aRegister({ commitments, observations: [anObservation("2015", "90"), anObservation("2016", "100")] });
    expect(judge(before, "2018-01-31").verdict).toBe("one period only");
    expect(judge(aRegister({ commitments }), "2018-01-31")).toMatchObject({ verdict: "no data", signal: "cannot judge" });
    expect(judge(aRegister({ commitments: [aCommitment({ kind: "directional-commitment" })] }), "2018-01-31")).toMatchObject({
      verdict: "no proxy",
      signal: "cannot judge",
    });
  });
});

describe("a programme", () => {
  const commitments = [aCommitment({ kind: "programme-or-mechanism", programmes: ["works"] })];
  const evidence = [anEvidence("2017-11-02", "announced"), anEvidence("2018-05-01", "issued"), anEvidence("2019-03-31", "has output")];

  it.each([
    ["2017-11-30", "announced", "watch"],
    ["2018-05-01", "issued", "on track"],
    ["2019-12-31", "has output", "achieved"],
  ])("stands on %s at %s", (asOf, verdict, signal) => {
    expect(judge(aRegister({ commitments, evidence }), asOf)).toMatchObject({ verdict, signal });
  });

  it("has no evidence when none was found, which is not failure", () => {
    expect(judge(aRegister({ commitments }), "2018-01-31")).toMatchObject({ verdict: "no evidence", signal: "cannot judge" });
  });

  it("keeps its stage through a setback but is off track, and an end outweighs every stage", () => {
    const doubted = [...evidence.slice(0, 1), anEvidence("2019-07-08", "setback")];
    expect(judge(aRegister({ commitments, evidence: doubted }), "2019-12-31")).toMatchObject({ verdict: "announced", signal: "off track" });
    const ended = [...doubted, anEvidence("2021-04-06", "ended", { knownSince: "2021-04-07" })];
    expect(judge(aRegister({ commitments, evidence: ended }), "2021-04-06").verdict).toBe("announced");
    expect(judge(aRegister({ commitments, evidence: ended }), "2021-04-30")).toMatchObject({ verdict: "ended", signal: "failed" });
  });

  it("that is several has output only when each of them has", () => {
    const both = [aCommitment({ kind: "programme-or-mechanism", programmes: ["works", "road"] })];
    const one = anEvidence("2019-03-31", "has output");
    expect(judge(aRegister({ commitments: both, evidence: [one] }), "2019-12-31")).toMatchObject({
      verdict: "running",
      signal: "on track",
    });
    const other = anEvidence("2019-06-30", "has output", { programme: "road" });
    expect(judge(aRegister({ commitments: both, evidence: [one, other] }), "2019-12-31")).toMatchObject({
      verdict: "has output",
      signal: "achieved",
    });
  });

  it("is to be watched when a plan's date passed and no work was seen, until it is", () => {
    const planned = [anEvidence("2017-09-27", "planned", { due: "2018" }), anEvidence("2017-10-01", "issued")];
    expect(judge(aRegister({ commitments, evidence: planned }), "2018-12-31")).toMatchObject({ verdict: "issued", signal: "on track" });
    const late = judge(aRegister({ commitments, evidence: planned }), "2019-01-01");
    expect(late).toMatchObject({ verdict: "issued", signal: "watch" });
    expect(late.explanation).toContain("It is planned");
    const begun = [...planned, anEvidence("2019-05-01", "running")];
    expect(judge(aRegister({ commitments, evidence: begun }), "2019-06-30")).toMatchObject({ verdict: "running", signal: "on track" });
  });

  it("takes what a term was said to mean for no stage", () => {
    expect(judge(aRegister({ commitments, evidence: [anEvidence("2017-12-01", "defines")] }), "2018-01-31").verdict).toBe("no evidence");
  });
});

describe("a benchmark", () => {
  const commitments = [aCommitment({ kind: "benchmark", benchmark: { refArea: "Otherton", metric: "output" } })];
  const other = (period: string, value: string, parts: object = {}) => anObservation(period, value, { refArea: "Otherton", ...parts });

  it("closes or widens by the ratio in two common periods", () => {
    const observations = [anObservation("2016", "50"), other("2016", "100"), anObservation("2018", "70"), other("2018", "110")];
    expect(judge(aRegister({ commitments, observations }), "2019-12-31")).toMatchObject({
      verdict: "gap closing",
      signal: "on track",
      formula: "50 / 100 = 0.50 → 70 / 110 = 0.64",
    });
    const slower = [anObservation("2016", "50"), other("2016", "100"), anObservation("2018", "55"), other("2018", "150")];
    expect(judge(aRegister({ commitments, observations: slower }), "2019-12-31")).toMatchObject({
      verdict: "gap widening",
      signal: "watch",
    });
  });

  it("closes by a falling ratio where less is better", () => {
    const metrics = [aMetric({ direction: "decrease" })];
    const observations = [anObservation("2016", "200"), other("2016", "100"), anObservation("2018", "150"), other("2018", "100")];
    expect(judge(aRegister({ metrics, commitments, observations }), "2019-12-31").verdict).toBe("gap closing");
  });

  it("refuses different periods, and one period shows no change", () => {
    expect(judge(aRegister({ commitments, observations: [anObservation("2016", "50"), other("2017", "100")] }), "2019-12-31").verdict).toBe(
      "not comparable",
    );
    const once = judge(aRegister({ commitments, observations: [anObservation("2016", "50"), other("2016", "100")] }), "2019-12-31");
    expect(once).toMatchObject({ verdict: "not comparable", signal: "cannot judge" });
    expect(once.explanation).toContain("benchmark.one-period");
  });

  it("does not read a change into rounding", () => {
    const observations = [anObservation("2016", "50"), other("2016", "100"), anObservation("2018", "51"), other("2018", "101")];
    expect(judge(aRegister({ commitments, observations }), "2019-12-31").explanation).toContain("benchmark.within-rounding");
  });

  it("says when nobody chose a metric", () => {
    const unnamed = [aCommitment({ kind: "benchmark", benchmark: { refArea: "Otherton" } })];
    expect(judge(aRegister({ commitments: unnamed }), "2019-12-31").verdict).toBe("no metric chosen");
  });
});

describe("a stated fact", () => {
  it("is verified or differs by a figure near the speech, and otherwise cannot be verified", () => {
    const target = { metric: "output", comparator: "<", value: 3000, unit: "t" };
    const commitments = [aCommitment({ kind: "baseline-fact", target })];
    expect(judge(aRegister({ commitments, observations: [anObservation("2017", "2950")] }), "2018-12-31")).toMatchObject({
      verdict: "verified",
      signal: "not scored",
    });
    expect(judge(aRegister({ commitments, observations: [anObservation("2017", "3200")] }), "2018-12-31")).toMatchObject({
      verdict: "differs",
      signal: "watch",
    });
    expect(judge(aRegister({ commitments, observations: [anObservation("2014", "2950")] }), "2018-12-31").verdict).toBe(
      "cannot be verified",
    );
  });

  it("listens to statements as well, and to the one that disagrees first", () => {
    const commitments = [aCommitment({ kind: "baseline-fact", programmes: ["works"] })];
    const confirmed = [anEvidence("2017-12-01", "confirms")];
    expect(judge(aRegister({ commitments, evidence: confirmed }), "2018-01-31").verdict).toBe("verified");
    expect(judge(aRegister({ commitments, evidence: [...confirmed, anEvidence("2017-12-02", "contradicts")] }), "2018-01-31").verdict).toBe(
      "differs",
    );
  });
});

describe("a recognition", () => {
  it("needs the official list", () => {
    const commitments = [aCommitment({ kind: "recognition", programmes: ["works"] })];
    expect(judge(aRegister({ commitments }), "2018-01-31")).toMatchObject({ verdict: "list incomplete", signal: "cannot judge" });
    expect(judge(aRegister({ commitments, evidence: [anEvidence("2017-12-01", "listed")] }), "2018-01-31").verdict).toBe("verified");
  });
});

describe("a deadline", () => {
  const commitments = [aCommitment({ kind: "deadline-or-plan", programmes: ["works"] })];
  const plan = anEvidence("2017-09-27", "planned", { due: "2019" });

  it.each([
    ["2017-12-31", "published", "on track"],
    ["2019-12-31", "published", "on track"],
    ["2020-01-01", "overdue", "off track"],
    ["2020-07-31", "done late", "watch"],
  ])("due in 2019 and done in July 2020 is, on %s, %s", (asOf, verdict, signal) => {
    const evidence = [plan, anEvidence("2020-07-01", "done")];
    expect(judge(aRegister({ commitments, evidence }), asOf)).toMatchObject({ verdict, signal });
  });

  it("is not moved by a later plan", () => {
    const evidence = [plan, anEvidence("2019-12-01", "planned", { due: "2022" })];
    expect(judge(aRegister({ commitments, evidence }), "2020-06-30").verdict).toBe("overdue");
  });

  it("is done on time, or not seen", () => {
    expect(judge(aRegister({ commitments, evidence: [plan, anEvidence("2019-12-31", "done")] }), "2020-06-30")).toMatchObject({
      verdict: "done on time",
      signal: "achieved",
    });
    expect(judge(aRegister({ commitments }), "2020-06-30")).toMatchObject({ verdict: "not seen", signal: "cannot judge" });
  });
});

it("records, but does not score, what is nobody's to deliver", () => {
  const commitments = [aCommitment({ kind: "programme-or-mechanism", notScored: { en: "a national slogan" } })];
  expect(judge(aRegister({ commitments }), "2018-01-31")).toMatchObject({
    verdict: "not scored",
    signal: "not scored",
    explanation: 'not-scored {"reason":"a national slogan"}',
  });
});
