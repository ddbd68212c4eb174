import { describe, expect, it } from "vitest";
import { composeIfAny, composeSample } from "../../support/compose-sample.ts";
import { aCommitment, anEvidence, anObservation, aRegister } from "../../support/register-builder.ts";

const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };
const observations = [anObservation("2017", "120")];
const asOf = "2018-01-31";

describe("page one", () => {
  it("sorts statements into what is ahead, on track, slipping and failed, the gravest first", () => {
    const commitments = [
      aCommitment({ id: "met", target }),
      aCommitment({ id: "on-the-line", target: { ...target, value: 120 } }),
      aCommitment({ id: "missed", target: { ...target, value: 500 } }),
      aCommitment({ id: "slogan", kind: "directional-commitment", notScored: { en: "a slogan" } }),
    ];
    const { lanes } = composeSample(aRegister({ commitments, observations }), { asOf }).overview;
    expect(lanes.map(({ lane, count, items, more }) => [lane, count, items.map((i) => i.commitmentId), more])).toEqual([
      ["ahead", 1, ["met"], 0],
      ["on track", 0, [], 0],
      ["slipping", 1, ["on-the-line"], 0],
      ["failed", 1, ["missed"], 0],
    ]);
  });

  it("names four of a lane and counts the rest", () => {
    const commitments = [1, 2, 3, 4, 5, 6].map((n) => aCommitment({ id: `met-${n}`, target }));
    const [ahead] = composeSample(aRegister({ commitments, observations }), { asOf }).overview.lanes;
    expect(ahead).toMatchObject({ count: 6, more: 2, items: [{ commitmentId: "met-1" }, {}, {}, { commitmentId: "met-4" }] });
  });

  it("asks for a decision where something failed or is in doubt, and of which office", () => {
    const commitments = [
      aCommitment({ id: "works", kind: "programme-or-mechanism", programmes: ["works"] }),
      aCommitment({ id: "missed", target: { ...target, value: 500 } }),
      aCommitment({ id: "met", target }),
    ];
    const evidence = [anEvidence("2017-12-01", "announced")];
    const { decisions } = composeSample(aRegister({ commitments, observations, evidence }), { asOf }).overview;
    expect(decisions.map(({ commitmentId, ask, owner }) => [commitmentId, ask, owner])).toEqual([
      ["missed", "decision.missed {}", "The mayor"],
      ["works", "decision.announced {}", "The mayor"],
    ]);
  });

  it("says who holds what is missing, the most first", () => {
    const base = aRegister({});
    const office = {
      ...base.office,
      owners: [...base.office.owners, { id: "port", name: { en: "The port" }, basis: "stated" as const }],
    };
    const open = (id: string, owner: string) => aCommitment({ id, owner, kind: "directional-commitment" });
    const commitments = [open("a", "mayor"), open("b", "port"), open("c", "port")];
    expect(composeSample({ ...base, office, commitments }, { asOf }).overview.gaps).toEqual([
      { owner: "The port", count: 2 },
      { owner: "The mayor", count: 1 },
    ]);
  });
});

describe("an edition about one theme or one office", () => {
  const base = aRegister({});
  const office = {
    ...base.office,
    themes: [...base.office.themes, { id: "port", name: { en: "Port" }, children: [] }],
    owners: [...base.office.owners, { id: "harbour", name: { en: "Harbour office" }, basis: "stated" as const }],
  };
  const commitments = [
    aCommitment({ id: "own", target }),
    aCommitment({ id: "other", theme: "port", owner: "harbour", target: { ...target, value: 500 } }),
  ];
  const register = { ...base, office, commitments, observations };

  it("holds what belongs to it and nothing else, counts, sources and figures included", () => {
    const briefing = composeSample(register, { asOf, edition: "theme-port-en" });
    expect(briefing.themes.map((t) => t.id)).toEqual(["port"]);
    expect(briefing).toMatchObject({
      scope: "theme",
      subject: { id: "port", name: "Port" },
      overview: { decisions: [{ commitmentId: "other" }] },
    });
    expect(briefing.counts.filter((c) => c.count > 0).map((c) => [c.signal, c.count])).toEqual([["failed", 1]]);
    expect(briefing.observations).toMatchObject([{ metric: "output", period: "2017", value: "120", role: "decides" }]);
    expect(
      composeSample(register, { asOf, edition: "owner-mayor-en" }).themes.flatMap((t) => t.groups.flatMap((g) => g.items)),
    ).toMatchObject([{ commitmentId: "own" }]);
  });

  it("leaves out changes of others", () => {
    const standing = { verdict: "no data", signal: "cannot judge" } as const;
    const change = {
      kind: "flip",
      quote: "",
      from: standing,
      to: standing,
      cause: "performance",
      causes: ["performance"],
      because: "",
      revisedInputs: [],
    } as const;
    const changes = ["own", "other"].map((commitmentId) => ({ ...change, commitmentId }));
    const briefing = composeSample(register, { asOf, edition: "owner-harbour-en", changes });
    expect(briefing.changes.items.map((c) => c.commitmentId)).toEqual(["other"]);
  });

  it("is not made when nothing had been said on its subject", () => {
    const silent = { ...register, commitments: commitments.slice(0, 1) };
    expect(composeIfAny(silent, { asOf, edition: "theme-port-en" })).toBeUndefined();
    expect(composeIfAny({ ...silent, commitments: [] }, { asOf, edition: "full-en" })).toMatchObject({ themes: [] });
  });
});

describe("a leader's page", () => {
  it("shows the five gravest statements with their grounds, counts all, and cites only what it shows", () => {
    const observationsOfTwo = [anObservation("2017", "120"), anObservation("2016", "1", { metric: "other", source: elsewhere })];
    const commitments = [1, 2, 3, 4, 5, 6, 7].map((n) => aCommitment({ id: `c-${n}`, target: { ...target, value: n * 20 + 10 } }));
    const briefing = composeSample(aRegister({ commitments, observations: observationsOfTwo }), { asOf, edition: "one-page-en" });
    const shown = briefing.themes.flatMap((t) => t.groups.flatMap((g) => g.items.map((i) => i.commitmentId)));
    // 20 × 6 + 10 and 20 × 7 + 10 are above 120: failed. The first three of the others keep their order.
    expect(shown).toEqual(["c-1", "c-2", "c-3", "c-6", "c-7"]);
    expect(briefing.leaders).toEqual(["c-6", "c-7", "c-1", "c-2", "c-3"]);
    expect(briefing.counts.reduce((sum, c) => sum + c.count, 0)).toBe(7);
    expect(briefing.sources).toHaveLength(1);
    expect(briefing).toMatchObject({ otherSeries: [], benchmarks: [], methods: [], cannotJudge: [] });
  });
});

const elsewhere = { title: "Elsewhere", url: "https://example.org/elsewhere", quote: "1", rank: "original" };
