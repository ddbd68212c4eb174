import { describe, expect, it } from "vitest";
import { evidenceStage, stageReached } from "../../../functions/core/assessment/evidence-stage.ts";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";

const judge = (...stages: string[]) => evidenceStage.judge(methodInputSchema.parse({ stages }));

describe("the stage of evidence", () => {
  it.each([
    [["announced", "running", "issued"], "running", "on track"],
    [["planned"], "announced", "watch"],
    [["issued", "has output"], "has output", "achieved"],
    [["running", "setback"], "setback", "off track"],
    [["has output", "setback", "ended"], "ended", "failed"],
    [[], "no evidence", "cannot judge"],
    [["defines", "setback"], "no evidence", "cannot judge"],
  ])("of %j is %s", (stages, band, signal) => {
    expect(judge(...stages)).toMatchObject({ band, signal, ratio: null });
  });

  it("tells the highest stage and how many statements there are", () => {
    expect(judge("announced", "has output").explanation).toEqual({
      id: "outcome.evidence-stage.shown",
      values: { count: 2, band: "has_output", stage: "has_output" },
    });
    expect(judge("defines", "ended").explanation.values).toEqual({ count: 2, band: "ended", stage: "none" });
  });

  it("is shown by the earliest statement of it, and thrown in doubt or ended by the latest", () => {
    const said = (id: number, stage: "announced" | "issued" | "setback" | "ended") => ({ id, stage });
    const issued = stageReached([said(1, "announced"), said(2, "issued"), said(3, "setback"), said(4, "issued"), said(5, "setback")]);
    expect(issued).toEqual({ stage: "issued", shownBy: said(2, "issued"), ended: undefined, setback: said(5, "setback") });
    expect(stageReached([said(1, "ended"), said(2, "ended")])).toEqual({
      stage: undefined,
      shownBy: undefined,
      ended: said(2, "ended"),
      setback: undefined,
    });
  });

  it("repeats no more than eighty characters of a word that is no stage", () => {
    expect(judge("x".repeat(100)).explanation.values).toMatchObject({ stage: "x".repeat(80) });
  });

  it("names a word that is no stage", () => {
    expect(judge("running", "signed")).toMatchObject({
      band: "cannot judge",
      explanation: { id: "outcome.cannot-judge.unknown-stage", values: { stage: "signed" } },
    });
  });
});
