import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { loadMessages } from "../../../functions/adapters/templates/locale-messages.ts";
import { signalSchema } from "../../../functions/core/assessment/assessment.ts";
import { type Method, type MethodInput, type MethodOutcome, methodInputSchema } from "../../../functions/core/assessment/method.ts";
import { methods } from "../../../functions/core/assessment/methods.ts";
import { evidenceStageSchema, programmeStages } from "../../../functions/core/evidence.ts";
import type { Translate } from "../../../functions/core/local-text.ts";

const runs = { numRuns: 10_000 };

// Anything that the schema lets in: zeros, both signs, huge, tiny, equal times.
const wildNumber = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 100, 1e308, -1e308, Number.MAX_VALUE, 5e-324, -5e-324, 0.1),
  fc.integer({ min: -50, max: 50 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const wildTime = fc.oneof(fc.integer({ min: 2015, max: 2024 }), wildNumber);
const decimals = fc.option(fc.integer({ min: -12, max: 15 }), { nil: undefined });
const wildPoint = fc.record({ t: wildTime, y: wildNumber, decimals }, { requiredKeys: ["t", "y"] });
const wildInput = fc
  .record(
    {
      direction: fc.constantFrom("increase", "decrease"),
      base: wildPoint,
      current: wildPoint,
      target: wildPoint,
      comparator: fc.constantFrom(">", ">=", "<", "<=", "="),
      shape: fc.constantFrom("level", "level", "share", "count", "rank", "rate"),
      limit: wildNumber,
      zeroAs: fc.constantFrom(0.001, 1, 5e-324, 1e308),
      series: fc.array(wildPoint, { maxLength: 8 }),
      other: fc.array(wildPoint, { maxLength: 6 }),
      history: fc.array(fc.record({ t: wildTime, toDate: wildNumber, total: wildNumber }), { maxLength: 6 }),
      toDate: wildNumber,
      growth: wildNumber,
      stages: fc.array(fc.constantFrom(...evidenceStageSchema.options, "unheard of"), { maxLength: 4 }),
    },
    { requiredKeys: [] },
  )
  .map((input) => methodInputSchema.parse(input));

// What an office has: a few years, values that are often ordinary and sometimes zero or negative; consistent enough that most cases are judged.
const value = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 4_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -400, max: 0 }) },
);
const tame = value.map((v) => v / 8);
const tameInput = fc
  .record(
    {
      direction: fc.constantFrom("increase", "decrease"),
      years: fc.uniqueArray(fc.integer({ min: 2010, max: 2020 }), { minLength: 2, maxLength: 9 }),
      values: fc.array(tame, { minLength: 10, maxLength: 10 }),
      others: fc.array(tame, { minLength: 10, maxLength: 10 }),
      goal: tame,
      due: fc.integer({ min: 2016, max: 2035 }),
      strict: fc.boolean(),
      limit: tame,
      zeroAs: fc.constant(0.125),
      totals: fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 400 })), { minLength: 0, maxLength: 6 }),
      toDate: fc.integer({ min: 0, max: 900 }),
      growth: fc.integer({ min: -50, max: 100 }),
      stages: fc.array(fc.constantFrom(...evidenceStageSchema.options), { maxLength: 4 }),
    },
    {
      requiredKeys: ["direction", "years", "values", "others", "goal", "due", "strict", "totals", "toDate", "growth", "stages"],
    },
  )
  .map(({ years, values, others, goal, due, strict, totals, limit, zeroAs, ...rest }) => {
    const times = years.toSorted((a, b) => a - b);
    const points = times.map((t, i) => ({ t, y: values[i] ?? 1 }));
    const sign = rest.direction === "increase" ? ">" : "<";
    return methodInputSchema.parse({
      ...rest,
      base: points[0],
      current: points.at(-1),
      target: { t: due, y: goal },
      comparator: strict ? sign : `${sign}=`,
      ...(limit === undefined ? {} : { limit }),
      ...(zeroAs === undefined ? {} : { zeroAs }),
      series: points.slice(0, -1),
      other: times.map((t, i) => ({ t, y: others[i] ?? 1 })),
      history: totals.map(([a, b], i) => ({ t: 2010 + i, toDate: Math.min(a, b), total: Math.max(a, b) })),
    });
  });

