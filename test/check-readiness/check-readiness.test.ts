import { describe, expect, it } from "vitest";
import { openCalendar } from "../../functions/adapters/calendar/open-calendar.ts";
import { readOfficeFolder } from "../../functions/adapters/office-folder/office-folder.ts";
import { checkReadiness } from "../../functions/check-readiness/check-readiness.ts";
import { CalendarError, StoreError } from "../../functions/core/errors.ts";
import { type Office, officeSchema } from "../../functions/core/office.ts";
import type { Register, RegisterStore, WorkingCalendar } from "../../functions/core/ports.ts";
import { harbourton } from "../support/office-copy.ts";
import { aMetric, anObservation, aRegister } from "../support/register-builder.ts";

const { office } = aRegister({});
const waits = {
  declared: [
    { metric: "output", holder: "mayor" },
    { metric: "income", holder: "mayor" },
  ],
  enough: 2,
};
const metrics = [aMetric({ frequency: "M" }), aMetric({ id: "income", frequency: "Q" })];

function storeOf(register: Register): RegisterStore {
  const refuse = () => Promise.reject(new Error("the gate only reads the register"));
  return { read: () => Promise.resolve(register), load: refuse, observationsOf: refuse };
}

/** The output of `month` came in on the first day, the income of the quarter before on the second. */
function officeThatWaits(month: string, quarter: string, cameIn: readonly [string, string], parts: object = {}): Register {
  return aRegister({
    office: officeSchema.parse({ ...office, readiness: waits, ...parts }),
    metrics,
    observations: [
      anObservation(month, "1", { knownSince: cameIn[0] }),
      anObservation(quarter, "1", { metric: "income", knownSince: cameIn[1] }),
    ],
  });
}

async function stateOn(today: string, register: Register, period: string, calendarFor: (o: Office) => WorkingCalendar = openCalendar) {
  const answer = await checkReadiness({ period, today }, { store: storeOf(register), calendarFor });
  return answer.state === "wait" ? `wait ${answer.nextDay}` : `${answer.state} ${answer.asOf}`;
}

describe("the readiness gate", () => {
  // The second working day after March 2018 is Tuesday 3 April, the tenth Friday 13 April (2–6 and 9–13 April).
  const inApril = officeThatWaits("2018-03", "2018-Q1", ["2018-04-02", "2018-04-11"]);

  it("waits for the day of the first look, though the figures be there", async () => {
    const early = officeThatWaits("2018-03", "2018-Q1", ["2018-03-31", "2018-03-31"]);
    expect(await stateOn("2018-03-31", early, "2018-03")).toBe("wait 2018-04-03");
    expect(await stateOn("2018-04-02", early, "2018-03")).toBe("wait 2018-04-03");
    expect(await stateOn("2018-04-03", early, "2018-03")).toBe("ready 2018-04-03");
  });

  it("then looks day by day, on days of rest too, until enough is there", async () => {
    expect(await stateOn("2018-04-03", inApril, "2018-03")).toBe("wait 2018-04-04");
    expect(await stateOn("2018-04-07", inApril, "2018-03")).toBe("wait 2018-04-08");
    expect(await stateOn("2018-04-10", inApril, "2018-03")).toBe("wait 2018-04-11");
    expect(await stateOn("2018-04-11", inApril, "2018-03")).toBe("ready 2018-04-11");
  });

  it("lets the issue go on the day of the cut-off and after it, whatever is missing", async () => {
    const late = officeThatWaits("2018-03", "2018-Q1", ["2018-04-02", "2018-06-30"]);
    expect(await stateOn("2018-04-12", late, "2018-03")).toBe("wait 2018-04-13");
    expect(await stateOn("2018-04-13", late, "2018-03")).toBe("cut-off 2018-04-13");
    expect(await stateOn("2018-05-20", late, "2018-03")).toBe("cut-off 2018-05-20");
    expect(await stateOn("2018-06-30", late, "2018-03")).toBe("ready 2018-06-30");
  });

  it("says what is there and what is missing, and says the same when it is asked again", async () => {
    const ask = () => checkReadiness({ period: "2018-03", today: "2018-04-03" }, { store: storeOf(inApril), calendarFor: openCalendar });
    const answer = await ask();
    expect(answer).toEqual({
      state: "wait",
      nextDay: "2018-04-04",
      enough: 2,
      declared: 2,
      present: 1,
      missing: [{ metric: "income", holder: "mayor", period: "2018-Q1" }],
      calendar: "known",
    });
    expect(await ask()).toEqual(answer);
  });

  it("follows the office's own working days for the first look and the cut-off", async () => {
    const own = officeThatWaits("2018-03", "2018-Q1", ["2018-04-02", "2018-06-30"], { readiness: { ...waits, firstCheck: 1, cutOff: 3 } });
    expect(await stateOn("2018-04-01", own, "2018-03")).toBe("wait 2018-04-02");
    expect(await stateOn("2018-04-02", own, "2018-03")).toBe("wait 2018-04-03");
    expect(await stateOn("2018-04-04", own, "2018-03")).toBe("cut-off 2018-04-04");
  });

  it("waits for an office that nobody has loaded yet, and does not take a database that is down for an empty one", async () => {
    const [empty, down] = [new StoreError("nothing there", { isEmpty: true }), new StoreError("no answer")];
    const ask = (failure: Error) => {
      const store = { ...storeOf(inApril), read: () => Promise.reject(failure) };
      return checkReadiness({ period: "2018-03", today: "2018-04-30" }, { store, calendarFor: openCalendar });
    };
    expect(await ask(empty)).toMatchObject({ state: "wait", nextDay: "2018-05-01" });
    await expect(ask(down)).rejects.toBe(down);
  });

  it("lets the issue of an office that waits for nothing go at once", async () => {
    expect(
      await checkReadiness({ period: "2018-03", today: "2018-04-01" }, { store: storeOf(aRegister({})), calendarFor: openCalendar }),
    ).toEqual({
      state: "ready",
      asOf: "2018-04-01",
      enough: 0,
      declared: 0,
      present: 0,
      missing: [],
      calendar: "known",
    });
  });
});

