import { describe, expect, it } from "vitest";
import { aCommitment, aMetric, anObservation, aRegister, judge } from "../../support/register-builder.ts";

const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };

/** The formula of a threshold: what was published, with the interval that rounds to it, against what was wanted. */
function compared(published: string): string {
  return `threshold.comparison ${JSON.stringify({ published, wanted: "> 100" })}`;
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
    expect(judge(register, "2018-01-31")).toMatchObject({ verdict: "missed", signal: "failed", formula: compared("99 [98.5, 99.5]") });
    expect(judge(register, "2018-12-31")).toMatchObject({ verdict: "met", signal: "achieved", formula: compared("106 [105.5, 106.5]") });
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
      formula: "90 / 120 − 75% = 0 pp",
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

  it("with a due date is measured by the way covered since the speech against the time that has gone", () => {
    const commitments = [aCommitment({ target: { metric: "output", comparator: ">=", value: 200, unit: "t", due: "2020" } })];
    const reached = (value: string) =>
      aRegister({ commitments, observations: [anObservation("2016", "100"), anObservation("2018", value)] });
    // From the end of 2016 to the end of 2018 half of the four years have gone; 150 is half of the way from 100 to 200.
    expect(judge(reached("151"), "2019-06-30")).toMatchObject({
      verdict: "on track",
      signal: "on track",
      formula: "(151 − 100) / (200 − 100) − 50% = 1 pp",
    });
    expect(judge(reached("145"), "2019-06-30")).toMatchObject({ verdict: "at risk", signal: "watch" });
    expect(judge(reached("90"), "2019-06-30")).toMatchObject({ verdict: "off track", signal: "off track" });
  });

  it("covers its way downwards where less is wanted", () => {
    const commitments = [aCommitment({ target: { metric: "output", comparator: "<=", value: 50, unit: "t", due: "2020" } })];
    const reached = (value: string) =>
      aRegister({ commitments, observations: [anObservation("2016", "100"), anObservation("2018", value)] });
    expect(judge(reached("74"), "2019-06-30").verdict).toBe("on track");
    expect(judge(reached("110"), "2019-06-30").verdict).toBe("off track");
  });

  it("waits for the due period: an older figure cannot say how it ended, and one figure shows no way", () => {
    const commitments = [aCommitment({ target: { metric: "output", comparator: ">=", value: 200, unit: "t", due: "2020" } })];
    const register = aRegister({ commitments, observations: [anObservation("2018", "150")] });
    expect(judge(register, "2019-06-30")).toMatchObject({ verdict: "no data", signal: "cannot judge" });
    expect(judge(register, "2021-06-30")).toMatchObject({ verdict: "no data", signal: "cannot judge" });
    const ended = aRegister({ commitments, observations: [anObservation("2018", "150"), anObservation("2020", "203")] });
    expect(judge(ended, "2021-06-30")).toMatchObject({ verdict: "met", signal: "achieved" });
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
