import { describe, expect, it } from "vitest";
import { aCommitment, aMetric, anObservation, aRegister, judge } from "../../support/register-builder.ts";

const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };

/** The formula of a threshold: what was published, with the interval that rounds to it, against what was wanted. */
function compared(published: string, low: string, high: string): string {
  return `threshold.comparison ${JSON.stringify({ published, exact: "no", low, high, wanted: "> 100" })}`;
}

describe("a quantified target", () => {
  it("is judged by what was known on the day, not by what came later", () => {
    const register = aRegister({
      commitments: [aCommitment({ target })],
      observations: [
        anObservation("2017", "99", { status: "E", knownSince: "2018-01-03" }),
        anObservation("2017", "106", {
          knownSince: "2018-11-20",
          source: { title: "Later", url: "https://example.org/later", quote: "106", rank: "repost" },
        }),
      ],
    });
    expect(judge(register, "2018-01-31")).toMatchObject({ verdict: "missed", signal: "failed", formula: compared("99", "98.5", "99.5") });
    expect(judge(register, "2018-12-31")).toMatchObject({ verdict: "met", signal: "achieved", formula: compared("106", "105.5", "106.5") });
    expect(judge(register, "2018-12-31").inputs.map((i) => [i.value, i.role])).toEqual([
      [106, "decides"],
      [99, "superseded"],
    ]);
  });

  it("has no verdict before anything is published, and says whether the period is over", () => {
    const register = aRegister({ commitments: [aCommitment({ target })] });
    expect(judge(register, "2017-11-30")).toMatchObject({ verdict: "no data", signal: "cannot judge" });
    expect(judge(register, "2017-11-30").explanation).toContain("threshold.no-data-yet");
    expect(judge(register, "2018-01-31").explanation).toMatch(/^threshold\.no-data /);
  });

  it("is on track or at risk, not met, while an estimate stands for a period that still runs", () => {
    const estimate = (value: string) => [anObservation("2017", value, { status: "E", knownSince: "2017-11-20" })];
    const commitments = [aCommitment({ target })];
    expect(judge(aRegister({ commitments, observations: estimate("110") }), "2017-11-30")).toMatchObject({
      verdict: "on track",
      signal: "on track",
    });
    expect(judge(aRegister({ commitments, observations: estimate("100") }), "2017-11-30")).toMatchObject({
      verdict: "at risk",
      signal: "watch",
    });
    expect(judge(aRegister({ commitments, observations: estimate("90") }), "2017-11-30")).toMatchObject({
      verdict: "off track",
      signal: "off track",
    });
  });

  it("counts the period as over at the end of its last day", () => {
    const observations = [anObservation("2017", "110", { status: "E", knownSince: "2017-12-30" })];
    const register = aRegister({ commitments: [aCommitment({ target })], observations });
    expect(judge(register, "2017-12-30").verdict).toBe("on track");
    expect(judge(register, "2017-12-31").verdict).toBe("met");
  });

  it("is not held against a figure of another definition", () => {
    const metrics = [
      aMetric({
        definitions: [
          { id: "new", name: { en: "new" } },
          { id: "old", name: { en: "old" } },
        ],
      }),
    ];
    const commitments = [aCommitment({ target: { ...target, definition: "old" } })];
    const differs = judge(aRegister({ metrics, commitments, observations: [anObservation("2017", "120")] }), "2018-12-31");
    expect(differs).toMatchObject({ verdict: "definition differs", signal: "cannot judge" });
    expect(differs.inputs).toHaveLength(1);
    const same = judge(
      aRegister({ metrics, commitments, observations: [anObservation("2017", "120", { definition: "old" })] }),
      "2018-12-31",
    );
    expect(same.verdict).toBe("met");
  });

  it("accepts a definition that the metric declares comparable", () => {
    const metrics = [
      aMetric({
        definitions: [
          { id: "new", name: { en: "new" } },
          { id: "old", name: { en: "old" }, comparableWith: ["new"] },
        ],
      }),
    ];
    const commitments = [aCommitment({ target: { ...target, definition: "old" } })];
    expect(judge(aRegister({ metrics, commitments, observations: [anObservation("2017", "120")] }), "2018-12-31").verdict).toBe("met");
  });

  it("is measured against elapsed time when the year's total so far is known", () => {
    const commitments = [aCommitment({ target: { ...target, value: 120 } })];
    // 90 of 120 is 75 %, and 273 of 365 days are 74.8 %.
    const nine = anObservation("2017-01-01/P9M", "90", { knownSince: "2017-10-20" });
    expect(judge(aRegister({ commitments, observations: [nine] }), "2017-11-30")).toMatchObject({
      verdict: "on track",
      signal: "on track",
      method: "time-proportional",
      formula: '90 / 120 − 75% = amount.points {"digits":"0","one":"no"}',
    });
    const late = anObservation("2017-01-01/P9M", "45", { knownSince: "2017-10-20" });
    expect(judge(aRegister({ commitments, observations: [late] }), "2017-11-30")).toMatchObject({
      verdict: "off track",
      signal: "off track",
    });
  });

  it("does not add up shares or rates over the year", () => {
    const metrics = [aMetric({ shape: "share" })];
    const nine = anObservation("2017-01-01/P9M", "90", { knownSince: "2017-10-20" });
    expect(judge(aRegister({ metrics, commitments: [aCommitment({ target })], observations: [nine] }), "2017-11-30").verdict).toBe(
      "no data",
    );
  });

  describe("with a due date", () => {
    const due = { metric: "output", comparator: ">=", value: 200, unit: "t", due: "2020" };
    const reached = (value: string, parts: object = {}, metric: object = {}, base = "100") => {
      const commitments = [aCommitment({ target: due, ...parts })];
      const observations = [anObservation("2016", base), anObservation("2018", value)];
      return judge(aRegister({ metrics: [aMetric(metric)], commitments, observations }), "2019-06-30");
    };

    it("is measured by actual against required annual growth: 18.9 % from 100 in 2016 to 200 in 2020", () => {
      // 151 is 22.9 % a year; 130 is 14.0 %, 0.74 of what is required; 90 is a fall.
      expect(reached("151")).toMatchObject({ verdict: "on track", signal: "on track", method: "cagr-ratio" });
      expect(reached("130")).toMatchObject({ verdict: "at risk", signal: "watch" });
      expect(reached("90")).toMatchObject({ verdict: "off track", signal: "off track" });
    });

    it("is on the line when the rounding of a published figure could flip the band", () => {
      // 139.18 in 2018 is 0.95 of the growth required: 138.5 falls short of it, 139.5 does not.
      const from = (base: string, value: string) => reached(value, {}, {}, base);
      expect(from("100.00", "139")).toMatchObject({ verdict: "on the line", signal: "watch" });
      expect(from("100.00", "139.0")).toMatchObject({ verdict: "at risk", signal: "watch" });
      expect(from("100.00", "139.3")).toMatchObject({ verdict: "on track", signal: "on track" });
      // The base is rounded too: from 99.5 the same 139.0 would be fast enough.
      expect(from("100", "139.0")).toMatchObject({ verdict: "on the line", signal: "watch" });
    });

    it("is measured downwards where less is wanted: −15.9 % a year from 100 to 50", () => {
      const less = { target: { ...due, comparator: "<=", value: 50 } };
      expect(reached("70", less, { direction: "decrease" }).verdict).toBe("on track");
      expect(reached("110", less, { direction: "decrease" }).verdict).toBe("off track");
    });

    it("is measured by the way covered against the time that has gone where it says so, or where growth has no meaning", () => {
      const parts = { method: "time-proportional" };
      // From the end of 2016 to the end of 2018 half of the four years have gone; 151 is 51 % of the way.
      expect(reached("151", parts)).toMatchObject({
        verdict: "on track",
        method: "time-proportional",
        formula: '(151 − 100) / (200 − 100) − 50% = amount.points {"digits":"1","one":"yes"}',
      });
      expect(reached("145", parts)).toMatchObject({ verdict: "at risk", signal: "watch" });
      expect(reached("151", {}, { shape: "rate" })).toMatchObject({ method: "time-proportional", verdict: "on track" });
    });

    it("is not measured across a break in the series, by whatever method", () => {
      const observations = [anObservation("2016", "100"), anObservation("2018", "151", { status: "B" })];
      for (const method of ["cagr-ratio", "time-proportional"]) {
        const commitments = [aCommitment({ target: due, method })];
        expect(judge(aRegister({ commitments, observations }), "2019-06-30")).toMatchObject({ verdict: "no data", signal: "cannot judge" });
      }
      // Two figures since the break are a course of their own; what stood before it is none of theirs.
      const since = [...observations, anObservation("2019", "155", { knownSince: "2019-06-01" })];
      const commitments = [aCommitment({ target: due, method: "time-proportional" })];
      expect(judge(aRegister({ commitments, observations: since }), "2019-06-30").formula).toMatch(/^\(155 − 151\)/);
    });

    it("is judged by any other method that it names", () => {
      expect(reached("151", { method: "projection" })).toMatchObject({ method: "projection", verdict: "on track" });
      expect(reached("151", { method: "weather" })).toMatchObject({ method: "weather", verdict: "cannot judge", signal: "cannot judge" });
    });
  });

  it("waits for the due period: an older figure cannot say how it ended, and one figure shows no way", () => {
    const commitments = [aCommitment({ target: { metric: "output", comparator: ">=", value: 200, unit: "t", due: "2020" } })];
    const register = aRegister({ commitments, observations: [anObservation("2018", "150")] });
    expect(judge(register, "2019-06-30")).toMatchObject({ verdict: "no data", signal: "cannot judge" });
    expect(judge(register, "2021-06-30")).toMatchObject({ verdict: "no data", signal: "cannot judge" });
    const ended = aRegister({ commitments, observations: [anObservation("2018", "150"), anObservation("2020", "203")] });
    expect(judge(ended, "2021-06-30")).toMatchObject({ verdict: "met", signal: "achieved" });
  });

  it("with several targets is as good as the worst of them", () => {
    const commitments = [aCommitment({ target, moreTargets: [{ ...target, value: 110 }] })];
    const reached = (value: string) => judge(aRegister({ commitments, observations: [anObservation("2017", value)] }), "2018-12-31");
    expect(reached("120")).toMatchObject({ verdict: "met", signal: "achieved" });
    expect(reached("105")).toMatchObject({ verdict: "missed", signal: "failed" });
    const elsewhere = [aCommitment({ target, moreTargets: [{ ...target, refArea: "Otherton" }] })];
    const half = judge(aRegister({ commitments: elsewhere, observations: [anObservation("2017", "120")] }), "2018-12-31");
    expect(half).toMatchObject({ verdict: "no data", signal: "cannot judge" });
    expect(half.inputs).toHaveLength(1);
  });

  it("is not judged before it was made", () => {
    const register = aRegister({ commitments: [aCommitment({ target })] });
    expect(() => judge(register, "2017-11-16")).toThrow("got 0");
  });

  it("treats a missing value as missing, never as zero", () => {
    const missing = anObservation("2017", "0", { status: "M", value: null });
    expect(judge(aRegister({ commitments: [aCommitment({ target })], observations: [missing] }), "2018-12-31").verdict).toBe("no data");
  });
});