describe("the readiness gate of an office that works by the Chinese calendar", () => {
  const never = "2099-01-01";

  it("counts the make-up Sunday before the Spring Festival of 2018", async () => {
    // 1, 2, 5–9, Sunday 11, 12 and 13 February are ten working days; in plain weeks the tenth is the 14th.
    const chinese = officeThatWaits("2018-01", "2017-Q4", [never, never], { workingDays: "cn" });
    expect(await stateOn("2018-02-01", chinese, "2018-01")).toBe("wait 2018-02-02");
    expect(await stateOn("2018-02-12", chinese, "2018-01")).toBe("wait 2018-02-13");
    expect(await stateOn("2018-02-13", chinese, "2018-01")).toBe("cut-off 2018-02-13");
    const plain = officeThatWaits("2018-01", "2017-Q4", [never, never]);
    expect(await stateOn("2018-02-13", plain, "2018-01")).toBe("wait 2018-02-14");
  });

  it("looks first after the National Day week, and after the prolonged Spring Festival of 2020", async () => {
    const chinese = officeThatWaits("2018-09", "2018-Q3", [never, never], { workingDays: "cn" });
    expect(await stateOn("2018-10-01", chinese, "2018-09")).toBe("wait 2018-10-09");
    expect(await stateOn("2020-01-31", chinese, "2020-01")).toBe("wait 2020-02-04");
  });

  it("goes from December into the new year: the first of January 2018 is no working day, so the first look is on the third", async () => {
    const chinese = officeThatWaits("2017-12", "2017-Q4", [never, never], { workingDays: "cn" });
    expect(await stateOn("2017-12-31", chinese, "2017-12")).toBe("wait 2018-01-03");
  });

  it("takes Monday to Friday where the year is not published yet, and says so with what to update", async () => {
    const unpublished: WorkingCalendar = {
      isWorkingDay(day) {
        throw new CalendarError(day.slice(0, 4), "update the package");
      },
    };
    const chinese = officeThatWaits("2098-12", "2098-Q4", [never, never], { workingDays: "cn" });
    // 1 January 2099 is a Thursday.
    const deps = { store: storeOf(chinese), calendarFor: () => unpublished };
    expect(await checkReadiness({ period: "2098-12", today: "2099-01-01" }, deps)).toMatchObject({
      state: "wait",
      nextDay: "2099-01-02",
      calendar: "assumed",
      calendarGap: "2099: it is not on record which days of this year are worked; update the package",
    });
    // Both figures are known from the first on.
    expect(await stateOn("2099-01-02", chinese, "2098-12", () => unpublished)).toBe("ready 2099-01-02");
  });

  it("does not take a broken calendar for one that is not published", async () => {
    const broken: WorkingCalendar = {
      isWorkingDay() {
        throw new TypeError("no table");
      },
    };
    const chinese = officeThatWaits("2018-01", "2017-Q4", [never, never]);
    await expect(stateOn("2018-02-01", chinese, "2018-01", () => broken)).rejects.toThrow(TypeError);
  });
});

describe("the readiness gate of the fictional town, which waits for four of five figures", () => {
  it("lets May 2026 go on the day on which the ship calls come in, the fourth figure", async () => {
    const town = await readOfficeFolder(harbourton);
    // 1 June 2026 is a Monday.
    expect(await stateOn("2026-06-01", town, "2026-05")).toBe("wait 2026-06-02");
    expect(await stateOn("2026-06-04", town, "2026-05")).toBe("wait 2026-06-05");
    expect(await stateOn("2026-06-05", town, "2026-05")).toBe("ready 2026-06-05");
  });

  it("lets June 2026 go at the cut-off, for the homes begun in the quarter are counted after it", async () => {
    const town = await readOfficeFolder(harbourton);
    // 1, 2, 3, 6–10, 13 and 14 July are ten working days.
    expect(await stateOn("2026-07-01", town, "2026-06")).toBe("wait 2026-07-02");
    expect(await stateOn("2026-07-13", town, "2026-06")).toBe("wait 2026-07-14");
    const answer = await checkReadiness({ period: "2026-06", today: "2026-07-14" }, { store: storeOf(town), calendarFor: openCalendar });
    expect(answer).toMatchObject({
      state: "cut-off",
      asOf: "2026-07-14",
      present: 3,
      missing: [
        { metric: "homes_started", holder: "housing", period: "2026-Q2" },
        { metric: "recycling_rate", holder: "environment-office", period: "2025" },
      ],
    });
    expect(await stateOn("2026-07-20", town, "2026-06")).toBe("ready 2026-07-20");
  });
});
