import { describe, expect, it } from "vitest";
import { readOfficeFolder } from "../../../functions/adapters/office-folder/office-folder.ts";
import { checkRegister } from "../../../functions/core/checks/check-register.ts";
import type { Commitment } from "../../../functions/core/commitment.ts";
import type { Evidence } from "../../../functions/core/evidence.ts";
import type { Metric } from "../../../functions/core/metric.ts";
import type { Observation } from "../../../functions/core/observation.ts";
import type { Office } from "../../../functions/core/office.ts";
import type { OfficeFolder } from "../../../functions/core/ports.ts";
import { harbourton } from "../../support/office-copy.ts";

const sound = await readOfficeFolder(harbourton);
const noDigests = new Map<string, string>();

/** The sound office with one entry changed, and what the check says of it. */
function findings(change: Partial<OfficeFolder>) {
  return checkRegister({ ...sound, ...change }, noDigests).map(({ entity, field, message }) => `${entity} ${field}: ${message}`);
}
function withOffice(change: Partial<Office>) {
  return findings({ office: { ...sound.office, ...change } });
}
function withCommitment(id: string, change: Partial<Commitment>) {
  return findings({ commitments: sound.commitments.map((c) => (c.id === id ? { ...c, ...change } : c)) });
}
function withMetric(id: string, change: Partial<Metric>) {
  return findings({ metrics: sound.metrics.map((m) => (m.id === id ? { ...m, ...change } : m)) });
}
function withEvidence(id: string, change: Partial<Evidence>) {
  return findings({ evidence: sound.evidence.map((e) => (e.id === id ? { ...e, ...change } : e)) });
}
function entry<T extends { id: string }>(list: readonly T[], id: string): T {
  const found = list.find((item) => item.id === id);
  if (!found) throw new Error(`the fictional office has no ${id}`);
  return found;
}
const homes = entry(sound.commitments, "homes-2025");
const target = homes.target;
if (!target) throw new Error("homes-2025 has a target");

describe("a register that holds together", () => {
  it("gives no finding", () => {
    expect(findings({})).toEqual([]);
  });
});

describe("a quote", () => {
  it("must be in its speech", () => {
    expect(withCommitment("homes-2025", { quote: "In 2025 we will finish more than 600 homes" })).toEqual([
      "commitment quote: the speech does not contain these exact words: In 2025 we will finish more than 600 homes",
    ]);
  });

  it("must stand at its offsets", () => {
    const [finding] = withCommitment("homes-2025", { start: homes.start + 1, end: homes.end + 1 });
    expect(finding).toContain(
      `commitment start: the words stand at ${homes.start}–${homes.end}, not at ${homes.start + 1}–${homes.end + 1}`,
    );
  });

  it("of an exclusion must stand there too", () => {
    expect(findings({ exclusions: sound.exclusions.map((x) => ({ ...x, quote: "nobody said this" })) })).toEqual([
      "exclusion quote: the speech does not contain these exact words: nobody said this",
      "exclusion quote: the speech does not contain these exact words: nobody said this",
    ]);
  });

  it("must name a speech of the office", () => {
    expect(withCommitment("homes-2025", { speech: "mayor-2025-03-05" })).toEqual([
      "commitment speech: mayor-2025-03-05 is not a speech of this office (did you mean mayor-2025-03-04?)",
    ]);
  });

  it("is worth nothing when the text is another one than was recorded", () => {
    const digests = new Map([["mayor-2025-03-04", "0".repeat(64)]]);
    expect(checkRegister(sound, digests)).toMatchObject([{ entity: "speech", field: "sha256" }]);
  });
});

