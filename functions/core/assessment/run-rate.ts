import { cannotJudge, isOutcome } from "./cannot-judge.ts";
import { printPercent, printTime, printValue } from "./carried-digits.ts";
import { reaches } from "./course.ts";
import { atLeast, signOf } from "./growth.ts";
import type { Method, MethodInput, MethodOutcome } from "./method.ts";

const bands = [
  { name: "target achieved", limits: "total to date reaches the year's target (increase)", signal: "achieved" },
  { name: "ahead", limits: "gap ≥ 8 points", signal: "ahead" },
  { name: "on track", limits: "0 ≤ gap < 8 points", signal: "on track" },
  { name: "watch", limits: "−2 ≤ gap < 0 points", signal: "watch" },
  { name: "behind", limits: "−8 ≤ gap < −2 points", signal: "watch" },
  { name: "off track", limits: "gap < −8 points", signal: "off track" },
  { name: "exceeded", limits: "total to date above the year's ceiling (decrease)", signal: "failed" },
] as const;

/** Seasonal run-rate of an amount that adds up over a year.
 *  Formula: expected share to date = mean of toDate ÷ total over the last 3 to 5 years; done = toDate ÷ wanted total, wanted = target.y or
 *  (1 + growth/100) · last year's total; gap = done − expected, in percentage points (turned round for a ceiling, direction decrease).
 *  Growth required of the rest, told in the explanation: (wanted − toDate) ÷ (last total − last toDate) − 1.
 *  Bands on the gap. The season is already taken out by the expected share, so what is left is time lost or won on an average year, and the
 *  bands are in time: a week is 100/52 ≈ 2 points of a year's total, a month 100/12 ≈ 8 points. ≥ 8 ahead; 0 to 8 on track;
 *  −2 to 0 watch (within a week's reporting); −8 to −2 behind; below −8, more than a month, off track.
 *  Cannot judge: rates, shares and ranks (they do not add up); fewer than three years; negative amounts; a year whose total is zero or less
 *  than its part; no wanted total above zero.
 *  Source: expected share and required growth of the rest: usual budget practice; the bands are this project's own. */
export const runRate: Method = {
  id: "run-rate",
  formula: "gap = 100 · (toDate/wanted − mean(history.toDate/history.total)), wanted = target.y or (1 + growth/100) · last history.total",
  bands,
  source:
    "Expected share to date: usual practice of budget reporting; bands: own rule, a week (2 points) and a month (8 points) of a year's total",
  judge(input) {
    const { toDate, shape, direction } = input;
    if (shape === "rate" || shape === "share" || shape === "rank") return cannotJudge("not-additive", { shape });
    if (toDate === undefined) return cannotJudge("missing", { what: "to_date" });
    const years = readYears(input.history);
    if (isOutcome(years)) return years;
    const last = years.at(-1);
    if (years.length < 3 || !last) return cannotJudge("few-years", { found: years.length });
    if (toDate < 0) return cannotJudge("history", { time: "now" });
    const wanted = wantedTotal(input, last.total);
    if (wanted === undefined) return cannotJudge("missing", { what: "growth" });
    if (!(wanted > 0) || !Number.isFinite(wanted)) return cannotJudge("zero", { what: "target" });
    const expected = years.reduce((sum, y) => sum + y.toDate / y.total / years.length, 0);
    const gap = (toDate / wanted - expected) * 100 * signOf(direction);
    const required = (wanted - toDate) / (last.total - last.toDate) - 1;
    if (!Number.isFinite(gap)) return cannotJudge("range");
    const { name: band, signal } = bands[bandIndex(gap, toDate, wanted, input)];
    const values = {
      done: printPercent(toDate / wanted, 1),
      expected: printPercent(expected, 1),
      years: years.length,
      gap: printPercent(gap / 100, 1),
      wanted: printValue({ y: Number(wanted.toPrecision(6)) }),
      required: Number.isFinite(required) ? printPercent(required, 1) : "none",
      band: band.replace(" ", "_"),
    };
    return { band, signal, ratio: gap + 0, explanation: { id: "outcome.run-rate.gap", values } };
  },
};

type Year = MethodInput["history"][number];

/** @returns the last five years, ascending; `cannot judge` for a year that is there twice or whose amounts cannot be */
function readYears(history: readonly Year[]): Year[] | MethodOutcome {
  const sorted = history.toSorted((a, b) => a.t - b.t);
  const years = sorted.filter((y, i) => {
    const before = sorted[i - 1];
    return y.t !== before?.t || y.toDate !== before.toDate || y.total !== before.total;
  });
  const twice = years.find((y, i) => y.t === years[i + 1]?.t);
  if (twice) return cannotJudge("conflict", { time: printTime(twice.t) });
  const wrong = years.find((y) => !(y.total > 0 && y.toDate >= 0 && y.toDate <= y.total));
  if (wrong) return cannotJudge("history", { time: printTime(wrong.t) });
  return years.slice(-5);
}

function wantedTotal({ target, growth }: MethodInput, last: number): number | undefined {
  return target?.y ?? (growth === undefined ? undefined : (1 + growth / 100) * last);
}

function bandIndex(gap: number, toDate: number, wanted: number, input: MethodInput): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  const holds = reaches(toDate, { ...input, target: { t: 0, y: wanted } });
  if (holds && input.direction === "increase") return 0;
  if (!holds && input.direction === "decrease") return 6;
  return atLeast(gap, 8) ? 1 : atLeast(gap, 0) ? 2 : atLeast(gap, -2) ? 3 : atLeast(gap, -8) ? 4 : 5;
}