describe.each(methods.map((m) => [m.id, m] as const))("%s", (_id, method) => {
  it("answers anything, with finite numbers, a band of its own and a reason", () => {
    fc.assert(
      fc.property(wildInput, (input) => {
        const outcome = method.judge(input);
        expectSound(method, outcome);
        expect(method.judge(reversed(input))).toEqual(outcome);
      }),
      runs,
    );
  });

  it("changes no band when all values are given in another unit", () => {
    const factor = fc.oneof(
      fc.integer({ min: -20, max: 20 }).map((power) => 2 ** power),
      fc.constantFrom(3, 7, 1_000, 10_000, 1e8),
    );
    fc.assert(
      fc.property(tameInput, factor, (input, by) => {
        expect(method.judge(scaled(input, by)).band).toBe(method.judge(input).band);
      }),
      runs,
    );
  });

  it("never gives a worse band for a better latest value", () => {
    let compared = 0;
    fc.assert(
      fc.property(tameInput, fc.integer({ min: 1, max: 400 }), fc.constantFrom(...programmeStages), (input, step, stage) => {
        const [before, after] = [method.judge(input), method.judge(improved(input, step / 8, stage))];
        if (before.band === "cannot judge" || after.band === "cannot judge") return;
        compared += 1;
        expect(rankOf(method, after)).toBeLessThanOrEqual(rankOf(method, before));
      }),
      runs,
    );
    expect(compared).toBeGreaterThan(1_000);
  });
});

describe("every outcome", () => {
  let translates: Translate[];
  beforeAll(async () => {
    const dir = fileURLToPath(new URL("../../../templates", import.meta.url));
    translates = await Promise.all((["en", "zh-CN"] as const).map((locale) => loadMessages(dir, locale)));
  });

  it("has a sentence in both languages that prints no NaN and no unfilled slot", () => {
    fc.assert(
      fc.property(fc.constantFrom(...methods), fc.oneof(tameInput, wildInput), (method, input) => {
        const { explanation, projection } = method.judge(input);
        for (const translate of translates) {
          const text = [explanation, ...(projection ? [projection.how] : [])].map(translate).join(" ");
          expect(text).not.toMatch(/NaN|Infinity|undefined|null|[{}]/);
        }
      }),
      runs,
    );
  });
});

function expectSound(method: Method, outcome: MethodOutcome): void {
  const numbers = [outcome.ratio ?? 0, outcome.projection?.value ?? 0, outcome.projection?.low ?? 0, outcome.projection?.high ?? 0];
  if (!numbers.every(Number.isFinite)) throw new Error(`not finite: ${JSON.stringify(outcome)}`);
  const known = outcome.band === "cannot judge" || method.bands.some((b) => b.name === outcome.band);
  if (!known || !signalSchema.options.includes(outcome.signal)) throw new Error(`no such band or signal: ${JSON.stringify(outcome)}`);
  if (outcome.band === "cannot judge" && !outcome.explanation.id.startsWith("outcome.cannot-judge.")) throw new Error("no reason given");
  if (outcome.projection && outcome.projection.low > outcome.projection.high) throw new Error("an interval upside down");
}

function reversed(input: MethodInput): MethodInput {
  return { ...input, series: input.series.toReversed(), other: input.other.toReversed(), history: input.history.toReversed() };
}

function scaled(input: MethodInput, by: number): MethodInput {
  const point = <P extends { y: number }>(p: P): P => ({ ...p, y: p.y * by });
  return {
    ...input,
    ...(input.base ? { base: point(input.base) } : {}),
    ...(input.current ? { current: point(input.current) } : {}),
    ...(input.target ? { target: point(input.target) } : {}),
    ...(input.limit === undefined ? {} : { limit: input.limit * by }),
    ...(input.zeroAs === undefined ? {} : { zeroAs: input.zeroAs * by }),
    series: input.series.map(point),
    other: input.other.map(point),
    history: input.history.map((y) => ({ ...y, toDate: y.toDate * by, total: y.total * by })),
    ...(input.toDate === undefined ? {} : { toDate: input.toDate * by }),
  };
}

function improved(input: MethodInput, step: number, stage: string): MethodInput {
  const better = input.direction === "increase" ? step : -step;
  return {
    ...input,
    ...(input.current ? { current: { ...input.current, y: input.current.y + better } } : {}),
    ...(input.toDate === undefined ? {} : { toDate: Math.max(0, input.toDate + better) }),
    stages: [...input.stages, stage],
  };
}

/** 0 for the best band. */
function rankOf(method: Method, { band }: MethodOutcome): number {
  return method.bands.findIndex((b) => b.name === band);
}
