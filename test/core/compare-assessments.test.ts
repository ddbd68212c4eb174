import { describe, expect, it } from "vitest";
import { assessRegister } from "../../functions/core/assessment/assess-register.ts";
import { type CompareOptions, compareAssessments } from "../../functions/core/compare-assessments.ts";
import type { Register } from "../../functions/core/ports.ts";
import { asKnownAt } from "../../functions/core/register-order.ts";
import { aCommitment, aMetric, anEvidence, anObservation, aRegister, judge, showMessage } from "../support/register-builder.ts";

const words = { locale: "en", translate: showMessage } as const;
const judgeAll = (register: Register, asOf: string) => assessRegister(register, asOf, "en", showMessage);

/** What changed between two days, for one register or two. */
function changes(before: Register, from: string, to: string, after: Register = before) {
  const options: CompareOptions = {
    ...words,
    registers: { before, after },
    timeAlone: () => judgeAll(asKnownAt(before, from), to),
  };
  return compareAssessments(judgeAll(before, from), judgeAll(after, to), options);
}

const target = { metric: "output", comparator: ">=", value: 100, unit: "t", period: "2018" };
const promise = aCommitment({ target });
const programme = aCommitment({ kind: "programme-or-mechanism", programmes: ["works"] });
const plan = aCommitment({ kind: "deadline-or-plan", programmes: ["works"] });
const direction = aCommitment({ kind: "directional-commitment", proxy: { metric: "output" }, programmes: ["works"] });

describe("the difference between two lists of assessments", () => {
  it("is nothing where neither verdict nor figure is another, however long the time between", () => {
    const register = aRegister({ commitments: [promise], observations: [anObservation("2018", "105")] });
    expect(changes(register, "2019-01-31", "2024-01-31")).toEqual([]);
  });

  it("is performance when a new period has a figure", () => {
    const register = aRegister({ commitments: [promise], observations: [anObservation("2018", "105")] });
    const [change, ...rest] = changes(register, "2018-12-31", "2019-01-31");
    expect(rest).toEqual([]);
    expect(change).toMatchObject({
      kind: "flip",
      commitmentId: "it",
      quote: "we will",
      from: { verdict: "no data", signal: "cannot judge" },
      to: { verdict: "met", signal: "achieved" },
      cause: "performance",
      causes: ["performance"],
      revisedInputs: [],
    });
    expect(change?.because).toMatch(/^change\.performance .*threshold\.met/);
  });

  const estimate = anObservation("2018", "105", { status: "E" });
  const final = anObservation("2018", "95", { knownSince: "2019-06-01" });

  it("is revision when another vintage of the same period decides, and says both values with their days", () => {
    const [change] = changes(aRegister({ commitments: [promise], observations: [estimate, final] }), "2019-05-31", "2019-06-30");
    expect(change).toMatchObject({ kind: "flip", from: { verdict: "met" }, to: { verdict: "missed" }, causes: ["revision"] });
    expect(change?.revisedInputs).toMatchObject([
      {
        old: { period: "2018", value: 105, status: "E", knownSince: "2019-01-15" },
        new: { value: 95, status: "A", knownSince: "2019-06-01" },
      },
    ]);
    expect(change?.because).toContain('"oldValue":"105 t"');
    expect(change?.because).toContain('"Value":"95 t"');
    expect(change?.because).toContain('"oldKnown":"15 January 2019"');
    expect(change?.because).toContain('"Known":"1 June 2019"');
  });

  it("is a revised input where the figure changed and the verdict stands", () => {
    const revised = anObservation("2018", "107", { knownSince: "2019-06-01" });
    const register = aRegister({ commitments: [promise], observations: [estimate, revised] });
    const [change] = changes(register, "2019-05-31", "2019-06-30");
    expect(change).toMatchObject({ kind: "revised input", cause: "revision", from: { verdict: "met" }, to: { verdict: "met" } });
    expect(change?.revisedInputs).toMatchObject([{ old: { value: 105 }, new: { value: 107 } }]);
    expect(change?.because).toMatch(/^change\.revised .* change\.steady/);
  });

  it("says of the same value from another source that it is the same", () => {
    const again = anObservation("2018", "105", { knownSince: "2019-06-01" });
    const [change] = changes(aRegister({ commitments: [promise], observations: [estimate, again] }), "2019-05-31", "2019-06-30");
    expect(change?.because).toMatch(/^change\.resourced/);
  });

  it("is revision, and says so, when the deciding figure was withdrawn from the register", () => {
    const before = aRegister({ commitments: [promise], observations: [final] });
    const [change] = changes(before, "2019-06-30", "2019-06-30", aRegister({ commitments: [promise] }));
    expect(change).toMatchObject({ causes: ["revision"], to: { verdict: "no data" }, revisedInputs: [{ old: { value: 95 }, new: null }] });
    expect(change?.because).toContain("change.withdrawn");
  });

  it("never lets a revision pass for performance: with a revised base and a new period, revision comes first and both are listed", () => {
    const observations = [
      anObservation("2016", "90", { status: "P" }),
      anObservation("2016", "110", { knownSince: "2019-01-10" }),
      anObservation("2017", "95"),
      anObservation("2018", "100"),
    ];
    const [change] = changes(aRegister({ commitments: [direction], observations }), "2018-12-31", "2019-01-31");
    expect(change).toMatchObject({ from: { verdict: "improving" }, to: { verdict: "worsening" }, causes: ["revision", "performance"] });
  });

  it("is evidence when the statements are others", () => {
    const evidence = [anEvidence("2018-01-01", "announced"), anEvidence("2018-05-05", "running")];
    const [change] = changes(aRegister({ commitments: [programme], evidence }), "2018-04-30", "2018-05-31");
    expect(change).toMatchObject({ from: { verdict: "announced" }, to: { verdict: "running" }, causes: ["evidence"] });
  });

  it("does not hold a statement responsible for what only figures decide", () => {
    const observations = [anObservation("2017", "95"), anObservation("2016", "90"), anObservation("2018", "80")];
    const register = aRegister({ commitments: [direction], observations, evidence: [anEvidence("2019-01-05", "setback")] });
    const [change] = changes(register, "2018-12-31", "2019-01-31");
    expect(change).toMatchObject({ to: { verdict: "worsening" }, causes: ["performance"] });
  });

  const planned = anEvidence("2018-01-01", "planned", { due: "2018" });

  it("is time alone when a date passed and no fact is another", () => {
    const [change] = changes(aRegister({ commitments: [plan], evidence: [planned] }), "2018-12-31", "2019-01-31");
    expect(change).toMatchObject({ from: { verdict: "published" }, to: { verdict: "overdue" }, cause: "time", causes: ["time"] });
    expect(change?.because).toMatch(/^change\.time/);
  });

  it("is time first when the date alone would have done it, whatever was said meanwhile", () => {
    const evidence = [planned, anEvidence("2019-01-05", "setback")];
    const [change] = changes(aRegister({ commitments: [plan], evidence }), "2018-12-31", "2019-01-31");
    expect(change).toMatchObject({ to: { verdict: "overdue" }, cause: "time", causes: ["time", "evidence"] });
  });

  it("is time when a period ended and no figure of it came, though the figure to date no longer decides", () => {
    const sentence = aCommitment({ target: { ...target, due: "2018", period: undefined } });
    const observations = [anObservation("2018-S1", "60", { knownSince: "2018-07-15" })];
    const [change] = changes(aRegister({ commitments: [sentence], observations }), "2018-11-30", "2018-12-31");
    expect(change).toMatchObject({ to: { verdict: "no data" }, cause: "time", causes: ["time"] });
  });
});

