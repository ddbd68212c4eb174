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

  it("tells what is done, what is usual and what is wanted", () => {
    expect(judge({ toDate: 54, growth: 25 }).explanation).toEqual({
      id: "outcome.run-rate.gap",
      values: { done: "36.0", expected: "40.0", years: 3, gap: "−4.0", wanted: "150", required: "33.3", band: "behind" },
    });
    // A third of 100 more than 100 is wanted: printed with six digits.
    const thirds = [1, 2, 3].map((t) => ({ t, toDate: 50, total: 100 }));
    expect(judge({ history: thirds, toDate: 50, growth: 100 / 3 }).explanation.values).toMatchObject({ wanted: "133.333" });
  });

  it("reads the years in any order, and a year that is given twice alike as one", () => {
    // The last year is 2017, whose 120 · 1.25 = 150 are wanted.
    const shuffled = [...history.toReversed(), { t: 2016, toDate: 44, total: 110 }];
    const outcome = judge({ history: shuffled, toDate: 54, growth: 25 });
    expect(outcome.explanation.values).toMatchObject({ years: 3, wanted: "150" });
    expect(outcome.ratio).toBeCloseTo(-4, 9);
  });

  it("knows nothing to date yet as an amount, this year and before", () => {
    expect(judge({ toDate: 0, growth: 25 }).ratio).toBeCloseTo(-40, 9);
    // Nothing by this date in one of four years: 30 % is usual.
    expect(judge({ history: [...history, { t: 2014, toDate: 0, total: 90 }], toDate: 45, growth: 25 }).band).toBe("on track");
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
    expect(judge({ ...ceiling, toDate: 150 }).band).toBe("off track");
    expect(judge({ ...ceiling, toDate: 150.1 })).toMatchObject({ band: "exceeded", signal: "failed" });
  });

  it("knows a strict target: what has to be surpassed is not achieved by reaching it, and a ceiling to stay below is passed by reaching it", () => {
    const at = (comparator: string, direction: string) => judge({ comparator, direction, target: { t: 2018, y: 150 }, toDate: 150 }).band;
    expect([at(">=", "increase"), at(">", "increase")]).toEqual(["target achieved", "ahead"]);
    expect([at("<=", "decrease"), at("<", "decrease")]).toEqual(["off track", "exceeded"]);
  });

  it("has a gap of zero, not of minus zero, under a ceiling", () => {
    const half = [2014, 2015, 2016, 2017].map((t) => ({ t, toDate: 50, total: 100 }));
    expect(judge({ history: half, direction: "decrease", toDate: 50, target: { t: 2018, y: 100 } }).ratio).toBe(0);
  });

  it.each([
    ["a growth rate", { toDate: 60, growth: 25, shape: "rate" }, "not-additive", { shape: "rate" }],
    ["a rank", { toDate: 60, growth: 25, shape: "rank" }, "not-additive", { shape: "rank" }],
    ["a share", { toDate: 60, growth: 25, shape: "share" }, "not-additive", { shape: "share" }],
    ["no total to date", { growth: 25 }, "missing", { what: "to_date" }],
    ["no total wanted", { toDate: 60 }, "missing", { what: "growth" }],
    ["two years only", { toDate: 60, growth: 25, history: history.slice(1) }, "few-years", { found: 2 }],
    ["a year twice", { toDate: 60, growth: 25, history: [...history, { t: 2017, toDate: 1, total: 2 }] }, "conflict", { time: "2017" }],
    [
      "a year with two totals",
      { toDate: 60, growth: 25, history: [...history, { t: 2017, toDate: 48, total: 121 }] },
      "conflict",
      { time: "2017" },
    ],
    [
      "a year with two parts",
      { toDate: 60, growth: 25, history: [...history, { t: 2017, toDate: 47, total: 120 }] },
      "conflict",
      { time: "2017" },
    ],
    [
      "a year with nothing in it",
      { toDate: 60, growth: 25, history: [...history, { t: 2018, toDate: 0, total: 0 }] },
      "history",
      { time: "2018" },
    ],
    [
      "a part greater than the whole",
      { toDate: 60, growth: 25, history: [...history, { t: 2018, toDate: 3, total: 2 }] },
      "history",
      { time: "2018" },
    ],
    [
      "a part below zero",
      { toDate: 60, growth: 25, history: [...history, { t: 2018, toDate: -1, total: 2 }] },
      "history",
      { time: "2018" },
    ],
    ["a negative amount", { toDate: -1, growth: 25 }, "history", { time: "now" }],
    ["a total wanted of zero", { toDate: 60, growth: -100 }, "zero", { what: "target" }],
    ["a total wanted beyond all numbers", { toDate: 60, growth: 1.79e308 }, "zero", { what: "target" }],
    ["a gap beyond all numbers", { toDate: 1e308, target: { t: 2018, y: 0.001 } }, "range", {}],
  ])("cannot judge %s", (_case, input, expected, values) => {
    expect(judge(input)).toMatchObject({ band: "cannot judge", signal: "cannot judge", ratio: null });
    expect(judge(input).explanation).toEqual({ id: `outcome.cannot-judge.${expected}`, values });
  });
});
