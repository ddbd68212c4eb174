import { describe, expect, it } from "vitest";
import type { Briefing } from "../../functions/core/briefing/briefing.ts";
import { compareIssues } from "../../functions/core/compare-issues.ts";
import type { Observation } from "../../functions/core/observation.ts";
import type { Register } from "../../functions/core/ports.ts";
import { composeSample } from "../support/compose-sample.ts";
import { aCommitment, anObservation, aRegister } from "../support/register-builder.ts";

const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };
const issue = (observations: Observation[], more: Partial<Register> = {}): Briefing =>
  composeSample(aRegister({ commitments: [aCommitment({ target })], observations, ...more }), { asOf: "2018-01-31" });
const none = { verdicts: [], figures: [], added: [], removed: [] };

describe("two issues of a month", () => {
  it("that say the same differ in nothing", () => {
    expect(compareIssues(issue([anObservation("2017", "99")]), issue([anObservation("2017", "99")]))).toEqual(none);
    expect(compareIssues(issue([anObservation("2017", "99")]), issue([anObservation("2017", "99.0")]))).toEqual(none);
  });

  it("differ in a figure, told old and new with the new one's source, and in the verdict that rests on it", () => {
    const { verdicts, figures, added, removed } = compareIssues(
      issue([anObservation("2017", "99")]),
      issue([anObservation("2017", "101")]),
    );
    expect(verdicts).toEqual([
      {
        title: expect.any(String),
        from: { signal: "failed", name: expect.stringContaining("missed") },
        to: { signal: "achieved", name: expect.stringContaining("met") },
      },
    ]);
    expect(figures).toEqual([
      { metricName: expect.any(String), refArea: null, period: "2017", unit: "t", old: "99", new: "101", source: expect.any(String) },
    ]);
    expect([added, removed]).toEqual([[], []]);
  });

  it("differ in a figure that was withdrawn, but not in one for a period that had none", () => {
    const [a, b] = [anObservation("2016", "90"), anObservation("2017", "99")];
    expect(compareIssues(issue([a, b]), issue([b])).figures).toMatchObject([{ period: "2016", old: "90", new: null }]);
    expect(compareIssues(issue([b]), issue([a, b])).figures).toEqual([]);
  });

  it("do not differ in a figure that the later one has no use for", () => {
    const earlier = issue([anObservation("2017", "99")]);
    expect(compareIssues(earlier, { ...earlier, observations: [] }).figures).toEqual([]);
  });

  it("name the area where a metric has figures of several", () => {
    const at = (value: string, elsewhere: string): Briefing => {
      const made = issue([anObservation("2017", value)]);
      const [row] = made.observations;
      if (!row) throw new Error("no figure");
      return { ...made, observations: [row, { ...row, refArea: "XX-OTHER", value: elsewhere }] };
    };
    expect(compareIssues(at("99", "50"), at("99", "51")).figures).toMatchObject([{ refArea: "XX-OTHER", old: "50", new: "51" }]);
  });

  it("take no notice of a figure that had lost to another", () => {
    const made = issue([anObservation("2017", "99")]);
    const [row] = made.observations;
    if (!row) throw new Error("no figure");
    const withLost = (value: string) => ({ ...made, observations: [row, { ...row, role: "superseded" as const, value }] });
    expect(compareIssues(withLost("97"), withLost("98")).figures).toEqual([]);
  });

  it("differ in the statements that were added and removed, but a leader's page does not tell: it shows a few", () => {
    const [one, two] = [aCommitment({ target }), aCommitment({ target, id: "other", title: { en: "Another" } })];
    const [short, long] = [[one], [one, two]].map((commitments) => issue([anObservation("2017", "99")], { commitments }));
    if (!short || !long) throw new Error("two issues");
    expect(compareIssues(short, long)).toEqual({ ...none, added: ["Another"] });
    expect(compareIssues(long, short)).toEqual({ ...none, removed: ["Another"] });
    expect(compareIssues({ ...long, scope: "one-page" }, { ...short, scope: "one-page" })).toEqual(none);
  });
});
