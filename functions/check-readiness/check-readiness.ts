import { CalendarError, StoreError } from "../core/errors.ts";
import type { Office } from "../core/office.ts";
import type { Register, RegisterStore, WorkingCalendar } from "../core/ports.ts";
import { assessReadiness, type Readiness } from "../core/readiness.ts";
import { addDays, isWeekday, nthWorkingDay } from "../core/working-days.ts";

export interface CheckReadinessDeps {
  readonly store: RegisterStore;
  readonly calendarFor: (office: Office) => WorkingCalendar;
}

export interface CheckReadinessInput {
  /** The month reported on, YYYY-MM. */
  readonly period: string;
  /** A civil date in the office's time zone, YYYY-MM-DD. */
  readonly today: string;
}

/** Whether it is published which days are worked. Where it is not, Monday to Friday were taken, and the gap says what to do about it. */
type CalendarUsed = { readonly calendar: "known" } | { readonly calendar: "assumed"; readonly calendarGap: string };

/** What is to be done with a month today. */
type Decision =
  /** Look again on `nextDay`, YYYY-MM-DD, which is after today. */
  | { readonly state: "wait"; readonly nextDay: string }
  /** Issue what is known at the end of `asOf`: enough is there, or no more is waited for. */
  | { readonly state: "ready" | "cut-off"; readonly asOf: string };

export type ReadinessAnswer = Decision & CalendarUsed & Omit<Readiness, "ready">;

/** Decides whether a month's briefing goes out today: not before the working day on which the office wants its figures looked for first; from
 *  then on as soon as enough are there, looked for day by day, since figures come in on days of rest too; from the day of the cut-off in any
 *  case. The same day and the same register give the same answer, however often it is asked.
 *
 *  A briefing does not wait for a calendar: where it is not published yet which days of a year are worked, Monday to Friday are taken for
 *  working days, and the answer says so. Both days then come early by the holidays in between, a week at Spring Festival. To look early
 *  costs nothing; what an early cut-off leaves out the briefing names.
 *  Where nobody has loaded an office yet, it waits for one: what was deployed today is filled tomorrow.
 *  @returns always `ready` of an office that declares no figures
 *  @throws StoreError */
export async function checkReadiness(
  { period, today }: CheckReadinessInput,
  { store, calendarFor }: CheckReadinessDeps,
): Promise<ReadinessAnswer> {
  const register = await readIfLoaded(store);
  if (!register) return { state: "wait", nextDay: addDays(today, 1), ...nothing };
  const { ready, ...counts } = assessReadiness(register, period, today);
  const { office } = register;
  if (!office.readiness) return { state: "ready", asOf: today, ...counts, calendar: "known" };
  const { first, cutOff, ...used } = findDays(period, office.readiness, calendarFor(office));
  return { ...decide(today, { ready, first, cutOff }), ...counts, ...used };
}

const nothing = { present: 0, enough: 0, declared: 0, missing: [], calendar: "known" } as const;

async function readIfLoaded(store: RegisterStore): Promise<Register | undefined> {
  try {
    return await store.read();
  } catch (error) {
    if (error instanceof StoreError && error.isEmpty) return undefined;
    throw error;
  }
}

interface Bounds {
  readonly first: string;
  readonly cutOff: string;
}

function decide(today: string, { ready, first, cutOff }: Bounds & Pick<Readiness, "ready">): Decision {
  if (today < first) return { state: "wait", nextDay: first };
  if (ready) return { state: "ready", asOf: today };
  return today < cutOff ? { state: "wait", nextDay: addDays(today, 1) } : { state: "cut-off", asOf: today };
}

function findDays(
  month: string,
  { firstCheck, cutOff }: NonNullable<Office["readiness"]>,
  calendar: WorkingCalendar,
): Bounds & CalendarUsed {
  const by = (isWorkingDay: (day: string) => boolean): Bounds => ({
    first: nthWorkingDay(month, firstCheck, isWorkingDay),
    cutOff: nthWorkingDay(month, cutOff, isWorkingDay),
  });
  try {
    return { ...by((day) => calendar.isWorkingDay(day)), calendar: "known" };
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    return { ...by(isWeekday), calendar: "assumed", calendarGap: error.message };
  }
}
