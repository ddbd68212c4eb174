import type { Office } from "../../core/office.ts";
import type { WorkingCalendar } from "../../core/ports.ts";
import { isWeekday } from "../../core/working-days.ts";
import { openChineseCalendar } from "./chinese-calendar.ts";

/** @returns the calendar that the office says it works by */
export function openCalendar({ workingDays }: Pick<Office, "workingDays">): WorkingCalendar {
  return workingDays === "cn" ? openChineseCalendar() : { isWorkingDay: isWeekday };
}
