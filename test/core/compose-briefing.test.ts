import { describe, expect, it } from "vitest";
import { assessRegister } from "../../functions/core/assessment/assess-register.ts";
import { briefingSchema } from "../../functions/core/briefing.ts";
import { composeBriefing } from "../../functions/core/compose-briefing.ts";
import type { Register } from "../../functions/core/ports.ts";
import { aCommitment, aMetric, anEvidence, anObservation, aRegister, showMessage } from "../support/register-builder.ts";

function compose(register: Register, asOf: string, locale: "en" | "zh-CN" = "en") {
  const assessments = assessRegister(register, asOf, locale, showMessage);
  const edition = { scope: "full", locale, id: `full-${locale}` } as const;
  return briefingSchema.parse(
    composeBriefing({
      register,
      assessments,
      edition,
      period: asOf.slice(0, 7),
      asOf,
      changes: [],
      since: "2017-12-31",
      translate: showMessage,
    }),
  );
}

const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };
const later = { title: "Later", url: "https://example.org/later", quote: "120", rank: "repost" } as const;

describe("a composed briefing", () => {
  it("counts signals and never divides them", () => {
    const commitments = [
      aCommitment({ id: "met", target }),
      aCommitment({ id: "missed", target: { ...target, value: 500 } }),
      aCommitment({ id: "open", kind: "directional-commitment" }),
      aCommitment({ id: "slogan", kind: "directional-commitment", notScored: "a slogan" }),
    ];
    const briefing = compose(aRegister({ commitments, observations: [anObservation("2017", "120")] }), "2018-01-31");
    expect(Object.fromEntries(briefing.counts.map((c) => [c.signal, c.count]))).toEqual({
      ahead: 0,
      "on track": 0,
      watch: 0,
      "off track": 0,
      achieved: 1,
      failed: 1,
      "cannot judge": 1,
      "not scored": 1,
    });
    expect(JSON.stringify(briefing)).not.toMatch(/[^\d.]\d+(\.\d+)? ?%/);
  });

  it("puts what failed before what was achieved, and what cannot be judged in a list of its own", () => {
    const commitments = [
      aCommitment({ id: "met", target }),
      aCommitment({ id: "missed", target: { ...target, value: 500 } }),
      aCommitment({ id: "open", kind: "directional-commitment" }),
    ];
    const briefing = compose(aRegister({ commitments, observations: [anObservation("2017", "120")] }), "2018-01-31");
    expect(briefing.highlights.map((h) => h.commitmentId)).toEqual(["missed", "met"]);
    expect(briefing.themes[0]?.groups.flatMap((g) => g.items.map((i) => i.commitmentId))).toEqual(["met", "missed"]);
    expect(briefing.themes[0]?.open.map((i) => i.commitmentId)).toEqual(["open"]);
    expect(briefing.cannotJudge).toMatchObject([{ verdict: "no proxy", items: [{ commitmentId: "open", owner: "The mayor" }] }]);
  });

  it("numbers a source once, wherever it is used, with every passage quoted from it", () => {
    const page = (quote: string) => ({ title: "Report", url: "https://example.org/report", quote, rank: "original" as const });
    const commitments = [aCommitment({ id: "a", target }), aCommitment({ id: "b", target: { ...target, period: "2018" } })];
    const observations = [
      anObservation("2017", "120", { source: page("120 in 2017") }),
      anObservation("2018", "130", { source: page("130 in 2018"), knownSince: "2019-01-15" }),
    ];
    const briefing = compose(aRegister({ commitments, observations }), "2019-01-31");
    expect(briefing.sources.map(({ number, quotes }) => ({ number, quotes }))).toEqual([
      { number: 1, quotes: ["120 in 2017", "130 in 2018"] },
    ]);
    expect(briefing.themes[0]?.groups[0]?.items.map((i) => i.sources)).toEqual([[1], [1]]);
  });

  it("shows a series with the figures that lost beside the one that won, and the target said for it", () => {
    const observations = [
      anObservation("2016", "90"),
      anObservation("2017", "99", { status: "E", knownSince: "2018-01-03" }),
      anObservation("2017", "120", { knownSince: "2018-11-20", source: later }),
    ];
    const briefing = compose(aRegister({ commitments: [aCommitment({ target })], observations }), "2018-12-31");
    expect(briefing.themes[0]?.series).toMatchObject([
      {
        metric: "output",
        target: { period: "2017", value: 100 },
        points: [
          { period: "2016", text: "90", superseded: [] },
          { period: "2017", text: "120", status: "A", superseded: [{ text: "99" }] },
        ],
      },
    ]);
  });

  it("keeps a metric that nothing is judged by in a section of its own, and needs two periods for a series", () => {
    const metrics = [aMetric(), aMetric({ id: "other" })];
    const observations = [
      anObservation("2016", "1", { metric: "other" }),
      anObservation("2017", "2", { metric: "other" }),
      anObservation("2017", "120"),
    ];
    const briefing = compose(aRegister({ metrics, commitments: [aCommitment({ target })], observations }), "2018-12-31");
    expect(briefing.otherSeries.map((s) => s.metric)).toEqual(["other"]);
    expect(briefing.themes[0]?.series).toEqual([]);
  });

  it("cites a statement that does not move the verdict apart from those that do", () => {
    const commitments = [aCommitment({ id: "way", kind: "directional-commitment", programmes: ["works"] })];
    const briefing = compose(aRegister({ commitments, evidence: [anEvidence("2017-12-01", "running")] }), "2018-01-31");
    expect(briefing.themes[0]?.open).toMatchObject([{ sources: [], alsoKnown: [{ statement: "It is running.", source: 1 }] }]);
  });

  it("leaves notes out of an edition in another language than the office's", () => {
    const commitments = [aCommitment({ target, note: "mind the comparator", members: ["one", "two"] })];
    const item = (locale: "en" | "zh-CN") => compose(aRegister({ commitments }), "2018-01-31", locale).themes[0]?.open[0];
    expect(item("en")).toMatchObject({ note: "mind the comparator" });
    expect(item("zh-CN")).not.toHaveProperty("note");
    expect(item("zh-CN")).not.toHaveProperty("members");
  });

  it("numbers issues by months since the first", () => {
    expect(compose(aRegister({}), "2017-11-30").issue).toBe(1);
    expect(compose(aRegister({}), "2018-01-31").issue).toBe(3);
  });
});