describe("a change of what is judged, or how", () => {
  const observations = [anObservation("2018", "105")];
  const before = aRegister({ commitments: [promise], observations });

  it("lists a commitment that a speech brought, and one that is gone, as changes of the register", () => {
    expect(changes(before, "2017-11-16", "2017-11-17")).toMatchObject([
      { kind: "flip", from: null, to: { verdict: "no data" }, cause: "register", because: expect.stringMatching(/^change\.appeared/) },
    ]);
    expect(changes(before, "2019-01-31", "2019-01-31", aRegister({ observations }))).toMatchObject([
      {
        kind: "flip",
        commitmentId: "it",
        from: { verdict: "met" },
        to: null,
        cause: "register",
        because: expect.stringMatching(/^change\.gone/),
      },
    ]);
  });

  it("blames the register before any fact when the target itself was changed", () => {
    const stricter = aRegister({ commitments: [aCommitment({ target: { ...target, value: 110 } })], observations });
    const [change] = changes(before, "2018-12-31", "2019-01-31", stricter);
    expect(change).toMatchObject({ to: { verdict: "missed" }, cause: "register", causes: ["register", "performance"] });
  });

  it("blames the register when the metric is measured in another way", () => {
    const [change] = changes(
      aRegister({ commitments: [direction], observations: [anObservation("2016", "1"), anObservation("2018", "2")] }),
      "2019-01-31",
      "2019-01-31",
      aRegister({
        commitments: [direction],
        observations: [anObservation("2016", "1"), anObservation("2018", "2")],
        metrics: [aMetric({ direction: "decrease" })],
      }),
    );
    expect(change).toMatchObject({ from: { verdict: "improving" }, to: { verdict: "worsening" }, causes: ["register"] });
  });

  it("does not blame the register for another title or note", () => {
    const renamed = aRegister({
      commitments: [aCommitment({ target, title: { en: "Output" }, note: { en: "Said in passing." } })],
      observations,
    });
    expect(changes(before, "2018-12-31", "2019-01-31", renamed)).toMatchObject([{ causes: ["performance"] }]);
  });

  const met = judge(before, "2019-01-31");
  const byAnother = { ...met, method: "maintain", verdict: "off track", signal: "off track" } as const;

  it("is the method when the entry names another one", () => {
    const after = aRegister({ commitments: [aCommitment({ target, method: "maintain" })], observations });
    const change = compareAssessments([met], [byAnother], { ...words, registers: { before, after } });
    expect(change).toMatchObject([{ cause: "method", causes: ["method"] }]);
  });

  it("is the method when nothing but the method is another", () => {
    expect(compareAssessments([met], [byAnother], words)).toMatchObject([{ cause: "method", causes: ["method"] }]);
    expect(compareAssessments([met], [{ ...byAnother, asOf: "2019-02-28" }], words)).toMatchObject([{ cause: "method" }]);
  });

  it("is the method when the same method gives another verdict on the same day: the rule itself was changed", () => {
    expect(compareAssessments([met], [{ ...byAnother, method: met.method }], words)).toMatchObject([{ cause: "method" }]);
  });

  it("puts the method last when it only followed the figures", () => {
    const sentence = aCommitment({ target: { ...target, value: 130, due: "2018", period: undefined } });
    const figures = [
      anObservation("2018-S1", "60", { knownSince: "2018-07-15" }),
      anObservation("2018", "100", { knownSince: "2018-12-20" }),
    ];
    const [change] = changes(aRegister({ commitments: [sentence], observations: figures }), "2018-07-31", "2018-12-25");
    expect(change).toMatchObject({ cause: "performance", causes: ["performance", "method"] });
  });
});