describe("a name that is declared nowhere", () => {
  it.each([
    [{ theme: "environment/air-quality" }, "commitment theme: environment/air-quality is not a theme in office.yaml"],
    [{ theme: "homs" }, "commitment theme: homs is not a theme in office.yaml (did you mean homes?)"],
    [{ owner: "housin" }, "commitment owner: housin is not an owner in office.yaml (did you mean housing?)"],
    [{ parent: "three-bridge" }, "commitment parent: three-bridge is not a commitment (did you mean three-bridges?)"],
    [{ target: { ...target, metric: "homes" } }, "commitment target.metric: homes is not a metric of this office"],
    [
      { target: { ...target, metric: "home_completed" } },
      "commitment target.metric: home_completed is not a metric of this office (did you mean homes_completed?)",
    ],
    [{ target: { ...target, refArea: "Atlantis" } }, "commitment target.refArea: Atlantis is not an area in office.yaml"],
    [{ target: { ...target, definition: "net" } }, "commitment target.definition: homes_completed has no definition net"],
    [{ proxy: { metric: "no2" } }, "commitment proxy.metric: no2 is not a metric of this office"],
    [
      { benchmark: { refArea: "Port Elery" } },
      "commitment benchmark.refArea: Port Elery is not an area in office.yaml (did you mean Port Ellery?)",
    ],
    [{ benchmark: { refArea: "Port Ellery", metric: "wealth" } }, "commitment benchmark.metric: wealth is not a metric of this office"],
  ] satisfies [Partial<Commitment>, string][])("is found: %j", (change, finding) => {
    expect(withCommitment("homes-2025", change)).toEqual([finding]);
  });

  it("is found for evidence that no commitment asks for", () => {
    expect(withEvidence("mill-bridge-works", { programme: "three-bridge" })).toEqual([
      "evidence programme: no commitment names the programme three-bridge (did you mean three-bridges?)",
    ]);
  });

  it("is found in the office and in a metric", () => {
    expect(withOffice({ refArea: "Harbortown" })).toEqual([
      "office refArea: Harbortown is not one of the areas below (did you mean Harbourton?)",
    ]);
    expect(withMetric("recycling_rate", { definitions: [{ id: "household", name: { en: "x" }, comparableWith: ["total"] }] })).toEqual([
      "metric definitions.0.comparableWith: recycling_rate has no definition total",
    ]);
  });
});

describe("an id that stands twice", () => {
  it.each(["commitments", "metrics", "speeches", "evidence"] as const)("is found among the %s", (list) => {
    const [first] = sound[list];
    const found = checkRegister({ ...sound, [list]: [...sound[list], first] }, noDigests);
    expect(found).toMatchObject([
      { field: "id", index: sound[list].length, other: { index: 0 }, message: `the id ${first?.id} is already used` },
    ]);
  });

  it("is found among areas, themes, their children and owners", () => {
    const { areas, themes, owners } = sound.office;
    expect(withOffice({ areas: [...areas, ...areas.slice(0, 1)] })).toEqual(["office areas.2.id: the id Harbourton is already used above"]);
    expect(withOffice({ themes: [...themes, ...themes.slice(0, 1)] })).toEqual(["office themes.4.id: the id homes is already used above"]);
    expect(withOffice({ owners: [...owners, ...owners.slice(0, 1)] })).toEqual([
      "office owners.5.id: the id council is already used above",
    ]);
    const doubled = themes.map((theme) => ({ ...theme, children: [...theme.children, ...theme.children.slice(0, 1)] }));
    expect(withOffice({ themes: doubled })).toHaveLength(2);
  });

  it("is found among the observations, also when one spells out the metric's first definition", () => {
    const [first] = sound.observations;
    const waste = sound.observations.find((o) => o.definition === "household");
    if (!first || !waste) throw new Error("the fictional office has these");
    const { definition: _, ...unspelt } = waste;
    for (const again of [first, { ...first, value: 1 }, unspelt]) {
      expect(checkRegister({ ...sound, observations: [...sound.observations, again] }, noDigests)).toMatchObject([
        { entity: "observation", index: sound.observations.length, field: "KNOWN_SINCE" },
      ]);
    }
  });
});

