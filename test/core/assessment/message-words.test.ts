import { describe, expect, it } from "vitest";
import { openContext } from "../../../functions/core/assessment/judge-context.ts";
import { amount, baseWords, figureWords, targetWords, unitName } from "../../../functions/core/assessment/message-words.ts";
import type { Figure } from "../../../functions/core/observation.ts";
import { aMetric, anObservation, aRegister, showMessage } from "../../support/register-builder.ts";

const yuan = aMetric({ unit: { id: "亿元", name: { en: "hundred million yuan" } } });
const percent = aMetric({ unit: { id: "%" } });

describe("an amount", () => {
  it("is followed by its unit's name in the language, else by the unit as declared", () => {
    expect(unitName(yuan, "en")).toBe("hundred million yuan");
    expect(amount("2590", yuan, "en")).toBe("2590 hundred million yuan");
    expect(amount("2590", yuan, "zh-CN")).toBe("2590 亿元");
    expect(amount("12", aMetric(), "en")).toBe("12 t");
  });

  it("has its percent sign without a space, and a true minus sign", () => {
    expect(amount("7.3", percent, "en")).toBe("7.3%");
    expect(amount("-7.3", percent, "en")).toBe("−7.3%");
  });
});

describe("the slots of a message", () => {
  const context = openContext(aRegister({}), "2018-12-31", "en", showMessage);
  const figure: Figure = { ...anObservation("2021-S1", "39.20", { status: "P", knownSince: "2021-08-20" }), value: 39.2 };

  it("name a target's metric, comparator, limit, period and definition", () => {
    const target = { metric: "output", value: 210, unit: "亿元" };
    expect(targetWords({ ...target, comparator: ">", period: "2017", definition: "old" }, yuan, context)).toEqual({
      metric: "Output",
      comparator: "above",
      limit: "210 hundred million yuan",
      period: "2017",
      definition: "old",
    });
    expect(targetWords({ ...target, comparator: "<=", due: "2021-S1" }, yuan, context)).toMatchObject({
      comparator: "at_most",
      period: "first half of 2021",
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
      figurePeriod: "first half of 2021",
    });
  });

  it("give the earlier of two figures under names of its own", () => {
    expect(baseWords(figure, percent, "en")).toEqual({ from: "39.20%", fromPeriod: "first half of 2021" });
  });
});
