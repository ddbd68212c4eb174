import { describe, expect, it } from "vitest";
import { cannotGrow, inOrder, reaches, readCourse, readGrowthPair, replaceZero } from "../../../functions/core/assessment/course.ts";
import { type MethodInput, methodInputSchema } from "../../../functions/core/assessment/method.ts";

function anInput(parts: object = {}): MethodInput {
  return methodInputSchema.parse(parts);
}

/** What is returned where there is no answer. */
function refusal(reason: string, values: object = {}) {
  return { signal: "cannot judge", band: "cannot judge", ratio: null, explanation: { id: `outcome.cannot-judge.${reason}`, values } };
}

describe("the course of values", () => {
  it("holds series, base and current in the order of time", () => {
    const input = anInput({ series: [{ t: 2017, y: 3 }], base: { t: 2016, y: 2 }, current: { t: 2018, y: 4 } });
    expect(readCourse(input)).toEqual({
      points: [
        { t: 2016, y: 2 },
        { t: 2017, y: 3 },
        { t: 2018, y: 4 },
      ],
      base: { t: 2016, y: 2 },
      current: { t: 2018, y: 4 },
    });
  });

  it("begins with the first of the series and ends with its last where no other base and current are given", () => {
    const series = [
      { t: 2018, y: 4 },
      { t: 2016, y: 2 },
      { t: 2017, y: 3 },
    ];
    expect(readCourse(anInput({ series }))).toMatchObject({ base: { t: 2016 }, current: { t: 2018 } });
    expect(readCourse(anInput({ series, base: { t: 2017, y: 3 }, current: { t: 2017, y: 3 } }))).toMatchObject({
      base: { t: 2017 },
      current: { t: 2017 },
    });
  });

  it("is empty where nothing is given", () => {
    expect(readCourse(anInput())).toEqual({ points: [], base: undefined, current: undefined });
  });

  it("cannot have two values at one time", () => {
    const series = [
      { t: 2016, y: 2 },
      { t: 2017.5, y: 3 },
    ];
    expect(readCourse(anInput({ series, current: { t: 2017.5, y: 4 } }))).toEqual(refusal("conflict", { time: "2017.5" }));
  });

  it("has a value that is given twice only once, by its coarsest rounding; without digits it is exact, which is finest", () => {
    const at = (y: number, decimals?: number) => (decimals === undefined ? { t: 2016, y } : { t: 2016, y, decimals });
    expect(inOrder([at(2, 1), at(2, 0), at(2)])).toEqual([at(2, 0)]);
    expect(inOrder([at(2), at(2, 3)])).toEqual([at(2, 3)]);
    expect(inOrder([at(2), at(3), at(2)])).toEqual([at(2), at(3)]);
    const later = { t: 2017, y: 2 };
    expect(inOrder([later, at(2)])).toEqual([at(2), later]);
  });

  it.each([
    ["increase", ">=", true],
    ["increase", ">", true],
    ["increase", "<", false],
    ["increase", "<=", false],
    ["increase", "=", true],
    ["decrease", "<", true],
    ["decrease", "<=", true],
    ["decrease", ">", false],
    ["decrease", "=", true],
  ])("where the direction is %s and the target %s is possible: %s", (direction, comparator, possible) => {
    const read = readCourse(anInput({ direction, comparator, target: { t: 2020, y: 5 } }));
    if (possible) expect(read).toHaveProperty("points");
    else expect(read).toEqual(refusal("contradiction"));
  });

  it("is not contradicted by a comparator without a target, nor by a target without a comparator", () => {
    expect(readCourse(anInput({ comparator: "<" }))).toHaveProperty("points");
    expect(readCourse(anInput({ direction: "decrease", target: { t: 2020, y: 5 } }))).toHaveProperty("points");
  });
});

