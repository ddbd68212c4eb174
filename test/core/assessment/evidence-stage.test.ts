import { describe, expect, it } from "vitest";
import { evidenceStage } from "../../../functions/core/assessment/evidence-stage.ts";
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

  it("names a word that is no stage", () => {
    expect(judge("running", "signed")).toMatchObject({
      band: "cannot judge",
      explanation: { id: "outcome.cannot-judge.unknown-stage", values: { stage: "signed" } },
    });
  });
});
