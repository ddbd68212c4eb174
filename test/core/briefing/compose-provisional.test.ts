import { describe, expect, it } from "vitest";
import { freezeModel, thawModel } from "../../../functions/core/briefing/frozen-model.ts";
import { officeSchema } from "../../../functions/core/office.ts";
import type { Register } from "../../../functions/core/ports.ts";
import { composeSample } from "../../support/compose-sample.ts";
import { aCommitment, aMetric, anObservation, aRegister } from "../../support/register-builder.ts";

const { office } = aRegister({});
const owners = [
  { id: "mayor", name: { en: "The mayor", "zh-CN": "市长" }, basis: "stated" },
  { id: "works", name: { en: "Public Works", "zh-CN": "市政部门" }, basis: "stated" },
];
const declared = [
  { metric: "calls", holder: "works" },
  { metric: "output", holder: "mayor" },
  { metric: "income", holder: "works" },
];

/** An office that waits for two of three figures: the calls of the month, known on 8 February, the output of the year before, known on 15
 *  January, and the income of the quarter, which never comes. */
const waiting: Register = aRegister({
  office: officeSchema.parse({ ...office, owners, readiness: { declared, enough: 2 } }),
  commitments: [aCommitment({ target: { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" } })],
  metrics: [
    aMetric(),
    aMetric({ id: "calls", name: { en: "Calls", "zh-CN": "船次" }, frequency: "M" }),
    aMetric({ id: "income", name: { en: "Income", "zh-CN": "收入" }, frequency: "Q" }),
  ],
  observations: [anObservation("2017", "120"), anObservation("2018-01", "7", { metric: "calls", knownSince: "2018-02-08" })],
});

/** The model of January 2018 as known at its end, when one figure of the three is there. */
function january(edition: string, register = waiting) {
  return composeSample(register, { asOf: "2018-01-31", edition });
}

describe("a briefing made before enough of its figures are in", () => {
  it("says so, and what is missing, for which period and who holds it, in words of its language", () => {
    expect(january("full-en").provisional).toEqual({
      mark: "label.provisional {}",
      note: 'label.provisional-note {"asOf":"31 January 2018","declared":3,"enough":2,"present":1}',
      missing: [
        { metric: "calls", name: "Calls", period: "January 2018", holder: "Public Works" },
        { metric: "income", name: "Income", period: "Q4 2017", holder: "Public Works" },
      ],
    });
    expect(january("full-zh-CN").provisional?.missing).toEqual([
      { metric: "calls", name: "船次", period: "2018年1月", holder: "市政部门" },
      { metric: "income", name: "收入", period: "2017年第四季度", holder: "市政部门" },
    ]);
  });

  it("says the same in every edition", () => {
    const full = january("full-en").provisional;
    for (const edition of ["one-page-en", "theme-growth-en", "owner-mayor-en"]) expect(january(edition).provisional).toEqual(full);
  });

  it("keeps its title, its number and its verdicts", () => {
    const { provisional: _, ...rest } = january("full-en");
    expect(rest).toEqual(january("full-en", { ...waiting, office: { ...waiting.office, readiness: undefined } }));
  });

  it("comes back from its frozen model as it was", () => {
    const model = january("full-en");
    expect(thawModel(freezeModel(model), "model.json")).toEqual(model);
  });
});

describe("a briefing made when enough is in", () => {
  it("is not provisional, though one figure be missing", () => {
    const early = { ...waiting, observations: waiting.observations.map((o) => ({ ...o, knownSince: "2018-01-31" })) };
    expect(january("full-en", early)).not.toHaveProperty("provisional");
  });

  it("nor is that of an office that waits for nothing", () => {
    expect(composeSample(aRegister({}), { asOf: "2018-01-31" })).not.toHaveProperty("provisional");
  });
});
