import { expect, it } from "vitest";
import { hasRatio, isExact } from "../../functions/core/metric.ts";

it.each([
  // 3.9 % is not "6.5 times" 0.6 %, and the third is not three times the first.
  ["rate", false],
  ["rank", false],
  ["level", true],
  ["share", true],
  ["count", true],
] as const)("two figures of a %s may be divided: %s", (shape, divided) => {
  expect(hasRatio(shape)).toBe(divided);
});

it.each([
  ["rank", true],
  ["count", true],
  ["level", false],
  ["share", false],
  ["rate", false],
] as const)("a figure of a %s stands for itself: %s", (shape, exact) => {
  expect(isExact(shape)).toBe(exact);
});