describe("a target", () => {
  it("is in the metric's unit", () => {
    expect(withCommitment("homes-2025", { target: { ...target, unit: "houses" } })).toEqual([
      "commitment target.unit: homes_completed is measured in homes, not in houses",
    ]);
  });

  it.each([
    ["share", "%", 160],
    ["share", "%", -1],
    ["rate", "%", 2590],
    ["rank", "place", 0],
    ["rank", "place", 2.5],
    ["count", "homes", -5],
  ] as const)("of a metric that is a %s in %s cannot be %d", (shape, unit, value) => {
    const metrics = sound.metrics.map((m) => (m.id === "population" ? { ...m, shape, unit: { id: unit } } : m));
    const commitments = [{ ...homes, target: { metric: "population", comparator: ">=" as const, value, unit } }];
    expect(findings({ metrics, commitments, evidence: [] })).toEqual([expect.stringContaining("commitment target.value:")]);
  });

  it("is what a quantified target needs, unless nobody scores it", () => {
    const { target: _, ...bare } = homes;
    const others = sound.commitments.filter((c) => c.id !== homes.id);
    expect(findings({ commitments: [...others, bare] })).toEqual([
      expect.stringContaining("commitment target: a quantified-target needs a target"),
    ]);
    expect(findings({ commitments: [...others, { ...bare, notScored: { en: "A national figure." } }] })).toEqual([]);
  });
});

describe("parents that run in a circle", () => {
  it("are found once, and shown", () => {
    const commitments = sound.commitments.map((c) => {
      if (c.id === "three-bridges") return { ...c, parent: "flood-strategy" };
      return c.id === "flood-strategy" ? { ...c, parent: "three-bridges" } : c;
    });
    expect(findings({ commitments })).toEqual([
      "commitment parent: the parents run in a circle: three-bridges → flood-strategy → three-bridges",
    ]);
  });

  it("are found when a commitment is its own parent", () => {
    expect(withCommitment("homes-2025", { parent: "homes-2025" })).toEqual([
      "commitment parent: the parents run in a circle: homes-2025 → homes-2025",
    ]);
  });
});

describe("a date that cannot be", () => {
  it("is one before the thing happened, unless it was a plan", () => {
    expect(withEvidence("mill-bridge-works", { knownSince: "2025-04-30" })).toEqual([
      "evidence knownSince: known on 2025-04-30, before it happened (2025-05); only a plan is known before",
    ]);
    expect(withEvidence("footbridge-plan", { knownSince: "2025-03-01" })).toEqual([]);
  });

  it("is a due date of what is no plan", () => {
    expect(withEvidence("mill-bridge-works", { due: "2026" })).toEqual([
      "evidence due: only a plan (stage: planned) has a due date, not running",
    ]);
  });

  it("is one on which a measured figure was known before its period began", () => {
    const early = (change: Partial<Observation>) => {
      const [first, ...rest] = sound.observations;
      return findings({ observations: first ? [{ ...first, ...change }, ...rest] : [] });
    };
    expect(early({ period: "2030", status: "A" })).toEqual([
      expect.stringContaining("observation KNOWN_SINCE: known on 2024-06-21, before 2030 began"),
    ]);
    expect(early({ period: "2030", status: "E" })).toEqual([]);
  });
});

describe("what an office or a metric says of itself", () => {
  it("names a time zone that exists", () => {
    expect(withOffice({ timeZone: "Europe/Harbourton" })).toEqual([
      "office timeZone: Europe/Harbourton is not a time zone; write an IANA name such as Europe/London",
    ]);
  });

  it("gives the unit's measure and its power of ten together", () => {
    expect(withMetric("council_tax_income", { unit: { id: "£ million", measure: "GBP" } })).toEqual([
      "metric unit: measure and mult belong together: write both or neither",
    ]);
  });
});

