import { describe, expect, it } from "vitest";
import { openContext } from "../../../functions/core/assessment/judge-context.ts";
import { baseWords, figureWords, targetWords } from "../../../functions/core/assessment/message-words.ts";
import type { Figure } from "../../../functions/core/observation.ts";
import { aMetric, anObservation, aRegister, showMessage } from "../../support/register-builder.ts";

const yuan = aMetric({ unit: { id: "亿元", printed: { en: { name: "billion yuan", power: 1 } } } });
const percent = aMetric({ unit: { id: "%" } });

describe("the slots of a message", () => {
  const context = openContext(aRegister({}), "2018-12-31", "en", showMessage);
  const figure: Figure = { ...anObservation("2021-S1", "39.20", { status: "P", knownSince: "2021-08-20" }), value: 39.2 };

  it("name a target's metric, comparator, limit, period and definition", () => {
    const target = { metric: "output", value: 210, unit: "亿元" };
    expect(targetWords({ ...target, comparator: ">", period: "2017", definition: "old" }, yuan, context)).toEqual({
      metric: "Output",
      comparator: "above",
      limit: "21 billion yuan",
      period: "2017",
      definition: "old",
    });
    expect(targetWords({ ...target, comparator: "<=", due: "2021-S1" }, yuan, context)).toMatchObject({
      comparator: "at_most",
      period: "the first half of 2021",
    });
  });

  it("are empty for a period and a definition that were not said", () => {
    expect(targetWords({ metric: "output", comparator: "=", value: 3, unit: "t" }, aMetric(), context)).toMatchObject({
      period: "",
      definition: "",
    });
  });

  it("give a figure with the digits that were published, its status, its period and the day since which it is known", () => {
    expect(figureWords(figure, percent, "en")).toEqual({
      value: "39.20%",
      status: "P",
      known: "20 August 2021",
      figurePeriod: "the first half of 2021",
    });
  });

  it("give the earlier of two figures under names of its own", () => {
    expect(baseWords(figure, percent, "en")).toEqual({ from: "39.20%", fromPeriod: "the first half of 2021" });
  });
});
