import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";
import { compareWithTarget, threshold } from "../../../functions/core/assessment/threshold.ts";
import type { Target } from "../../../functions/core/commitment.ts";

function standing(published: string, comparator: Target["comparator"], limit: number, exact = false) {
  return compareWithTarget(
    { value: Number(published), decimals: published.split(".")[1]?.length ?? 0 },
    { comparator, value: limit },
    exact,
  );
}

describe("a published figure against a target", () => {
  it("calls a target on the line when rounding could flip it", () => {
    expect(standing("210", ">", 210)).toBe("on the line");
    expect(standing("10", ">=", 10)).toBe("on the line");
    expect(standing("3000", "<", 3000)).toBe("on the line");
    expect(standing("3000", "<=", 3000)).toBe("on the line");
  });

  it("is met only when every value that rounds to the figure meets it", () => {
    expect(standing("211", ">", 210)).toBe("met");
    expect(standing("210.6", ">", 210)).toBe("met");
    expect(standing("16.1", ">=", 10)).toBe("met");
    expect(standing("2999", "<", 3000)).toBe("met");
  });

  it("is missed when no value that rounds to the figure meets it", () => {
    expect(standing("209", ">", 210)).toBe("missed");
    expect(standing("9.9", ">=", 10)).toBe("missed");
    expect(standing("3001", "<", 3000)).toBe("missed");
  });

  it("knows a figure published in billions to be coarse", () => {
    expect(compareWithTarget({ value: 210, decimals: -1 }, { comparator: ">", value: 206 }, false)).toBe("on the line");
  });

  it("stands for the lower end of what rounds to it, and not for the upper", () => {
    // 9 is 8.5 ≤ x < 9.5, 10 is 9.5 ≤ x < 10.5.
    expect(standing("9", ">", 9.5)).toBe("missed");
    expect(standing("9", ">=", 9.5)).toBe("missed");
    expect(standing("9", "<", 9.5)).toBe("met");
    expect(standing("9", "<=", 9.5)).toBe("met");
    expect(standing("10", ">=", 9.5)).toBe("met");
    expect(standing("10", ">", 9.5)).toBe("on the line");
    expect(standing("10", "<=", 9.5)).toBe("on the line");
    expect(standing("10", "<", 9.5)).toBe("missed");
  });

  it("takes ranks and counts at their word", () => {
    expect(standing("3", "<=", 3, true)).toBe("met");
    expect(standing("4", "<=", 3, true)).toBe("missed");
    expect(standing("100", ">=", 100, true)).toBe("met");
    expect(standing("100", ">", 100, true)).toBe("missed");
    expect(standing("100", "<", 100, true)).toBe("missed");
  });

  it("agrees with a stated value within the published precision", () => {
    expect(standing("25", "=", 25)).toBe("met");
    expect(standing("24", "=", 25)).toBe("missed");
    expect(standing("26", "=", 25)).toBe("missed");
    // A half may have been rounded either way; that does not contradict who said it.
    expect(standing("25", "=", 24.5)).toBe("met");
    expect(standing("25", "=", 25.5)).toBe("met");
    expect(standing("25", "=", 25, true)).toBe("met");
    expect(standing("25", "=", 25.4, true)).toBe("missed");
    expect(compareWithTarget({ value: 240, decimals: -1 }, { comparator: "=", value: 243 }, false)).toBe("met");
  });

  it("never calls a strict target met where the lax one is not", () => {
    const order = { missed: 0, "on the line": 1, met: 2 };
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: -1000, max: 1000 }),
        (n, decimals, limit) => {
          const figure = { value: n / 10 ** decimals, decimals };
          const strict = compareWithTarget(figure, { comparator: ">", value: limit }, true);
          const lax = compareWithTarget(figure, { comparator: ">=", value: limit }, true);
          expect(order[strict]).toBeLessThanOrEqual(order[lax]);
        },
      ),
    );
  });

  it("never gives a worse standing to a better value", () => {
    const order = { missed: 0, "on the line": 1, met: 2 };
    fc.assert(
      fc.property(fc.integer(), fc.nat(), fc.integer(), fc.constantFrom(">", ">="), (value, more, limit, comparator) => {
        const [low, high] = [value, value + more].map((v) =>
          compareWithTarget({ value: v, decimals: 0 }, { comparator, value: limit }, false),
        );
        expect(order[low ?? "met"]).toBeLessThanOrEqual(order[high ?? "missed"]);
      }),
    );
  });
});

