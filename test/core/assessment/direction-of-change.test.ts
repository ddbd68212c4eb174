import { describe, expect, it } from "vitest";
import { directionBetween } from "../../../functions/core/assessment/direction-of-change.ts";
import type { Figure } from "../../../functions/core/observation.ts";
import { anObservation } from "../../support/register-builder.ts";

function aFigure(published: string): Figure {
  return { ...anObservation("2017", published), value: Number(published) };
}

const between = (from: string, to: string, better: "increase" | "decrease" | "none" = "increase") =>
  directionBetween(aFigure(from), aFigure(to), better);

describe("the direction between two figures", () => {
  it("is the good one where it goes the way that is better", () => {
    expect(between("100", "120")).toBe("improving");
    expect(between("120", "100")).toBe("worsening");
    expect(between("100", "120", "decrease")).toBe("worsening");
    expect(between("120", "100", "decrease")).toBe("improving");
  });

  it("is flat where rounding alone could have made the change: 100 is up to 100.5, and 100.5 begins at 100.45", () => {
    expect(between("100", "100")).toBe("flat");
    expect(between("100", "100.5")).toBe("flat");
    expect(between("100.5", "100")).toBe("flat");
    expect(between("100", "100.6")).toBe("improving");
  });

  it("is not flat for neighbours: what rounds to 100 ends where what rounds to 101 begins", () => {
    expect(between("100", "101")).toBe("improving");
    expect(between("101", "100")).toBe("worsening");
  });

  it("does not exist where neither way is better, however far it went", () => {
    expect(between("100", "200", "none")).toBeUndefined();
    expect(between("100", "100", "none")).toBeUndefined();
  });
});
