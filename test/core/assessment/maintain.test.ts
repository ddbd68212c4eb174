import { describe, expect, it } from "vitest";
import { maintain } from "../../../functions/core/assessment/maintain.ts";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";

const target = { t: 2020, y: 80 };
const yearly = (values: readonly number[], decimals?: number) =>
  values.map((y, i) => ({ t: 2015 + i, y, ...(decimals === undefined ? {} : { decimals }) }));
const judge = (values: readonly number[], more: object = {}, decimals?: number) =>
  maintain.judge(methodInputSchema.parse({ series: yearly(values, decimals), target, ...more }));

describe("a target to be kept every year", () => {
  it.each([
    ["held, trend level", [82, 81, 82], "held", "on track", 1],
    ["a single year that holds", [80], "held", "on track", 1],
    ["held now, not once before", [82, 79, 83], "held again", "watch", 2 / 3],
    ["held, but falling", [90, 85, 81], "slipping", "watch", 1],
    ["not held, but rising", [70, 75, 79], "recovering", "off track", 0],
    ["not held, level", [79, 82, 79], "broken", "off track", 1 / 3],
    ["a single year that does not hold", [79], "broken", "off track", 0],
  ])("%s", (_case, values, band, signal, ratio) => {
    expect(judge(values)).toMatchObject({ band, signal, ratio });
  });

  it("is on the line when rounding leaves the last value open", () => {
    expect(judge([82, 81, 80], {}, 0)).toMatchObject({ band: "on the line", signal: "watch" });
    expect(judge([82, 81, 80], { shape: "count" }, 0).band).toBe("slipping");
  });

  it("turns round for what should stay low, and knows a strict limit", () => {
    expect(judge([78, 79, 78], { direction: "decrease" }).band).toBe("held");
    expect(judge([80, 80], { comparator: ">" }).band).toBe("broken");
  });

  it("counts from the base on", () => {
    expect(judge([70, 81, 82], { base: { t: 2016, y: 81 } })).toMatchObject({ band: "held", ratio: 1 });
  });

  it("is held where the published digits leave nothing open, however near the value", () => {
    // 80.1 to one decimal is 80.05 at least; 80.0 could be 79.95.
    expect(judge([80.1], {}, 1).band).toBe("held");
    expect(judge([80], {}, 1).band).toBe("on the line");
  });

  it("tells how many values held, and the last", () => {
    expect(judge([82, 79, 83], {}, 0).explanation).toEqual({
      id: "outcome.maintain.level",
      values: { count: 3, held: 2, last: "83", lastTime: "2017", target: "80", band: "held_again" },
    });
  });

  it("cannot judge two values for one time, or changes beyond all numbers", () => {
    const twice = [...yearly([80, 81]), { t: 2015, y: 82 }];
    expect(judge([], { series: twice }).explanation).toEqual({ id: "outcome.cannot-judge.conflict", values: { time: "2015" } });
    expect(judge([1e308, -1e308]).explanation).toEqual({ id: "outcome.cannot-judge.range", values: {} });
  });

  it("cannot judge without a target or without values", () => {
    expect(judge([80], { target: undefined }).explanation).toMatchObject({ values: { what: "target" } });
    expect(judge([]).explanation).toMatchObject({ values: { what: "series" } });
  });
});
