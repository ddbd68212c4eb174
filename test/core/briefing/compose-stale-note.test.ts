import { describe, expect, it } from "vitest";
import { composeSample } from "../../support/compose-sample.ts";
import { aCommitment, anObservation, aRegister } from "../../support/register-builder.ts";

const observations = [anObservation("2016", "90"), anObservation("2018", "120", { knownSince: "2019-01-15" })];

function noteAt(asOf: string, parts: object): string | undefined {
  const { themes } = composeSample(aRegister({ commitments: [aCommitment(parts)], observations }), { asOf });
  return themes[0]?.groups[0]?.items[0]?.staleNote;
}

describe("a verdict on the present that rests on an old figure", () => {
  const direction = { kind: "directional-commitment", proxy: { metric: "output" } };

  it("says how old it is, once two whole periods have gone by without a newer one", () => {
    expect(noteAt("2020-12-31", direction)).toBeUndefined();
    expect(noteAt("2021-01-01", direction)).toBe('item.stale {"period":"2018"}');
  });

  it("says nothing where the verdict is on a time that is over", () => {
    const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2018" };
    expect(noteAt("2025-01-01", { target })).toBeUndefined();
  });
});
