import { describe, expect, it } from "vitest";
import { openContext } from "../../../functions/core/assessment/judge-context.ts";
import type { Register } from "../../../functions/core/ports.ts";
import { aCommitment, aMetric, anEvidence, anObservation, aRegister, showMessage } from "../../support/register-builder.ts";

const at = (register: Partial<Register>, asOf = "2018-12-31") => openContext(aRegister(register), asOf, "en", showMessage);

describe("what a judge may know", () => {
  it("is each metric by its id, each area by its name, and the home area", () => {
    const context = at({ metrics: [aMetric(), aMetric({ id: "input" })] });
    expect(context.metric("input")?.id).toBe("input");
    expect(context.metric("nothing")).toBeUndefined();
    expect(context.homeArea).toBe("Testtown");
    expect(context.areaName("farland")).toBe("farland");
    const { office } = aRegister({});
    const areas = [{ id: "far", kind: "place" as const, name: { en: "The far land", "zh-CN": "远地" } }];
    expect(at({ office: { ...office, areas } }).areaName("far")).toBe("The far land");
  });

  it("is the day on which the speech became known", () => {
    expect(at({}).spokenOn(aCommitment({}))).toBe("2017-11-17");
  });

  it("is the figures of one metric and one area, known by that day, one a period", () => {
    const observations = [
      anObservation("2017", "12"),
      anObservation("2016", "10"),
      anObservation("2016", "9", { status: "E", knownSince: "2016-12-31" }),
      anObservation("2016", "99", { refArea: "Otherton" }),
      anObservation("2016", "88", { metric: "input" }),
    ];
    const values = (asOf: string) =>
      at({ observations }, asOf)
        .series("output", "Testtown")
        .map((v) => [v.period, v.best.value]);
    expect(values("2018-12-31")).toEqual([
      ["2016", 10],
      ["2017", 12],
    ]);
    expect(values("2016-12-31")).toEqual([["2016", 9]]);
    expect(values("2016-12-30")).toEqual([]);
    expect(at({ observations }).series("output", "farland")).toEqual([]);
  });

  it("is the statements about these programmes, known by that day, in the order of their dates", () => {
    const evidence = [
      anEvidence("2018-06", "running", { knownSince: "2018-07-01" }),
      anEvidence("2018-01-05", "announced"),
      anEvidence("2018-02-05", "issued", { programme: "road" }),
      anEvidence("2018-03-05", "setback", { programme: "bridge" }),
      anEvidence("2017-12-05", "planned"),
    ];
    const stages = (programmes: string[], asOf?: string) =>
      at({ evidence }, asOf)
        .evidenceOn(programmes)
        .map((e) => e.stage);
    expect(stages(["works"])).toEqual(["planned", "announced", "running"]);
    expect(stages(["works", "road"])).toEqual(["planned", "announced", "issued", "running"]);
    expect(stages(["works"], "2018-06-30")).toEqual(["planned", "announced"]);
    expect(stages([])).toEqual([]);
  });

  it("keeps statements of one day in the order of the register", () => {
    const one = anEvidence("2018-01-05", "issued", { id: "one" });
    const ids = (evidence: Register["evidence"]) =>
      at({ evidence })
        .evidenceOn(["works"])
        .map((e) => e.id);
    const [two, three] = [
      { ...one, id: "two" },
      { ...one, id: "three" },
    ];
    expect(ids([two, one, three])).toEqual(["two", "one", "three"]);
    expect(ids([three, two, one])).toEqual(["three", "two", "one"]);
  });
});
