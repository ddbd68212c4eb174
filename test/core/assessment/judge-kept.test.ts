import { describe, expect, it } from "vitest";
import { openContext } from "../../../functions/core/assessment/judge-context.ts";
import { judgeKept } from "../../../functions/core/assessment/judge-kept.ts";
import { parsePeriod } from "../../../functions/core/calendar.ts";
import { aMetric, anObservation, aRegister, showMessage } from "../../support/register-builder.ts";

const target = { metric: "output", comparator: ">=", value: 150, unit: "t" } as const;

/** Judges 150 t a year, said on a day and to hold until a year that has ended. @param values what was published for each period */
function keep(values: Record<string, string>, { until = "2019", ended = true, spoken = "2017-11-17", wanted = {} } = {}) {
  const observations = Object.entries(values).map(([id, value]) => anObservation(id, value));
  const context = openContext(aRegister({ observations }), "2021-06-30", "en", showMessage);
  const period = parsePeriod(until);
  if (!period) throw new Error(`no period ${until}`);
  const series = context.series("output", "Testtown");
  const kept = { target: { ...target, ...wanted }, metric: aMetric(), period, ended, spoken, series, context };
  const found = judgeKept(kept, ({ signal }) => (signal === "on track" ? "on track" : "cannot judge"));
  return found && { verdict: found.verdict, signal: found.signal, periods: found.figures?.map((f) => f.period) };
}

describe("a target that is to hold in every year until one", () => {
  it("was missed when one of them broke it; a year after its end adds nothing", () => {
    const broken = { "2017": "151", "2018": "140", "2019": "153" };
    const missed = { verdict: "missed", signal: "failed", periods: ["2017", "2018", "2019"] };
    expect(keep({ ...broken, "2020": "155" })).toEqual(missed);
    expect(keep({ ...broken, "2018": "152", "2020": "9" })).toEqual({ ...missed, verdict: "met", signal: "achieved" });
  });

  it("is not held against half-years", () => {
    const halves = { "2018-S2": "70", "2019-S1": "70", "2019-S2": "83" };
    expect(keep({ "2018": "151", "2019": "153", ...halves })).toEqual({ verdict: "met", signal: "achieved", periods: ["2018", "2019"] });
  });

  it("begins with the first year that ended after the speech, not with one that ended on its day", () => {
    const values = { "2017": "140", "2018": "151", "2019": "153" };
    expect(keep(values, { spoken: "2017-12-31" })).toMatchObject({ verdict: "met", periods: ["2018", "2019"] });
    expect(keep(values, { spoken: "2017-12-30" })).toMatchObject({ verdict: "missed", periods: ["2017", "2018", "2019"] });
  });

  it("rests on the latest year alone where none has ended since the speech", () => {
    const before = { "2015": "140", "2016": "145", "2017": "151" };
    const open = { ended: false, spoken: "2018-01-31" };
    expect(keep(before, open)).toEqual({ verdict: "on track", signal: "on track", periods: ["2017"] });
    expect(keep({ ...before, "2018": "152" }, open)).toMatchObject({ periods: ["2018"] });
  });

  it("has no finding without a figure, nor at its end without that of its last year", () => {
    expect(keep({}, { ended: false })).toBeUndefined();
    expect(keep({})).toBeUndefined();
    expect(keep({ "2017": "151", "2018": "152" })).toBeUndefined();
    expect(keep({ "2017": "151", "2018": "152" }, { ended: false })).toMatchObject({ verdict: "on track" });
  });

  it("is not called missed at its end where it cannot be judged", () => {
    // At most 150 t is wanted of what is better the more there is.
    expect(keep({ "2018": "151", "2019": "152" }, { wanted: { comparator: "<=" } })).toMatchObject({
      verdict: "cannot judge",
      signal: "cannot judge",
    });
  });
});
