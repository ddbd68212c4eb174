import type { Signal } from "../core/assessment/assessment.ts";
import type { Locale } from "../core/local-text.ts";

/** The signal's shape, so that it is read without colour. All are in the fonts that ship. */
const marks: Readonly<Record<Signal, string>> = {
  ahead: "▲",
  "on track": "●",
  watch: "◆",
  "off track": "▼",
  achieved: "✓",
  failed: "×",
  "cannot judge": "○",
  "not scored": "–",
};

/** @returns the signal's shape and its style class */
export function markOf(signal: Signal): { mark: string; signalClass: string } {
  return { mark: marks[signal], signalClass: `signal-${signal.replaceAll(" ", "-")}` };
}

/** @returns the same with the signal's shape and style class beside it */
export function withMark<T extends { readonly signal: Signal }>(entry: T) {
  return { ...entry, ...markOf(entry.signal) };
}

/** 一、 and so on in Chinese (GB/T 9704's first level), 1. in English. @param index from 0 */
export function sectionNumber(index: number, locale: Locale): string {
  return locale === "en" ? `${index + 1}. ` : `${chineseNumeral(index + 1)}、`;
}

/** （一） in Chinese (the second level), 1.1 in English. @param section, index from 0 */
export function subsectionNumber(section: number, index: number, locale: Locale): string {
  return locale === "en" ? `${section + 1}.${index + 1} ` : `（${chineseNumeral(index + 1)}）`;
}

/** @param number from 1 to 99 */
function chineseNumeral(number: number): string {
  const digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `${tens === 0 ? "" : `${tens === 1 ? "" : digits[tens]}十`}${digits[ones]}`;
}

/** [1, 4, 5, 6] → 1 and 4–6, each linked to its first source. */
export function joinRuns(numbers: readonly number[]): { label: string; first: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && number === run.last + 1) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs.map(({ first, last }) => ({ first, label: first === last ? `${first}` : `${first}–${last}` }));
}

/** A CSS string of any text: every character that is no letter or digit is written as its code point. */
export function cssString(text: string): string {
  const escaped = Array.from(text, (c) => (/[\p{L}\p{N}]/u.test(c) ? c : `\\${(c.codePointAt(0) ?? 0).toString(16)} `));
  return `"${escaped.join("")}"`;
}