describe("the threshold by name", () => {
  const judge = (input: object) => threshold.judge(methodInputSchema.parse(input));
  const target = { t: 2017, y: 206 };

  it("compares with the rounding interval only where the digits are known", () => {
    expect(judge({ current: { t: 2017, y: 210, decimals: -1 }, target })).toMatchObject({ band: "on the line", signal: "watch" });
    expect(judge({ current: { t: 2017, y: 210 }, target })).toMatchObject({ band: "met", signal: "achieved", ratio: 210 / 206 });
    expect(judge({ current: { t: 2017, y: 200 }, target })).toMatchObject({ band: "missed", signal: "failed" });
    expect(judge({ current: { t: 2017, y: 3, decimals: 0 }, target: { t: 2017, y: 3 }, direction: "decrease", shape: "rank" }).band).toBe(
      "met",
    );
  });

  it("calls nothing won or lost before the target's time", () => {
    expect(judge({ current: { t: 2016, y: 210 }, target }).signal).toBe("on track");
    expect(judge({ current: { t: 2016, y: 200 }, target }).signal).toBe("off track");
  });

  it("takes at most for what should fall, and a strict comparator at its word", () => {
    expect(judge({ direction: "decrease", current: { t: 2017, y: 206 }, target }).band).toBe("met");
    expect(judge({ direction: "decrease", current: { t: 2017, y: 205 }, target }).band).toBe("met");
    expect(judge({ direction: "decrease", current: { t: 2017, y: 207 }, target }).band).toBe("missed");
    expect(judge({ current: { t: 2017, y: 205 }, target }).band).toBe("missed");
    expect(judge({ comparator: ">", current: { t: 2017, y: 206 }, target }).band).toBe("missed");
  });

  it("tells the value, its time and what was wanted", () => {
    expect(judge({ current: { t: 2017, y: 210, decimals: -1 }, target }).explanation).toEqual({
      id: "outcome.threshold.standing",
      values: { current: "210", currentTime: "2017", wanted: "≥ 206", band: "on_the_line" },
    });
    expect(judge({ direction: "decrease", current: { t: 2017, y: 207 }, target }).explanation.values).toMatchObject({ wanted: "≤ 206" });
  });

  it("has a ratio of zero, not of minus zero, for a value of zero", () => {
    expect(judge({ current: { t: 2017, y: 0 }, target }).ratio).toBe(0);
    expect(judge({ current: { t: 2017, y: 0 }, target: { t: 2017, y: -5 } }).ratio).toBe(0);
  });

  it("cannot judge a comparator against the direction, or two values for one time", () => {
    expect(judge({ comparator: "<", current: { t: 2017, y: 210 }, target }).explanation.id).toBe("outcome.cannot-judge.contradiction");
    expect(judge({ series: [{ t: 2017, y: 1 }], current: { t: 2017, y: 2 }, target }).explanation.id).toBe("outcome.cannot-judge.conflict");
  });

  it("has no ratio to zero or across it, and no answer without both values", () => {
    expect(judge({ current: { t: 2017, y: 5 }, target: { t: 2017, y: 0 } })).toMatchObject({ band: "met", ratio: null });
    expect(judge({ current: { t: 2017, y: -5 }, target }).ratio).toBeNull();
    expect(judge({ target })).toMatchObject({ band: "cannot judge", explanation: { values: { what: "current" } } });
    expect(judge({ current: { t: 2017, y: 5 } })).toMatchObject({ band: "cannot judge", explanation: { values: { what: "target" } } });
  });
});
