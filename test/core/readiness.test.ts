import { describe, expect, it } from "vitest";
import type { Metric } from "../../functions/core/metric.ts";
import type { Observation } from "../../functions/core/observation.ts";
import { officeSchema } from "../../functions/core/office.ts";
import { assessReadiness } from "../../functions/core/readiness.ts";
import { aMetric, anObservation, aRegister } from "../support/register-builder.ts";

const { office } = aRegister({});

/** A register whose office waits for metrics of these frequencies, each called by its frequency; the mayor holds all of them. */
function waitingFor(frequencies: readonly Metric["frequency"][], observations: readonly Observation[], enough = frequencies.length) {
  const declared = frequencies.map((frequency) => ({ metric: frequency.toLowerCase(), holder: "mayor" }));
  return aRegister({
    office: officeSchema.parse({ ...office, readiness: { declared, enough } }),
    metrics: frequencies.map((frequency) => aMetric({ id: frequency.toLowerCase(), frequency })),
    observations,
  });
}

/** Whether one figure is what is waited for. */
function counts(frequency: Metric["frequency"], month: string, period: string, parts: object = {}): boolean {
  const observation = anObservation(period, "1", { metric: frequency.toLowerCase(), ...parts });
  return assessReadiness(waitingFor([frequency], [observation]), month).ready;
}

/** The period whose figure is waited for. */
function due(frequency: Metric["frequency"], month: string): string | undefined {
  return assessReadiness(waitingFor([frequency], []), month).missing[0]?.period;
}

describe("what a month waits for", () => {
  it("is of a monthly metric the month itself", () => {
    expect(due("M", "2018-01")).toBe("2018-01");
    expect(due("M", "2017-12")).toBe("2017-12");
  });

  it("is of a quarterly metric the last quarter that had ended by the month's last day", () => {
    expect(due("Q", "2018-01")).toBe("2017-Q4");
    expect(due("Q", "2018-02")).toBe("2017-Q4");
    expect(due("Q", "2018-03")).toBe("2018-Q1");
    expect(due("Q", "2018-12")).toBe("2018-Q4");
  });

  it("is of a half-yearly metric the last half-year, of a yearly one the last year", () => {
    expect(due("S", "2018-05")).toBe("2017-S2");
    expect(due("S", "2018-06")).toBe("2018-S1");
    expect(due("A", "2018-11")).toBe("2017");
    expect(due("A", "2018-12")).toBe("2018");
  });

  it("is of a daily metric the month's last day", () => {
    expect(due("D", "2020-02")).toBe("2020-02-29");
  });
});

describe("a figure that is waited for", () => {
  it("is there for its own period, and not for the one before or after", () => {
    expect(counts("M", "2018-01", "2018-01")).toBe(true);
    expect(counts("M", "2018-01", "2017-12")).toBe(false);
    expect(counts("M", "2018-01", "2018-02")).toBe(false);
    expect(counts("Q", "2018-02", "2017-Q4")).toBe(true);
    expect(counts("Q", "2018-02", "2017-Q3")).toBe(false);
    expect(counts("A", "2018-06", "2017")).toBe(true);
    expect(counts("A", "2018-06", "2016")).toBe(false);
  });

  it("is there as a total to date that ends with the period, however that is written", () => {
    expect(counts("M", "2018-11", "2018-01-01/P11M")).toBe(true);
    expect(counts("M", "2018-11", "2018-01-01/P10M")).toBe(false);
    expect(counts("M", "2018-03", "2018-Q1")).toBe(true);
    expect(counts("M", "2018-06", "2018-S1")).toBe(true);
    expect(counts("M", "2018-12", "2018")).toBe(true);
    expect(counts("Q", "2018-10", "2018-01-01/P9M")).toBe(true);
    expect(counts("A", "2018-06", "2017-01-01/P12M")).toBe(true);
  });

  it("is not there as a part of its period or as a sum of several years", () => {
    expect(counts("A", "2017-12", "2017-12")).toBe(false);
    expect(counts("Q", "2018-03", "2018-03")).toBe(false);
    expect(counts("A", "2018-06", "2013-01-01/P5Y")).toBe(false);
    expect(counts("M", "2018-01", "2017-01-01/P13M")).toBe(false);
  });

  it("is not there where its value is missing on purpose or another area's", () => {
    expect(counts("M", "2018-01", "2018-01", { value: null, status: "M" })).toBe(false);
    expect(counts("M", "2018-01", "2018-01", { refArea: "Otherton" })).toBe(false);
  });

  it("is there when it is provisional or an estimate made afterwards, and not when it was forecast", () => {
    expect(counts("A", "2018-01", "2017", { status: "P", knownSince: "2018-01-20" })).toBe(true);
    expect(counts("A", "2018-01", "2017", { status: "E", knownSince: "2018-01-10" })).toBe(true);
    expect(counts("A", "2018-01", "2017", { status: "E", knownSince: "2017-11-17" })).toBe(false);
    expect(counts("A", "2018-01", "2017", { status: "E", knownSince: "2017-12-31" })).toBe(false);
  });

  it("counts from the day on which it was known", () => {
    const register = waitingFor(["M"], [anObservation("2018-01", "1", { metric: "m", knownSince: "2018-02-09" })]);
    expect(assessReadiness(register, "2018-01", "2018-02-08").ready).toBe(false);
    expect(assessReadiness(register, "2018-01", "2018-02-09").ready).toBe(true);
    expect(assessReadiness(register, "2018-01").ready).toBe(true);
  });
});

describe("readiness", () => {
  const half = [anObservation("2018-01", "1", { metric: "m" }), anObservation("2017", "1", { metric: "a" })];

  it("names what is missing, for which period and who holds it, in the order of the declaration", () => {
    expect(assessReadiness(waitingFor(["Q", "M", "S", "A"], half), "2018-01")).toEqual({
      ready: false,
      enough: 4,
      declared: 4,
      present: 2,
      missing: [
        { metric: "q", holder: "mayor", period: "2017-Q4" },
        { metric: "s", holder: "mayor", period: "2017-S2" },
      ],
    });
  });

  it("is reached with as many figures as are enough, and still names the rest", () => {
    expect(assessReadiness(waitingFor(["Q", "M", "A"], half, 2), "2018-01")).toEqual({
      ready: true,
      enough: 2,
      declared: 3,
      present: 2,
      missing: [{ metric: "q", holder: "mayor", period: "2017-Q4" }],
    });
    expect(assessReadiness(waitingFor(["Q", "M", "A"], half, 3), "2018-01").ready).toBe(false);
  });

  it("counts two vintages of one figure once", () => {
    const revised = [...half, anObservation("2018-01", "2", { metric: "m", knownSince: "2019-02-01" })];
    expect(assessReadiness(waitingFor(["Q", "M", "A"], revised), "2018-01").present).toBe(2);
  });

  it("is always there for an office that declares nothing", () => {
    expect(assessReadiness(aRegister({}), "2018-01")).toEqual({ ready: true, enough: 0, declared: 0, present: 0, missing: [] });
  });
});
