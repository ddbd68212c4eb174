import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparableSeries } from "../../functions/core/comparable-series.ts";
import { vintagesAt } from "../../functions/core/observation.ts";
import { aCommitment, aMetric, anObservation, aRegister, judge } from "../support/register-builder.ts";

const from = (name: string, rank: "original" | "press" | "repost" = "original") => ({
  source: { title: name, url: `https://example.org/${name}`, quote: name, rank },
});
const at = (observations: Parameters<typeof vintagesAt>[0], asOf: string) =>
  vintagesAt(observations, asOf).map(({ period, best, others }) => [period, best.value, ...others.map((o) => o.value)]);

describe("what was known on a day", () => {
  const history = [
    anObservation("2017", "2590", { status: "E", knownSince: "2018-01-03", ...from("report") }),
    anObservation("2017", "2606", { status: "P", knownSince: "2018-03-01", ...from("bulletin") }),
    anObservation("2017", "2610", { status: "A", knownSince: "2018-09-30", ...from("yearbook") }),
  ];

  it.each([
    ["2018-01-02", []],
    ["2018-01-03", [["2017", 2590]]],
    ["2018-03-01", [["2017", 2606, 2590]]],
    ["2020-01-01", [["2017", 2610, 2606, 2590]]],
  ])("at %s is %j: estimate, provisional, final, each loser kept in sight", (asOf, expected) => {
    expect(at(history, asOf)).toEqual(expected);
  });

  it("puts an original before a newspaper before a copy, of one status, whichever is newer", () => {
    const conflict = [
      anObservation("2016", "2300", { knownSince: "2018-02-05", ...from("city") }),
      anObservation("2016", "2250", { knownSince: "2018-05-01", ...from("paper", "press") }),
      anObservation("2016", "2230", { knownSince: "2018-06-01", ...from("copy", "repost") }),
    ];
    expect(at(conflict, "2018-12-31")).toEqual([["2016", 2300, 2250, 2230]]);
    expect(at(conflict.slice(1), "2018-12-31")).toEqual([["2016", 2250, 2230]]);
  });

  it("lets a newer figure of the same standing win, and never a copy of an estimate over a final figure", () => {
    const revised = [
      anObservation("2019", "2850", { knownSince: "2020-05-29", ...from("first") }),
      anObservation("2019", "2547", { knownSince: "2021-12-25", ...from("second") }),
      anObservation("2019", "2900", { status: "E", knownSince: "2022-01-01", ...from("third") }),
    ];
    expect(at(revised, "2021-12-24")).toEqual([["2019", 2850]]);
    expect(at(revised, "2022-12-31")).toEqual([["2019", 2547, 2850, 2900]]);
  });

  it("does not depend on the order in which figures were entered, nor change while nothing new is known", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(history, { minLength: 3 }), fc.integer({ min: 0, max: 3_000 }), (shuffled, days) => {
        expect(at(shuffled, "2018-12-31")).toEqual(at(history, "2018-12-31"));
        const later = new Date(Date.parse("2018-09-30") + days * 86_400_000).toISOString().slice(0, 10);
        expect(at(history, later)).toEqual(at(history, "2018-09-30"));
      }),
      { numRuns: 10_000 },
    );
  });
});

describe("figures that cannot be compared", () => {
  const values = (metric: ReturnType<typeof aMetric>, observations: Parameters<typeof vintagesAt>[0]) =>
    comparableSeries(vintagesAt(observations, "2030-12-31"), metric).map((series) => series.map((v) => v.best.value));

  it("are parted at a break: a new base year begins a series of its own", () => {
    const observations = ["100", "110", "60", "66"].map((value, i) =>
      anObservation(String(2016 + i), value, value === "60" ? { status: "B" } : {}),
    );
    expect(values(aMetric(), observations)).toEqual([
      [60, 66],
      [100, 110],
    ]);
  });

  it("are parted by definition, and joined where the metric says that two are one", () => {
    const observations = [
      anObservation("2016", "44.4"),
      anObservation("2017", "46"),
      anObservation("2018", "39.2", { definition: "strategic" }),
    ];
    const definitions = [
      { id: "emerging", name: { en: "e" } },
      { id: "strategic", name: { en: "s" } },
    ];
    expect(values(aMetric({ definitions }), observations)).toEqual([[44.4, 46], [39.2]]);
    const joined = [definitions[0], { ...definitions[1], comparableWith: ["emerging"] }];
    expect(values(aMetric({ definitions: joined }), observations)).toEqual([[44.4, 46, 39.2]]);
  });

  it("are parted by the length of the period, ranges too", () => {
    const observations = ["2016", "2021-S1", "2019-01-01/P10M", "2012-01-01/P5Y"].map((p) =>
      anObservation(p, "1", { knownSince: "2022-01-01" }),
    );
    expect(values(aMetric(), observations)).toHaveLength(4);
  });

  it("give no direction across a break", () => {
    const commitments = [aCommitment({ kind: "directional-commitment", proxy: { metric: "output" } })];
    const observations = [anObservation("2016", "100"), anObservation("2018", "60", { status: "B" })];
    expect(judge(aRegister({ commitments, observations }), "2019-12-31").verdict).toBe("one period only");
  });
});
