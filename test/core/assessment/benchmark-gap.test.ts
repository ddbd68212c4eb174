import { describe, expect, it } from "vitest";
import { benchmarkGap, gapBetween, gapDirection } from "../../../functions/core/assessment/benchmark-gap.ts";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";
import { anObservation } from "../../support/register-builder.ts";

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

  it("tells the times, the last values and both ratios, with no more digits than the values carry", () => {
    expect(judge({ series: pair(100, 160, 0), other: pair(200, 300, 0) }).explanation).toEqual({
      id: "outcome.benchmark-gap.ratio",
      values: { fromTime: "2016", time: "2018", home: "160", other: "300", fromRatio: "0.500", ratio: "0.533", band: "gap_closing" },
    });
  });

  it("goes by the last of many common times, and takes a current value for one more", () => {
    const other = [...pair(200, 200), { t: 2020, y: 200 }];
    expect(judge({ series: [...pair(100, 160), { t: 2020, y: 90 }], other })).toMatchObject({ band: "gap widening", ratio: 0.45 });
    expect(judge({ series: pair(100, 160), current: { t: 2020, y: 90 }, other })).toMatchObject({ band: "gap widening", ratio: 0.45 });
  });

  it.each([
    ["no other place", { series: pair(1, 2) }, "missing", { what: "place" }],
    ["one common time", { series: pair(1, 2).slice(0, 1), other: pair(1, 2) }, "no-common-time", { found: 1 }],
    ["no common time", { series: pair(1, 2), other: [{ t: 2017, y: 1 }] }, "no-common-time", { found: 0 }],
    ["growth rates", { series: pair(1, 2), other: pair(1, 2), shape: "rate" }, "shape", { shape: "rate" }],
    ["ranks", { series: pair(1, 2), other: pair(1, 2), shape: "rank" }, "shape", { shape: "rank" }],
    ["a value of zero", { series: pair(0, 2), other: pair(1, 2) }, "no-ratio", {}],
    ["a last value of zero", { series: pair(1, 0), other: pair(1, 2) }, "no-ratio", {}],
    ["a value of zero in the other place", { series: pair(1, 2), other: pair(1, 0) }, "no-ratio", {}],
    ["a value below zero in the other place", { series: pair(1, 2), other: pair(-1, 2) }, "no-ratio", {}],
    ["a ratio beyond all numbers", { series: pair(1, 1e308), other: pair(1, 0.001) }, "no-ratio", {}],
    ["two values for one time", { series: [...pair(1, 2), { t: 2016, y: 3 }], other: pair(1, 2) }, "conflict", { time: "2016" }],
  ])("cannot judge %s", (_case, input, expected, values) => {
    expect(judge(input)).toMatchObject({ band: "cannot judge", signal: "cannot judge" });
    expect(judge(input).explanation).toEqual({ id: `outcome.cannot-judge.${expected}`, values });
  });
});

describe("the gap between two figures", () => {
  const figure = (published: string) => ({ ...anObservation("2016", published), value: Number(published) });

  it("is their difference and their ratio, with what rounding leaves open", () => {
    // 30 is 29.5 to 30.5, 40 is 39.5 to 40.5.
    expect(gapBetween(figure("30"), figure("40"))).toEqual({
      difference: 10,
      ratio: 0.75,
      open: { low: 29.5 / 40.5, high: 30.5 / 39.5 },
    });
  });

  it("has a difference only where one of them may be zero or less", () => {
    expect(gapBetween(figure("3"), figure("0"))).toEqual({ difference: -3, ratio: undefined, open: undefined });
    expect(gapBetween(figure("-3"), figure("4"))).toEqual({ difference: 7, ratio: undefined, open: undefined });
    // 0.5 is 0.45 at least; a 5 that was rounded to tens could be nothing at all.
    expect(gapBetween(figure("0.5"), figure("4")).ratio).toBe(0.125);
    const rough = { ...figure("5"), decimals: -1 };
    expect(gapBetween(rough, figure("4")).ratio).toBeUndefined();
    expect(gapBetween(figure("4"), rough).ratio).toBeUndefined();
  });

  it("moves only where both times have a ratio", () => {
    const [none, small, great] = [
      gapBetween(figure("3"), figure("0")),
      gapBetween(figure("30"), figure("90")),
      gapBetween(figure("80"), figure("90")),
    ];
    expect(gapDirection(small, great, "increase")).toBe("gap closing");
    expect(gapDirection(great, small, "increase")).toBe("gap widening");
    expect(gapDirection(none, great, "increase")).toBeUndefined();
    expect(gapDirection(small, none, "increase")).toBeUndefined();
  });
});
