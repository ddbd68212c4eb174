import { describe, expect, it } from "vitest";
import type { Signal } from "../../../functions/core/assessment/assessment.ts";
import { judgeByMethod, type MethodCase } from "../../../functions/core/assessment/judge-by-method.ts";
import { openContext } from "../../../functions/core/assessment/judge-context.ts";
import type { Method, MethodInput, MethodOutcome } from "../../../functions/core/assessment/method.ts";
import type { Observation } from "../../../functions/core/observation.ts";
import { aMetric, anObservation, aRegister, showMessage } from "../../support/register-builder.ts";

/** A method that writes down what it is given. @param signal what it finds in it */
function aProbe(signal: (input: MethodInput) => Signal = () => "on track", ratio: number | null = null) {
  const seen: MethodInput[] = [];
  const method: Method = {
    id: "probe",
    formula: "a / b",
    bands: [],
    source: "none",
    judge(input): MethodOutcome {
      seen.push(input);
      return { signal: signal(input), band: "a band", ratio, explanation: { id: "found" } };
    },
  };
  return { method, seen };
}

function aCase(observations: readonly Observation[], parts: Partial<MethodCase> = {}): MethodCase {
  const metric = parts.metric ?? aMetric();
  const context = openContext(aRegister({ metrics: [metric], observations: [...observations] }), "2030-12-31", "en", showMessage);
  return { metric, series: context.series("output", "Testtown"), spoken: "2017-11-17", context, ...parts };
}

function judgeWith(probe: ReturnType<typeof aProbe>, given: MethodCase) {
  return judgeByMethod(probe.method, given, ({ signal }) => (signal === "on track" ? "on track" : "off track"));
}

/** What the method was given for these figures. */
function inputFor(observations: readonly Observation[], parts: Partial<MethodCase> = {}): MethodInput | undefined {
  const probe = aProbe();
  judgeWith(probe, aCase(observations, parts));
  return probe.seen[0];
}

const figures = [anObservation("2015", "90"), anObservation("2016", "100.5"), anObservation("2018", "120"), anObservation("2019", "130")];
const target = { metric: "output", comparator: ">=", value: 200, unit: "t" } as const;

describe("what a method is given", () => {
  it("is every figure, the last from before the speech as base and the latest as current value", () => {
    expect(inputFor(figures)).toEqual({
      direction: "increase",
      shape: "level",
      series: [
        { t: 2015, y: 90, decimals: 0 },
        { t: 2016, y: 100.5, decimals: 1 },
        { t: 2018, y: 120, decimals: 0 },
        { t: 2019, y: 130, decimals: 0 },
      ],
      base: { t: 2016, y: 100.5, decimals: 1 },
      current: { t: 2019, y: 130, decimals: 0 },
      other: [],
      history: [],
      stages: [],
    });
  });

  it("has the first figure for its base where none is older than the speech", () => {
    expect(inputFor(figures, { spoken: "2014-06-30" })?.base).toMatchObject({ t: 2015 });
  });

  it("has neither base nor current value where no figure is known", () => {
    const input = inputFor([]);
    expect(input).not.toHaveProperty("base");
    expect(input).not.toHaveProperty("current");
    expect(input?.series).toEqual([]);
  });

  it("has the target at its due date or in its period", () => {
    expect(inputFor(figures, { target: { ...target, due: "2020" } })).toMatchObject({ target: { t: 2020, y: 200 }, comparator: ">=" });
    expect(inputFor(figures, { target: { ...target, period: "2021" } })).toMatchObject({ target: { t: 2021, y: 200 } });
  });

  it("has no target, and nothing to compare with it, where the target has no time", () => {
    expect(inputFor(figures, { target })).not.toHaveProperty("target");
    expect(inputFor(figures, { target })).not.toHaveProperty("comparator");
    expect(inputFor(figures)).not.toHaveProperty("comparator");
  });

  it("says which way is better, the shape, and the natural limit where there is one", () => {
    const share = aMetric({ direction: "decrease", shape: "share", limit: 0 });
    expect(inputFor(figures, { metric: share })).toMatchObject({ direction: "decrease", shape: "share", limit: 0 });
    expect(inputFor(figures, { metric: aMetric({ direction: "none" }) })).toMatchObject({ direction: "increase" });
    expect(inputFor(figures)).not.toHaveProperty("limit");
  });
});

