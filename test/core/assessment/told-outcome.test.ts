import { describe, expect, it } from "vitest";
import { cagrRatio } from "../../../functions/core/assessment/cagr-ratio.ts";
import { type Method, methodInputSchema } from "../../../functions/core/assessment/method.ts";
import { runRate } from "../../../functions/core/assessment/run-rate.ts";
import { toldOutcome } from "../../../functions/core/assessment/told-outcome.ts";
import { trend } from "../../../functions/core/assessment/trend.ts";
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

  // 1.33 % in two years is 0.66 % a year. At nine tenths of a limit half of 1.5 % would be enough: C = 1 − 0.9^4.44 = 0.374.
  const slow = { base: { t: 2016, y: 900 }, current: { t: 2018, y: 912 } };

  it.each([
    ["has a limit in that unit too", { limit: 1000 }, "on track"],
    ["needs no limit", {}, "acceleration needed"],
  ])("%s", (_case, limit, band) => {
    const growing = methodInputSchema.parse({ ...slow, ...limit });
    const told = toldOutcome(trend, growing, trend.judge(growing), yuan, "en");
    expect(told).toMatchObject({ band, explanation: { values: { base: "90", current: "91.2" } } });
  });

  it("says what is missing, in whatever unit", () => {
    const history = [2015, 2016, 2017].map((t) => ({ t, toDate: 500, total: 1000 }));
    const without = methodInputSchema.parse({ target: { t: 2018, y: 1200 }, history });
    expect(toldOutcome(runRate, without, runRate.judge(without), yuan, "en").explanation).toEqual({
      id: "outcome.cannot-judge.missing",
      values: { what: "to_date" },
    });
  });

  it("is the one that was judged where the other unit would tip the band", () => {
    const tipping: Method = {
      ...trend,
      judge: ({ current }) => ({
        band: current?.y === 2590 ? "on track" : "deterioration",
        signal: "on track",
        ratio: null,
        explanation: { id: `of ${current?.y}` },
      }),
    };
    const judged = tipping.judge(input);
    expect(toldOutcome(tipping, input, judged, yuan, "en")).toBe(judged);
  });
});
