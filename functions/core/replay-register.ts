import type { Assessment, Signal } from "./assessment/assessment.ts";
import { parsePeriod } from "./calendar.ts";
import { type Change, compareAssessments } from "./compare-assessments.ts";
import { type FigureEvent, figureEvents } from "./figure-events.ts";
import type { Locale, Translate } from "./local-text.ts";
import type { Register } from "./ports.ts";
import { asKnownAt } from "./register-order.ts";

/** What became different in one month, against the end of the month before. */
export interface ReplayedMonth {
  readonly month: string;
  /** The month's last day: what was known at its end. */
  readonly asOf: string;
  /** How many commitments stand under each signal at the month's end. */
  readonly counts: Readonly<Record<Signal, number>>;
  /** Empty in the first month, which is the base of all that follow. */
  readonly changes: readonly Change[];
  /** Figures that became known in the month, of every metric on record; empty in the first. */
  readonly figures: readonly FigureEvent[];
}

export interface ReplayWords {
  readonly locale: Locale;
  readonly translate: Translate;
}

/** Judges the register as it was known at the end of each month and tells what changed from month to month, and why.
 *  @param register in reading order
 *  @param fromMonth, toMonth `YYYY-MM`, both included, the first not after the second
 *  @param assess judges a register as of a day, in the language of `words`
 *  @returns every month, also those in which nothing changed */
export function replayRegister(
  register: Register,
  fromMonth: string,
  toMonth: string,
  assess: (register: Register, asOf: string) => Assessment[],
  words: ReplayWords,
): ReplayedMonth[] {
  const replayed: ReplayedMonth[] = [];
  let before: { readonly assessments: Assessment[]; readonly asOf: string } | undefined;
  for (const month of monthsBetween(fromMonth, toMonth)) {
    const asOf = parsePeriod(month)?.end ?? month;
    const assessments = assess(register, asOf);
    const since = before?.asOf;
    const changes =
      before && since
        ? compareAssessments(before.assessments, assessments, {
            ...words,
            registers: { before: register, after: register },
            timeAlone: () => assess(asKnownAt(register, since), asOf),
          })
        : [];
    const figures = since ? figureEvents(register, since, asOf, words) : [];
    replayed.push({ month, asOf, counts: countSignals(assessments), changes, figures });
    before = { assessments, asOf };
  }
  return replayed;
}

/** @returns the months from `from` to `to`, both included, as `YYYY-MM`; none when `from` is the later */
export function monthsBetween(from: string, to: string): string[] {
  const count = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
  const [first, last] = [count(from), count(to)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const at = first + i;
    return `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}`;
  });
}

function countSignals(assessments: readonly Assessment[]): Record<Signal, number> {
  const counts: Record<Signal, number> = {
    achieved: 0,
    ahead: 0,
    "on track": 0,
    watch: 0,
    "off track": 0,
    failed: 0,
    "cannot judge": 0,
    "not scored": 0,
  };
  for (const { signal } of assessments) counts[signal] += 1;
  return counts;
}
