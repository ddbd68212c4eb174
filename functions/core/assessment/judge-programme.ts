import { parsePeriod } from "../calendar.ts";
import type { Commitment } from "../commitment.ts";
import type { Evidence } from "../evidence.ts";
import { textIn } from "../local-text.ts";
import { periodName } from "../period-name.ts";
import type { Signal } from "./assessment.ts";
import { type ProgrammeStage, stageReached } from "./evidence-stage.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";

const signals: Record<ProgrammeStage, Signal> = { announced: "watch", issued: "on track", running: "on track", "has output": "achieved" };

/** programme-or-mechanism: the highest stage that a dated statement shows at `asOf`, or that it ended. A sentence that names several
 *  programmes has output only when each of them has. A plan whose date has passed without the work being seen is at least to be watched. */
export function judgeProgramme(commitment: Commitment, context: JudgeContext): Finding {
  const evidence = context.evidenceOn(commitment.programmes);
  const { stage, shownBy, ended, setback } = stageReached(evidence);
  const base = { method: "evidence-stage", evidence, formula: stagesSeen(evidence, context) };
  if (ended) {
    return { ...base, verdict: "ended", signal: "failed", explanation: { id: "evidence.ended", values: evidenceWords(ended, context) } };
  }
  if (!stage || !shownBy) return { ...base, verdict: "no evidence", signal: "cannot judge", explanation: { id: "evidence.none" } };
  const delivered = commitment.programmes.filter((p) => stageReached(evidence.filter((e) => e.programme === p)).stage === "has output");
  const inPart = stage === "has output" && delivered.length < commitment.programmes.length;
  const verdict = inPart ? "running" : stage;
  const values = { ...evidenceWords(shownBy, context), delivered: delivered.length, all: commitment.programmes.length, stage };
  const explanation = inPart ? { id: "evidence.in-part", values } : { id: `evidence.${stage}`, values };
  if (setback) {
    const words = { ...values, setback: evidenceWords(setback, context)["statement"] ?? "" };
    return { ...base, verdict, signal: "off track", explanation: { id: "evidence.setback", values: words } };
  }
  const late = overduePlan(evidence, context.asOf);
  if (late && verdict !== "has output") {
    const words = { sentence: context.translate(explanation), plan: evidenceWords(late, context)["statement"] ?? "" };
    return { ...base, verdict, signal: "watch", explanation: { id: "evidence.overdue", values: words } };
  }
  return { ...base, verdict, signal: signals[verdict], explanation };
}

function stagesSeen(evidence: readonly Evidence[], { translate }: JudgeContext): string {
  const shown = [...new Set(evidence.map((e) => e.stage))].filter((s) => s !== "defines");
  const stages = shown.map((s) => translate({ id: `stage.${s}` })).join(" · ");
  return shown.length > 0 ? translate({ id: "evidence.formula", values: { stages } }) : "";
}

/** A plan that was due before `asOf` and of whose programme nothing was seen at work since the plan was made. */
function overduePlan(evidence: readonly Evidence[], asOf: string): Evidence | undefined {
  const atWork: readonly Evidence["stage"][] = ["running", "has output", "done"];
  return evidence.find((plan) => {
    const due = plan.stage === "planned" ? parsePeriod(plan.due ?? "")?.end : undefined;
    if (due === undefined || due >= asOf) return false;
    return !evidence.some((e) => e.programme === plan.programme && atWork.includes(e.stage) && e.date > plan.date);
  });
}

/** Slots for a message about a statement: what it says and when that was. */
export function evidenceWords(evidence: Evidence, { locale }: JudgeContext): Record<string, string> {
  // A statement may end in a full stop; the sentence it is put into brings its own.
  return { statement: textIn(evidence.statement, locale).replace(/[。.]$/, ""), date: periodName(evidence.date, locale) };
}
