import { describe, expect, it } from "vitest";
import { cagrRatio } from "../../../functions/core/assessment/cagr-ratio.ts";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";
import { runRate } from "../../../functions/core/assessment/run-rate.ts";
import { toldOutcome } from "../../../functions/core/assessment/told-outcome.ts";
import { aMetric } from "../../support/register-builder.ts";

const yuan = aMetric({ unit: { id: "亿元", printed: { en: { name: "billion yuan", power: 1 } } } });

describe("an outcome that is told", () => {
  const input = methodInputSchema.parse({
    base: { t: 2016, y: 2300, decimals: -1 },
    current: { t: 2018, y: 2590, decimals: 0 },
    target: { t: 2020, y: 3000 },
    series: [],
  });
  const outcome = cagrRatio.judge(input);

  it("has its values in the unit that the language prints, and the same band", () => {
    const told = toldOutcome(cagrRatio, input, outcome, yuan, "en");
    expect(told.explanation.values).toMatchObject({ base: "230", current: "259.0", target: "300" });
    expect(told).toMatchObject({ band: outcome.band, signal: outcome.signal });
  });

  it("is the one that was judged where the language prints the metric's own unit", () => {
    expect(toldOutcome(cagrRatio, input, outcome, yuan, "zh-CN")).toBe(outcome);
    expect(toldOutcome(cagrRatio, input, outcome, aMetric(), "en")).toBe(outcome);
  });

  it("has totals to date and of earlier years in that unit too", () => {
    const year = { toDate: 500, total: 1000 };
    const running = methodInputSchema.parse({
      target: { t: 2018, y: 1200 },
      toDate: 600,
      history: [2015, 2016, 2017].map((t) => ({ t, ...year })),
    });
    const told = toldOutcome(runRate, running, runRate.judge(running), yuan, "en");
    expect(told.explanation.values).toMatchObject({ wanted: "120", done: runRate.judge(running).explanation.values?.["done"] });
  });
});