describe("reaching a target of 5", () => {
  const target = { t: 2020, y: 5 };

  it.each([
    ["increase", undefined, 5, true],
    ["increase", ">=", 5, true],
    ["increase", ">", 5, false],
    ["decrease", "<", 5, false],
    ["decrease", "<=", 5, true],
    ["increase", ">", 5.1, true],
    ["increase", ">=", 4.9, false],
    ["decrease", "<=", 4.9, true],
    ["decrease", "<", 5.1, false],
  ])("%s, %s: by %d it is %s", (direction, comparator, y, reached) => {
    expect(reaches(y, anInput({ direction, target, ...(comparator ? { comparator } : {}) }))).toBe(reached);
  });

  it("is impossible without one", () => {
    expect(reaches(5, anInput())).toBe(false);
  });
});

describe("the pair that growth is compounded between", () => {
  const between = (base: object | undefined, current: object | undefined, parts: object = {}) => {
    const input = anInput({ ...(base ? { base } : {}), ...(current ? { current } : {}), ...parts });
    const course = readCourse(input);
    if ("band" in course) throw new Error("the course was refused");
    return readGrowthPair(course, input);
  };

  it("needs both values", () => {
    expect(between({ t: 2016, y: 1 }, undefined)).toEqual(refusal("missing", { what: "current" }));
    expect(between(undefined, { t: 2016, y: 1 })).toEqual(refusal("missing", { what: "base" }));
  });

  it("needs the base first, and a year between them", () => {
    expect(between({ t: 2018, y: 1 }, { t: 2017, y: 2 })).toEqual(refusal("one-point", { base: "2018", current: "2017" }));
    expect(between({ t: 2018, y: 1 }, { t: 2018, y: 1 })).toEqual(refusal("one-point", { base: "2018", current: "2018" }));
    expect(between({ t: 2018, y: 1 }, { t: 2018.75, y: 2 })).toEqual(refusal("too-close"));
    expect(between({ t: 2018, y: 1 }, { t: 2019, y: 2 })).toEqual({ base: { t: 2018, y: 1 }, current: { t: 2019, y: 2 }, sign: 1 });
  });

  it("is of one sign, of which a current value of zero has either", () => {
    expect(between({ t: 2016, y: -4 }, { t: 2018, y: -2 })).toMatchObject({ sign: -1 });
    expect(between({ t: 2016, y: -4 }, { t: 2018, y: 0 })).toMatchObject({ sign: -1, current: { y: 0 } });
    expect(between({ t: 2016, y: 4 }, { t: 2018, y: 0 })).toMatchObject({ sign: 1 });
    expect(between({ t: 2016, y: -4 }, { t: 2018, y: 2 })).toEqual(refusal("signs"));
    expect(between({ t: 2016, y: 4 }, { t: 2018, y: -2 })).toEqual(refusal("signs"));
  });

  it("begins at no zero, unless something stands for it, with the sign of the other value", () => {
    expect(between({ t: 2016, y: 0 }, { t: 2018, y: 2 })).toEqual(refusal("zero", { what: "base" }));
    expect(between({ t: 2016, y: 0 }, { t: 2018, y: 2 }, { zeroAs: 0.5 })).toMatchObject({ base: { t: 2016, y: 0.5 }, sign: 1 });
    expect(between({ t: 2016, y: 0 }, { t: 2018, y: -2 }, { zeroAs: 0.5 })).toMatchObject({ base: { t: 2016, y: -0.5 }, sign: -1 });
    expect(between({ t: 2016, y: 0 }, { t: 2018, y: 0 }, { zeroAs: 0.5 })).toMatchObject({ base: { t: 2016, y: 0.5 }, sign: 1 });
  });

  it("replaces nothing but a zero", () => {
    expect(replaceZero({ t: 2016, y: 3 }, 0.5, 1)).toEqual({ t: 2016, y: 3 });
    expect(replaceZero({ t: 2016, y: 0, decimals: 1 }, 0.5, -1)).toEqual({ t: 2016, y: -0.5, decimals: 1 });
    expect(replaceZero({ t: 2016, y: 0 }, undefined, 1)).toEqual({ t: 2016, y: 0 });
  });
});

it.each([
  ["rate", true],
  ["rank", true],
  ["level", false],
  ["share", false],
  ["count", false],
])("compounding a %s means nothing: %s", (shape, meaningless) => {
  expect(cannotGrow(anInput({ shape }))).toEqual(meaningless ? refusal("shape", { shape }) : undefined);
});
