import { parsePeriod } from "../calendar.ts";
import type { Commitment, Target } from "../commitment.ts";
import type { Evidence } from "../evidence.ts";
import { isExact } from "../metric.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";
import { evidenceWords } from "./judge-programme.ts";
import { figureWords, targetWords } from "./message-words.ts";
import { compareWithTarget, comparisonWords } from "./threshold.ts";

const confirming: readonly Evidence["stage"][] = ["confirms", "listed", "done", "issued", "running", "has output"];

/** baseline-fact: an independent source near the date of the speech, a figure or a statement. A fact has no progress. */
export function judgeFact(commitment: Commitment, context: JudgeContext): Finding {
  const evidence = context.evidenceOn(commitment.programmes);
  const against = evidence.find((e) => e.stage === "contradicts");
  const base = { method: "fact-check", formula: "", evidence };
  if (against) {
    return {
      ...base,
      verdict: "differs",
      signal: "watch",
      explanation: { id: "fact.contradicted", values: evidenceWords(against, context) },
    };
  }
  const byFigure = commitment.target && checkFigure(commitment.target, context.spokenOn(commitment), context);
  if (byFigure) return { ...byFigure, evidence };
  const support = evidence.find((e) => confirming.includes(e.stage));
  if (support) {
    return {
      ...base,
      verdict: "verified",
      signal: "not scored",
      explanation: { id: "fact.confirmed", values: evidenceWords(support, context) },
    };
  }
  return { ...base, verdict: "cannot be verified", signal: "cannot judge", explanation: { id: "fact.no-source" } };
}

/** A figure counts as near when its period overlaps the year before or after the speech; the nearest of these decides. */
function checkFigure(target: Target, spoken: string, context: JudgeContext): Finding | undefined {
  const metric = context.metric(target.metric);
  if (!metric) return undefined;
  const near = context.series(target.metric, target.refArea ?? context.homeArea).filter((v) => {
    const period = parsePeriod(v.period);
    if (!period) return false;
    return target.period ? v.period === target.period : period.start <= shiftYear(spoken, 1) && period.end >= shiftYear(spoken, -1);
  });
  const figure = near.toSorted((a, b) => distance(a.period, spoken) - distance(b.period, spoken))[0];
  if (!figure) return undefined;
  const exact = isExact(metric.shape);
  const standing = compareWithTarget(figure.best, target, exact);
  const values = { ...targetWords(target, metric, context), ...figureWords(figure.best, metric, context.locale) };
  const formula = context.translate({ id: "threshold.comparison", values: comparisonWords(figure.best, target, metric, context.locale) });
  const figures = [figure];
  // What rounding leaves open does not contradict the speaker.
  if (standing === "missed") {
    return {
      method: "fact-check",
      formula,
      verdict: "differs",
      signal: "watch",
      explanation: { id: "fact.figure-differs", values },
      figures,
    };
  }
  return {
    method: "fact-check",
    formula,
    verdict: "verified",
    signal: "not scored",
    explanation: { id: "fact.figure-agrees", values },
    figures,
  };
}

function shiftYear(day: string, years: number): string {
  return `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
}

function distance(period: string, day: string): number {
  const span = parsePeriod(period);
  if (!span || (span.start <= day && day <= span.end)) return 0;
  return Math.min(Math.abs(Date.parse(span.start) - Date.parse(day)), Math.abs(Date.parse(span.end) - Date.parse(day)));
}

/** recognition: the official list. Without it the mention stands alone, and a selection is never counted as the whole. */
export function judgeRecognition(commitment: Commitment, context: JudgeContext): Finding {
  const evidence = context.evidenceOn(commitment.programmes);
  const listed = evidence.find((e) => e.stage === "listed");
  const base = { method: "official-list", formula: "", evidence };
  if (listed) {
    return {
      ...base,
      verdict: "verified",
      signal: "not scored",
      explanation: { id: "recognition.listed", values: evidenceWords(listed, context) },
    };
  }
  return { ...base, verdict: "list incomplete", signal: "cannot judge", explanation: { id: "recognition.no-list" } };
}
