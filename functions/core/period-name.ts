import { type Period, parsePeriod } from "./calendar.ts";
import type { Locale } from "./local-text.ts";

/** @returns a period in words: 2017年, 2021年上半年, 2012—2016年; 2017, first half of 2021, 2012–2016. Unreadable text is returned as it is. */
export function periodName(id: string, locale: Locale): string {
  const period = parsePeriod(id);
  if (!period) return id;
  return locale === "zh-CN" ? chineseName(period) : englishName(period);
}

/** The period within a sentence: as its name, in English with the article that it needs: the first half of 2021, the first quarter of 2018. */
export function periodInSentence(id: string, locale: Locale): string {
  const period = parsePeriod(id);
  if (!period || locale !== "en") return periodName(id, locale);
  const [year, month] = yearAndMonth(period.start);
  if (period.frequency === "Q") return `the ${["first", "second", "third", "fourth"][(month - 1) / 3]} quarter of ${year}`;
  return period.frequency === "S" ? `the ${periodName(id, locale)}` : periodName(id, locale);
}

/** When something had a value: in 2017, in the first half of 2021, on 31 March 2021; in Chinese the period alone says it. */
export function periodWhen(id: string, locale: Locale): string {
  const period = parsePeriod(id);
  if (!period || locale !== "en") return periodName(id, locale);
  return `${period.frequency === "D" ? "on" : "in"} ${periodInSentence(id, locale)}`;
}

function chineseName({ frequency, start, end }: Period): string {
  const [year, month] = yearAndMonth(start);
  switch (frequency) {
    case "A":
      return `${year}年`;
    case "S":
      return `${year}年${month === 1 ? "上" : "下"}半年`;
    case "Q":
      return `${year}年第${"一二三四"[(month - 1) / 3]}季度`;
    case "M":
      return `${year}年${month}月`;
    case "D":
      return dayName(start, "zh-CN");
    case "R": {
      const [endYear, endMonth] = yearAndMonth(end);
      if (month === 1 && endMonth === 12) return `${year}—${endYear}年`;
      return year === endYear ? `${year}年${month}—${endMonth}月` : `${year}年${month}月—${endYear}年${endMonth}月`;
    }
  }
}

function englishName({ frequency, start, end }: Period): string {
  const [year, month] = yearAndMonth(start);
  switch (frequency) {
    case "A":
      return `${year}`;
    case "S":
      return `${month === 1 ? "first" : "second"} half of ${year}`;
    case "Q":
      return `Q${(month - 1) / 3 + 1} ${year}`;
    case "M":
      return `${monthNames[month - 1]} ${year}`;
    case "D":
      return dayName(start, "en");
    case "R": {
      const [endYear, endMonth] = yearAndMonth(end);
      if (month === 1 && endMonth === 12) return `${year}–${endYear}`;
      const [from, to] = [monthNames[month - 1], monthNames[endMonth - 1]];
      return year === endYear ? `${from}–${to} ${year}` : `${from} ${year} – ${to} ${endYear}`;
    }
  }
}

function yearAndMonth(day: string): [number, number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
}

/** @param day `YYYY-MM-DD`
 *  @returns 2018年1月31日 or 31 January 2018 */
export function dayName(day: string, locale: Locale): string {
  const [year, month, date] = day.split("-").map(Number);
  if (locale === "zh-CN") return `${year}年${month}月${date}日`;
  return `${date} ${monthNames[(month ?? 1) - 1]} ${year}`;
}

const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