describe("the time of a period is its middle, half a year earlier, so that a year stands for itself", () => {
  // A month is 1/12 of a year: the first quarter's middle is 1.5/12 = 0.125, the first half's 0.25, January's 0.0417.
  it.each([
    ["2017", 2017],
    ["2017-S1", 2016.75],
    ["2017-S2", 2017.25],
    ["2017-Q1", 2016.625],
    ["2017-Q4", 2017.375],
    ["2017-01", 2016.5 + 0.5 / 12],
    ["2017-12", 2017.5 - 0.5 / 12],
    ["2012-01-01/P5Y", 2014],
    ["2017-01-01/P9M", 2016.875],
    // The middle of the 1st is half a 31st into July, which begins in the middle of the year; that of the 31st 30.5 of them.
    ["2017-07-01", 2017 + 0.5 / 31 / 12],
    ["2017-07-31", 2017 + 30.5 / 31 / 12],
  ])("%s is %d", (period, t) => {
    expect(inputFor([anObservation(period, "5")])?.current?.t).toBeCloseTo(t, 9);
  });
});

describe("where rounding could flip the band", () => {
  const pair = [anObservation("2016", "100"), anObservation("2018", "120")];

  it("tries either end of what rounds to the base and to the current value, in the series as well", () => {
    const probe = aProbe();
    judgeWith(probe, aCase([anObservation("2015", "90"), ...pair]));
    const corners = probe.seen.slice(1).map(({ base, current, series }) => [base?.y, current?.y, series.map((p) => p.y)]);
    expect(corners).toEqual([
      [99.5, 119.5, [90, 99.5, 119.5]],
      [99.5, 120.5, [90, 99.5, 120.5]],
      [100.5, 119.5, [90, 100.5, 119.5]],
      [100.5, 120.5, [90, 100.5, 120.5]],
    ]);
  });

  it("is on the line when a single one of these would be judged otherwise", () => {
    const probe = aProbe(({ base, current }) => (base?.y === 100.5 && current?.y === 119.5 ? "watch" : "on track"), 0.5);
    const found = judgeWith(probe, aCase(pair));
    expect(found).toMatchObject({ verdict: "on the line", signal: "watch", explanation: { id: "method.on-the-line" } });
  });

  it("is not on the line when all agree", () => {
    expect(judgeWith(aProbe(), aCase(pair))).toMatchObject({
      verdict: "on track",
      signal: "on track",
      explanation: { id: "method.found" },
    });
  });

  it("stays without a verdict where the figures as published have none", () => {
    const probe = aProbe(({ base }) => (base?.y === 100 ? "cannot judge" : "on track"));
    expect(judgeWith(probe, aCase(pair))).toMatchObject({ verdict: "off track", signal: "cannot judge" });
  });

  it.each(["rank", "count"])("does not arise for a %s, which is exact", (shape) => {
    const probe = aProbe();
    judgeWith(probe, aCase(pair, { metric: aMetric({ shape }) }));
    expect(probe.seen).toHaveLength(1);
  });

  it("does not arise for a single figure, nor for none", () => {
    for (const observations of [[anObservation("2016", "100")], []]) {
      const probe = aProbe();
      judgeWith(probe, aCase(observations));
      expect(probe.seen).toHaveLength(1);
    }
  });
});

describe("what is found", () => {
  it("rests on base and current value, on one figure only once, on none where there is none", () => {
    const periodsOf = (given: MethodCase) => judgeWith(aProbe(), given).figures?.map((v) => v.period);
    expect(periodsOf(aCase(figures))).toEqual(["2016", "2019"]);
    expect(periodsOf(aCase([anObservation("2016", "100")]))).toEqual(["2016"]);
    expect(periodsOf(aCase([]))).toEqual([]);
  });

  it("shows the method's formula in words with its number, two digits after the point; nothing where it has none", () => {
    expect(judgeWith(aProbe(undefined, 0.956), aCase(figures))).toMatchObject({
      method: "probe",
      formula: "method.probe.formula {} = 0.96",
    });
    expect(judgeWith(aProbe(undefined, 0), aCase(figures)).formula).toBe("method.probe.formula {} = 0.00");
    expect(judgeWith(aProbe(), aCase(figures)).formula).toBe("");
  });

  it("is put into words with the metric, the limit and the method's own sentence", () => {
    const given = aCase(figures, { target: { ...target, due: "2020" } });
    expect(judgeWith(aProbe(), given).explanation.values).toEqual({ metric: "Output", unit: "t", limit: "200 t", sentence: "found {}" });
    expect(judgeWith(aProbe(), aCase(figures)).explanation.values).toEqual({
      metric: "Output",
      unit: "t",
      limit: "",
      sentence: "found {}",
    });
  });
});
