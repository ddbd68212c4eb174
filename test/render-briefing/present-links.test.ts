import { describe, expect, it } from "vitest";
import { itemHref, listUses } from "../../functions/render-briefing/present-links.ts";
import { composeSample } from "../support/compose-sample.ts";
import { aCommitment, anObservation, aRegister } from "../support/register-builder.ts";

const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };
const titled = (id: string) => aCommitment({ id, target, title: { en: `Title of ${id}` } });
const asOf = "2018-01-31";

describe("links within a briefing", () => {
  it("lead from a statement's name to its entry, where there is one", () => {
    const register = aRegister({ commitments: [titled("a")], observations: [anObservation("2017", "120")] });
    expect(itemHref("a", composeSample(register, { asOf }))).toBe("#item-a");
    expect(itemHref("b", composeSample(register, { asOf }))).toBeNull();
    expect(itemHref("a", composeSample(register, { asOf, edition: "one-page-en" }))).toBeNull();
  });

  it("lead from a source back to the first places where it is used, and count the rest", () => {
    const commitments = ["a", "b", "c", "d"].map(titled);
    const briefing = composeSample(aRegister({ commitments, observations: [anObservation("2017", "120")] }), { asOf });
    expect(listUses(briefing).get(1)).toEqual({
      places: ["a", "b", "c"].map((id) => ({ title: `Title of ${id}`, href: `#item-${id}` })),
      // The fourth statement, and the figure that is shown with the theme.
      more: 2,
    });
  });

  it("name a chart once, however many of its figures a source gives", () => {
    const observations = [anObservation("2015", "80"), anObservation("2016", "90"), anObservation("2017", "120")];
    const { places, more } = listUses(composeSample(aRegister({ commitments: [titled("a")], observations }), { asOf })).get(1) ?? {};
    expect({ places, more }).toEqual({
      places: [
        { title: "Title of a", href: "#item-a" },
        { title: "Output", href: "#theme-growth" },
      ],
      more: 0,
    });
  });
});
