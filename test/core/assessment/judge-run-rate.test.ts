import { describe, expect, it } from "vitest";
import { openContext } from "../../../functions/core/assessment/judge-context.ts";
import { judgeRunRate } from "../../../functions/core/assessment/judge-run-rate.ts";
import { parsePeriod } from "../../../functions/core/calendar.ts";
import type { Observation } from "../../../functions/core/observation.ts";
import { aMetric, anObservation, aRegister, showMessage } from "../../support/register-builder.ts";

/** Figures that follow each other. @param stretch a year, whose months are meant, or a month, whose days are @param values the first first */
function parts(stretch: string, values: readonly string[], more: object = {}): Observation[] {
  return values.map((value, i) => anObservation(`${stretch}-${String(i + 1).padStart(2, "0")}`, value, more));
}

const six = (value: string): string[] => Array(6).fill(value);
// 30 by June and 120 in the whole year: a quarter.
const usual = [...six("5"), ...six("15")];
const history = [2015, 2016, 2017].flatMap((year) => parts(String(year), usual));

/** Holds what was added up by a day against a target of 150 t. */
function run(observations: readonly Observation[], { id = "2018", asOf = "2018-07-31", metric = {} } = {}) {
  const known = openContext(aRegister({ observations: [...observations] }), "2030-12-31", "en", showMessage);
  const period = parsePeriod(id);
  if (!period) throw new Error(`no period ${id}`);
  const target = { metric: "output", comparator: ">=", value: 150, unit: "t" } as const;
  const running = { target, metric: aMetric(metric), period, series: known.series("output", "Testtown"), context: { ...known, asOf } };
  return judgeRunRate(running, ({ signal }) => (signal === "off track" ? "off track" : "on track"));
}

/** @param values of January to June 2018 @param earlier the figures of the years before */
const halfYear = (values: readonly string[], earlier: readonly Observation[] = history, metric: object = {}) =>
  run([...earlier, ...parts("2018", values)], { metric });

const tooFew = (found: number) => `outcome.cannot-judge.few-years {"found":${found}}`;

describe("the total to date", () => {
  it("is explained by what was wanted and by what was done, usual and still needed", () => {
    // 39 of 150 is 26 %; what is left, 111, is 23.3 % more than the 90 that were usual from July on.
    const values = { done: "26.0", expected: "25.0", years: 3, gap: "1.0", wanted: "150", required: "23.3", band: "on_track" };
    expect(halfYear(six("6.5"))?.explanation).toEqual({
      id: "method.found",
      values: { metric: "Output", limit: "150 t", unit: "t", sentence: `outcome.run-rate.gap ${JSON.stringify(values)}` },
    });
  });

  it("is told in the unit that the language prints", () => {
    const printed = { unit: { id: "t", printed: { en: { name: "kt", power: 3 } } } };
    const found = halfYear(six("6.5"), history, printed);
    expect(found).toMatchObject({ formula: expect.stringMatching(/^0\.0390 \/ 0\.15 − 25\.0% = /) });
    expect(found?.explanation.values).toMatchObject({ limit: "0.15 kt", unit: "kt", sentence: expect.stringContaining('"wanted":"0.15"') });
  });

  it("needs more growth the less the latest of the earlier years brought", () => {
    // A quarter of 96: what is left, 111, is 54.16 % more than the 72 of its second half.
    const smaller = [...history.slice(0, 24), ...parts("2017", [...six("4"), ...six("12")])];
    const sentence = halfYear(six("6.5"), smaller)?.explanation.values?.["sentence"];
    expect(sentence).toContain('"expected":"25.0","years":3,"gap":"1.0"');
    expect(sentence).toContain('"required":"54.1"');
  });

  it("is on the line where either end of its rounding would be another signal; a count has no such ends", () => {
    // 37.5 is usual. 37.3 ± 0.3 reaches it from below, 37.6 ± 0.3 falls short of it from above; 37.1 and 37.9 do neither.
    const sum = (last: string) => halfYear([...six("6.2").slice(1), last]);
    for (const last of ["6.3", "6.6"]) {
      expect(sum(last)).toMatchObject({ verdict: "on the line", signal: "watch", explanation: { id: "method.on-the-line" } });
    }
    expect(sum("6.1")).toMatchObject({ verdict: "on track", signal: "watch" });
    expect(sum("6.9")).toMatchObject({ verdict: "on track", signal: "on track" });
    expect(halfYear(["37", ...six("0").slice(1)], history, { shape: "count" })).toMatchObject({ verdict: "on track", signal: "watch" });
  });

  it("is off track where nothing was done: what is rounded to nothing is not less than nothing", () => {
    // At most 3 of 150, two per cent instead of a quarter.
    expect(halfYear(six("0"))).toMatchObject({ verdict: "off track", signal: "off track" });
  });
});

describe("an earlier year", () => {
  const two = history.slice(0, 24);
  const sentence = (earlier: readonly Observation[]) => halfYear(six("6.5"), earlier)?.explanation.values?.["sentence"];

  it("counts only where it is known to its end", () => {
    expect(sentence([...two, ...parts("2017", usual.slice(0, 11))])).toBe(tooFew(2));
  });

  it("counts only where it is known to the same date", () => {
    expect(sentence([...two, ...parts("2017", usual.slice(0, 5)), anObservation("2017", "120")])).toBe(tooFew(2));
    expect(sentence([...two, anObservation("2017-S1", "30"), anObservation("2017", "120")])).toContain('"years":3');
  });

  it("counts from a break on, with the figure that is the break", () => {
    const breaksIn = (month: string) => history.map((o) => (o.period === month ? { ...o, status: "B" as const } : o));
    expect(sentence(breaksIn("2015-01"))).toContain('"years":3');
    expect(sentence(breaksIn("2015-02"))).toBe(tooFew(2));
  });

  it("has a last day of February only where it is a leap year too", () => {
    const days = parts("2020-02", Array(29).fill("1"));
    const earlier = ["2016-02", "2017-02", "2018-02", "2019-02"].map((month) => anObservation(month, "29"));
    const found = run([...earlier, ...days], { id: "2020-02", asOf: "2020-02-29" });
    expect(found).toMatchObject({ signal: "cannot judge", formula: "", explanation: { values: { sentence: tooFew(1) } } });
    expect(found?.figures?.map((f) => f.period)).toEqual([...days.map((d) => d.period), "2016-02"]);
  });
});
