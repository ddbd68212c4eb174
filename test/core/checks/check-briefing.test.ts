import { describe, expect, it } from "vitest";
import type { Briefing } from "../../../functions/core/briefing/briefing.ts";
import { checkBriefing } from "../../../functions/core/checks/check-briefing.ts";
import { ContentError } from "../../../functions/core/errors.ts";
import { composeSample } from "../../support/compose-sample.ts";
import { aCommitment, anObservation, aRegister } from "../../support/register-builder.ts";

const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };
const register = aRegister({
  commitments: [aCommitment({ target })],
  observations: [anObservation("2015", "80"), anObservation("2016", "90"), anObservation("2017", "120")],
});

/** A sound model with something in it spoilt. */
function spoilt(spoil: (briefing: Briefing) => void, asOf = "2018-01-31"): () => void {
  const briefing = structuredClone(composeSample(register, { asOf }));
  spoil(briefing);
  return () => checkBriefing(briefing);
}

function first<T>(list: readonly T[] | undefined): T {
  const [entry] = list ?? [];
  if (entry === undefined) throw new Error("the sample has none");
  return entry;
}
const series = (briefing: Briefing) => first(briefing.themes[0]?.series);

describe("a model that is to be printed", () => {
  it("passes as it was composed", () => {
    expect(spoilt(() => {})).not.toThrow();
  });

  it("may not cite a source that is not listed", () => {
    expect(spoilt((b) => b.sources.splice(0))).toThrow(ContentError);
    expect(spoilt((b) => b.sources.splice(0))).toThrow(/cites source 1, which is not in the list/);
    expect(spoilt((b) => (first(series(b).points).source = 7))).toThrow(/2015.*: cites source 7/);
  });

  it("may not have a source that cannot be opened, or a computation without a source", () => {
    expect(spoilt((b) => (first(b.sources).url = "unknown"))).toThrow(/source 1, "Fictional gazette": has no source that can be opened/);
    expect(spoilt((b) => (first(b.observations).sourceUrl = ""))).toThrow(/2015: 80: has no source that can be opened/);
    expect(spoilt((b) => first(b.themes[0]?.groups).items.map((i) => i.sources.splice(0)))).toThrow(
      /computes with figures that have no source/,
    );
  });

  it("may not have an empty chart", () => {
    expect(spoilt((b) => series(b).points.splice(1))).toThrow(/the chart is empty \(1 of 1 points can be drawn\)/);
  });

  it("may not show a stale figure as current", () => {
    expect(spoilt(() => {}, "2020-06-30")).not.toThrow();
    const unmarked = spoilt((b) => Object.assign(series(b), { stale: false, staleMark: undefined }), "2020-06-30");
    expect(unmarked).toThrow(/the figure for 2017 is too old to be shown as current, and is not marked/);
    expect(spoilt((b) => Object.assign(series(b), { stale: false, staleMark: undefined }), "2018-06-30")).not.toThrow();
  });

  it("is refused with every fault at once", () => {
    const twice = spoilt((b) => {
      b.sources.splice(0);
      series(b).points.splice(1);
    });
    expect(twice).toThrow(/cites source 1[\s\S]*the chart is empty/);
  });
});
