import { describe, expect, it } from "vitest";
import {
  compareVintages,
  knownAt,
  type Observation,
  observationKey,
  publishedDigits,
  roundingInterval,
  vintagesAt,
} from "../../functions/core/observation.ts";

function observation(change: Partial<Observation> = {}): Observation {
  return {
    metric: "homes_completed",
    refArea: "Harbourton",
    period: "2024",
    value: 412,
    decimals: 0,
    unit: "homes",
    status: "P",
    knownSince: "2025-02-10",
    source: { title: "Bulletin", url: "https://example.org/bulletin", quote: "412 homes", rank: "original" },
    ...change,
  };
}

const provisional = observation();
const final = observation({ value: 405, status: "A", knownSince: "2025-06-20" });

describe("what was known on a date", () => {
  it("includes what came out on that very day and nothing later", () => {
    expect(knownAt([provisional, final], "2025-02-09")).toEqual([]);
    expect(knownAt([provisional, final], "2025-02-10")).toEqual([provisional]);
    expect(knownAt([provisional, final], "2025-06-20")).toEqual([provisional, final]);
  });

  it("changes with a revision, and keeps the figure that lost", () => {
    expect(vintagesAt([final, provisional], "2025-03-31")).toEqual([{ period: "2024", best: provisional, others: [] }]);
    expect(vintagesAt([provisional, final], "2025-12-31")).toEqual([{ period: "2024", best: final, others: [provisional] }]);
  });

  it("leaves out a period whose value is missing: missing is not zero", () => {
    expect(vintagesAt([observation({ value: null, status: "M" })], "2025-12-31")).toEqual([]);
  });

  it("gives the periods in their order in time", () => {
    const periods = ["2025", "2023", "2024"].map((period) => observation({ period }));
    expect(vintagesAt(periods, "2026-12-31").map((v) => v.period)).toEqual(["2023", "2024", "2025"]);
  });
});

describe("of several vintages", () => {
  const source = provisional.source;
  it.each([
    ["a final figure wins over a later provisional one", { status: "A" }, { status: "P", knownSince: "2030-01-01" }],
    ["a provisional figure wins over a later estimate", { status: "P" }, { status: "E", knownSince: "2030-01-01" }],
    ["an original wins over a later newspaper", {}, { source: { ...source, rank: "press" }, knownSince: "2030-01-01" }],
    [
      "a newspaper wins over a later repost",
      { source: { ...source, rank: "press" } },
      { source: { ...source, rank: "repost" }, knownSince: "2030-01-01" },
    ],
    ["the newer of two equals wins", { knownSince: "2025-02-11" }, { knownSince: "2025-02-10" }],
  ] satisfies [string, Partial<Observation>, Partial<Observation>][])("%s", (_, winner, loser) => {
    const [a, b] = [observation(winner), observation(loser)];
    expect([b, a].toSorted(compareVintages)[0]).toBe(a);
    expect([a, b].toSorted(compareVintages)[0]).toBe(a);
  });

  it("each has a key of its own", () => {
    const changes: Partial<Observation>[] = [
      { knownSince: "2025-02-11" },
      { status: "E" },
      { source: { ...source, url: "https://example.org/other" } },
    ];
    for (const change of changes) expect(observationKey(observation(change))).not.toBe(observationKey(provisional));
    expect(observationKey(observation({ value: 999, comment: "other words" }))).toBe(observationKey(provisional));
  });
});

describe("the digits that were published", () => {
  it("bound the values that would have been printed alike", () => {
    expect(roundingInterval({ value: 210, decimals: 0 })).toEqual({ low: 209.5, high: 210.5 });
    expect(roundingInterval({ value: 2300, decimals: -1 })).toEqual({ low: 2295, high: 2305 });
  });

  it("are printed as they were, no more and no fewer", () => {
    expect(publishedDigits({ value: 2686.6, decimals: 2 })).toBe("2686.60");
    expect(publishedDigits({ value: 2300, decimals: -1 })).toBe("2300");
    expect(publishedDigits({ value: 7.3, decimals: 1 })).toBe("7.3");
  });
});
