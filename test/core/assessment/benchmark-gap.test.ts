import { describe, expect, it } from "vitest";
import { benchmarkGap } from "../../../functions/core/assessment/benchmark-gap.ts";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";

const pair = (a: number, b: number, decimals?: number) =>
  [
    { t: 2016, y: a },
    { t: 2018, y: b },
  ].map((p) => ({ ...p, ...(decimals === undefined ? {} : { decimals }) }));
const judge = (input: object) => benchmarkGap.judge(methodInputSchema.parse(input));

describe("the gap to a benchmark", () => {
  it("is judged by the ratio at the first and the last common time", () => {
    const other = [...pair(200, 300), { t: 2020, y: 400 }];
    // The difference grew from 100 to 140; the ratio rose from 0.5 to 0.53.
    expect(judge({ series: pair(100, 160), other })).toMatchObject({ band: "gap closing", signal: "on track", ratio: 160 / 300 });
    expect(judge({ series: pair(100, 140), other })).toMatchObject({ band: "gap widening", signal: "watch" });
    expect(judge({ series: pair(100, 150), other }).band).toBe("within rounding");
    expect(judge({ series: pair(100, 140), other, direction: "decrease" }).band).toBe("gap closing");
  });

  it("leaves open what rounding could have made", () => {
    expect(judge({ series: pair(100, 101, 0), other: pair(200, 200, 0) })).toMatchObject({
      band: "within rounding",
      signal: "cannot judge",
    });
  });

  it.each([
    ["no other place", { series: pair(1, 2) }, "missing"],
    ["one common time", { series: pair(1, 2).slice(0, 1), other: pair(1, 2) }, "no-common-time"],
    ["growth rates", { series: pair(1, 2), other: pair(1, 2), shape: "rate" }, "shape"],
    ["a value of zero", { series: pair(0, 2), other: pair(1, 2) }, "no-ratio"],
    ["two values for one time", { series: [...pair(1, 2), { t: 2016, y: 3 }], other: pair(1, 2) }, "conflict"],
  ])("cannot judge %s", (_case, input, expected) => {
    expect(judge(input)).toMatchObject({ band: "cannot judge", explanation: { id: `outcome.cannot-judge.${expected}` } });
  });
});
