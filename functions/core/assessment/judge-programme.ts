import type { Commitment } from "../commitment.ts";
import type { Evidence } from "../evidence.ts";
import { textIn } from "../local-text.ts";
import { periodName } from "../period-name.ts";
import type { Signal } from "./assessment.ts";
import { type ProgrammeStage, stageReached } from "./evidence-stage.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";

const signals: Record<ProgrammeStage, Signal> = { announced: "watch", issued: "on track", running: "on track", "has output": "achieved" };

/** programme-or-mechanism: the highest stage that a dated statement shows at `asOf`, or that it ended. A sentence that names several
 *  programmes has output only when each of them has. */
export function judgeProgramme(commitment: Commitment, context: JudgeContext): Finding {
  const evidence = context.evidenceOn(commitment.programmes);
  const { stage, shownBy, ended, setback } = stageReached(evidence);
  const base = { method: "evidence-stage", evidence };
  const shown = [...new Set(evidence.map((e) => e.stage))].filter((s) => s !== "defines");
  const stages = shown.map((s) => context.translate({ id: `stage.${s}` })).join(" · ");
  const formula = shown.length > 0 ? context.translate({ id: "evidence.formula", values: { stages } }) : "";
  if (ended) {
    return {
      ...base,
      formula,
      verdict: "ended",
      signal: "failed",
      explanation: { id: "evidence.ended", values: evidenceWords(ended, context) },
    };
  }
  if (!stage || !shownBy) {
    return { ...base, formula, verdict: "no evidence", signal: "cannot judge", explanation: { id: "evidence.none" } };
  }
  const values = evidenceWords(shownBy, context);
  const delivered = commitment.programmes.filter((p) => stageReached(evidence.filter((e) => e.programme === p)).stage === "has output");
  if (stage === "has output" && delivered.length < commitment.programmes.length) {
    const counts = { delivered: delivered.length, all: commitment.programmes.length };
    return {
      ...base,
      formula,
      verdict: "running",
      signal: setback ? "off track" : "on track",
      explanation: { id: "evidence.in-part", values: { ...values, ...counts } },
    };
  }
  if (setback) {
    const explanation = {
      id: "evidence.setback",
      values: { ...values, setback: evidenceWords(setback, context)["statement"] ?? "", stage },
    };
    return { ...base, formula, verdict: stage, signal: "off track", explanation };
  }
  return { ...base, formula, verdict: stage, signal: signals[stage], explanation: { id: `evidence.${stage}`, values } };
}

/** Slots for a message about a statement: what it says and when that was. */
export function evidenceWords(evidence: Evidence, { locale }: JudgeContext): Record<string, string> {
  // A statement may end in a full stop; the sentence it is put into brings its own.
  return { statement: textIn(evidence.statement, locale).replace(/[。.]$/, ""), date: periodName(evidence.date, locale) };
}
