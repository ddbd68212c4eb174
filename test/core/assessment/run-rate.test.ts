import { describe, expect, it } from "vitest";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";
import { runRate } from "../../../functions/core/assessment/run-rate.ts";

// 40 % of the year's total by this date in each of three years.
const history = [
  { t: 2015, toDate: 40, total: 100 },
  { t: 2016, toDate: 44, total: 110 },
  { t: 2017, toDate: 48, total: 120 },
];
const judge = (input: object) => runRate.judge(methodInputSchema.parse({ history, ...input }));

describe("the seasonal run-rate", () => {
  // Wanted: 120 · 1.25 = 150; usual by this date: 60.
  it.each([
    [150, "target achieved", "achieved"],
    [72, "ahead", "ahead"],
    [71.9, "on track", "on track"],
    [60, "on track", "on track"],
    [59.9, "watch", "watch"],
    [57, "watch", "watch"],
    [56.9, "behind", "watch"],
    [48, "behind", "watch"],
    [47.9, "off track", "off track"],
  ])("%f of 150 by the day when 60 is usual: %s", (toDate, band, signal) => {
    const outcome = judge({ toDate, growth: 25 });
    expect(outcome).toMatchObject({ band, signal });
    expect(outcome.ratio).toBeCloseTo(((toDate - 60) / 150) * 100, 9);
  });

  it("tells the growth that the rest of the year would need", () => {
    // (150 − 54) ÷ (120 − 48) − 1 = 33.3 %
    expect(judge({ toDate: 54, growth: 25 }).explanation.values).toMatchObject({ required: "33.3", expected: "40.0", done: "36.0" });
    const full = history.map((y) => ({ ...y, toDate: y.total }));
    expect(judge({ history: full, toDate: 54, growth: 25 }).explanation.values).toMatchObject({ required: "none" });
  });

  it("takes the year's total from the target where one is given, and the last five years only", () => {
    expect(judge({ toDate: 60, target: { t: 2018, y: 150 } }).ratio).toBeCloseTo(0, 9);
    const early = [2008, 2009, 2010].map((t) => ({ t, toDate: 99, total: 100 }));
    const five = [...early.slice(1), { t: 2013, toDate: 40, total: 100 }, { t: 2014, toDate: 40, total: 100 }, ...history];
    expect(judge({ history: five, toDate: 60, growth: 25 }).ratio).toBeCloseTo(0, 9);
  });

  it("turns round for a ceiling, and a ceiling that is passed has failed", () => {
    const ceiling = { direction: "decrease", target: { t: 2018, y: 150 } };
    expect(judge({ ...ceiling, toDate: 48 }).band).toBe("ahead");
    expect(judge({ ...ceiling, toDate: 72.1 }).band).toBe("off track");
    expect(judge({ ...ceiling, toDate: 150.1 })).toMatchObject({ band: "exceeded", signal: "failed" });
  });

  it.each([
    ["a share", { toDate: 60, growth: 25, shape: "share" }, "not-additive"],
    ["no total to date", { growth: 25 }, "missing"],
    ["no total wanted", { toDate: 60 }, "missing"],
    ["two years only", { toDate: 60, growth: 25, history: history.slice(1) }, "few-years"],
    ["a year twice", { toDate: 60, growth: 25, history: [...history, { t: 2017, toDate: 1, total: 2 }] }, "conflict"],
    ["a year with nothing in it", { toDate: 60, growth: 25, history: [...history, { t: 2018, toDate: 0, total: 0 }] }, "history"],
    ["a part greater than the whole", { toDate: 60, growth: 25, history: [...history, { t: 2018, toDate: 3, total: 2 }] }, "history"],
    ["a negative amount", { toDate: -1, growth: 25 }, "history"],
    ["a total wanted of zero", { toDate: 60, growth: -100 }, "zero"],
  ])("cannot judge %s", (_case, input, expected) => {
    expect(judge(input)).toMatchObject({ band: "cannot judge", explanation: { id: `outcome.cannot-judge.${expected}` } });
  });
});