describe("a method that a commitment names", () => {
  const level = { metric: "council_tax_income", comparator: ">=", value: 50, unit: "£ million" } as const;
  const share = { metric: "recycling_rate", comparator: ">=", value: 60, unit: "%" } as const;
  const named = (id: string, change: Partial<Commitment>) => withCommitment(id, change);

  it.each([
    ["threshold", { ...level, period: "2025" }],
    ["time-proportional", { ...level, due: "2030" }],
    ["run-rate", { ...level, period: "2025" }],
    ["cagr-ratio", { ...level, due: "2030" }],
    ["projection", { ...level, due: "2030" }],
    ["weather", { ...share, due: "2030" }],
    ["maintain", share],
  ] as const)("%s may judge a target that it fits", (method, fitting) => {
    expect(named("homes-2025", { method, target: fitting })).toEqual([]);
  });

  it.each([
    ["benchmark", "benchmark-gap"],
    ["programme-or-mechanism", "evidence-stage"],
  ] as const)("may spell out the only one of a %s", (kind, method) => {
    const { target: _target, ...rest } = homes;
    expect(findings({ commitments: sound.commitments.map((c) => (c.id === homes.id ? { ...rest, kind, method } : c)) })).toEqual([]);
  });

  it.each([
    [
      "a target of a benchmark",
      { kind: "benchmark", method: "weather" },
      "a benchmark is judged by benchmark-gap; leave the method out or write this one",
    ],
    ["a recognition", { kind: "recognition", method: "threshold" }, "a recognition is judged in one way only; leave the method out"],
    [
      "a target without a time",
      { method: "cagr-ratio", target: level },
      "cagr-ratio needs the time of the target: give it a due date or a period",
    ],
    [
      "the run-rate of a due date",
      { method: "run-rate", target: { ...level, due: "2030" } },
      "run-rate adds up what comes in over a period: give the target a period, not a due date",
    ],
    [
      "the run-rate of a share",
      { method: "run-rate", target: { ...share, period: "2025" } },
      "run-rate adds up what comes in over a period, and recycling_rate is a share",
    ],
  ] as const)("cannot judge %s", (_case, change, message) => {
    expect(named("homes-2025", change as Partial<Commitment>)).toContain(`commitment method: ${message}`);
  });

  it.each(["rate", "rank"] as const)("does not compound a %s", (shape) => {
    const metrics = sound.metrics.map((m) => (m.id === "council_tax_income" ? { ...m, shape } : m));
    const judged = (change: Partial<Commitment>) =>
      findings({ metrics, commitments: sound.commitments.map((c) => (c.id === homes.id ? { ...c, ...change } : c)) });
    const message = `compounds growth, and council_tax_income is a ${shape}`;
    for (const method of ["cagr-ratio", "projection"] as const) {
      expect(judged({ method, target: { ...level, due: "2030" } })).toContain(`commitment method: ${method} ${message}`);
    }
    const { target: _target, ...rest } = homes;
    const trend = { ...rest, kind: "directional-commitment" as const, proxy: { metric: "council_tax_income" }, method: "trend" as const };
    expect(findings({ metrics, commitments: sound.commitments.map((c) => (c.id === homes.id ? trend : c)) })).toContain(
      `commitment method: trend ${message}`,
    );
  });

  it.each(["rate", "rank"] as const)("does not divide a %s: a benchmark is by another metric, or by none", (shape) => {
    const metrics = sound.metrics.map((m) => (m.id === "council_tax_income" ? { ...m, shape } : m));
    const compared = (benchmark: Commitment["benchmark"], kind: Commitment["kind"] = "benchmark") => {
      const { target: _target, ...rest } = homes;
      return findings({ metrics, commitments: [{ ...rest, kind, benchmark }] }).filter((f) => f.startsWith("commitment benchmark"));
    };
    expect(compared({ refArea: "Port Ellery", metric: "council_tax_income" })).toEqual([
      `commitment benchmark.metric: a benchmark is judged by a ratio, and council_tax_income is a ${shape}; name a level, share or count, or leave the metric out`,
    ]);
    expect(compared({ refArea: "Port Ellery" })).toEqual([]);
    expect(compared({ refArea: "Port Ellery", metric: "recycling_rate" })).toEqual([]);
    // Under another kind the place is shown in the gap table alone, which subtracts.
    expect(compared({ refArea: "Port Ellery", metric: "council_tax_income" }, "recognition")).toEqual([]);
  });

  it("must fit every target of the sentence", () => {
    const targets = { target: { ...level, due: "2030" }, moreTargets: [level], method: "projection" as const };
    expect(named("homes-2025", targets)).toEqual([
      "commitment method: projection needs the time of the target: give it a due date or a period",
    ]);
  });
});
