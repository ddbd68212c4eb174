import { describe, expect, it } from "vitest";
import type { Register } from "../../../functions/core/ports.ts";
import { composeSample } from "../../support/compose-sample.ts";
import { aCommitment, aMetric, anEvidence, anObservation, aRegister } from "../../support/register-builder.ts";

function compose(register: Register, asOf: string, locale: "en" | "zh-CN" = "en") {
  return composeSample(register, { asOf, edition: `full-${locale}` });
}

const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };
const later = { title: "Later", url: "https://example.org/later", quote: "120", rank: "repost" } as const;

describe("a composed briefing", () => {
  it("counts signals and never divides them", () => {
    const commitments = [
      aCommitment({ id: "met", target }),
      aCommitment({ id: "missed", target: { ...target, value: 500 } }),
      aCommitment({ id: "open", kind: "directional-commitment" }),
      aCommitment({ id: "slogan", kind: "directional-commitment", notScored: { en: "a slogan" } }),
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
    expect(briefing.overview.lanes.map(({ lane, items }) => [lane, items.map((i) => i.commitmentId)])).toEqual([
      ["ahead", ["met"]],
      ["on track", []],
      ["slipping", []],
      ["failed", ["missed"]],
    ]);
    expect(briefing.themes[0]?.groups.flatMap((g) => g.items.map((i) => i.commitmentId))).toEqual(["met", "missed"]);
    expect(briefing.themes[0]?.open.map((i) => i.commitmentId)).toEqual(["open"]);
    expect(briefing.cannotJudge).toMatchObject([
      { verdict: "no proxy", count: 1, holders: [{ owner: "The mayor", items: [{ commitmentId: "open" }] }] },
    ]);
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
        targets: [{ period: "2017", value: 100 }],
        points: [
          { period: "2016", text: "90", superseded: [] },
          { period: "2017", text: "120", status: "A", superseded: [{ text: "99" }] },
        ],
      },
    ]);
  });

  it("keeps a metric that nothing is judged by in a section of its own, and draws no chart of one period", () => {
    const metrics = [aMetric(), aMetric({ id: "other" })];
    const observations = [
      anObservation("2016", "1", { metric: "other" }),
      anObservation("2017", "2", { metric: "other" }),
      anObservation("2017", "120"),
    ];
    const briefing = compose(aRegister({ metrics, commitments: [aCommitment({ target })], observations }), "2018-12-31");
    expect(briefing.otherSeries.map((s) => s.metric)).toEqual(["other"]);
    expect(briefing.themes[0]?.series.map(({ metric, chart }) => [metric, chart])).toEqual([["output", undefined]]);
  });

  it("cites a statement that does not move the verdict apart from those that do", () => {
    const commitments = [aCommitment({ id: "way", kind: "directional-commitment", programmes: ["works"] })];
    const briefing = compose(aRegister({ commitments, evidence: [anEvidence("2017-12-01", "running")] }), "2018-01-31");
    expect(briefing.themes[0]?.open).toMatchObject([{ sources: [], alsoKnown: [{ statement: "It is running.", source: 1 }] }]);
  });

  it("writes notes and members in the edition's language", () => {
    const note = { en: "mind the comparator", "zh-CN": "注意比较符" };
    const members = [{ en: "one", "zh-CN": "甲" }, { en: "two" }];
    const register = aRegister({ commitments: [aCommitment({ target, note, members })] });
    const item = (locale: "en" | "zh-CN") => compose(register, "2018-01-31", locale).themes[0]?.open[0];
    expect(item("en")).toMatchObject({ note: note.en, members: expect.stringContaining("one") });
    expect(item("zh-CN")).toMatchObject({ note: note["zh-CN"], members: expect.stringContaining("甲") });
  });

  it("puts a translation, or that there is none, beside a quote in another language than the office's", () => {
    const translated = aCommitment({ target, translations: { "zh-CN": "我们将" } });
    const item = (commitment: typeof translated, locale: "en" | "zh-CN") =>
      compose(aRegister({ commitments: [commitment] }), "2018-01-31", locale).themes[0]?.open[0];
    expect(item(translated, "en")).not.toHaveProperty("quoteTranslation");
    expect(item(translated, "zh-CN")).toMatchObject({ quote: "we will", quoteTranslation: expect.stringContaining("我们将") });
    expect(item(aCommitment({ target }), "zh-CN")).toMatchObject({ quoteTranslation: expect.stringContaining("item.no-translation") });
  });

  it("numbers issues by months since the first", () => {
    expect(compose(aRegister({}), "2017-11-30").issue).toBe(1);
    expect(compose(aRegister({}), "2018-01-31").issue).toBe(3);
  });
});
