import { parsePeriod } from "../calendar.ts";
import type { Commitment } from "../commitment.ts";
import type { Evidence } from "../evidence.ts";
import { dayName, periodName } from "../period-name.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";
import { evidenceWords } from "./judge-programme.ts";

/** deadline-or-plan: the published plan, or the event. The due date is the commitment's own, else that of the first plan known:
 *  a later plan moves the promise, not the yardstick. */
export function judgePlan(commitment: Commitment, context: JudgeContext): Finding {
  const evidence = context.evidenceOn(commitment.programmes);
  const plan = evidence.find((e) => e.stage === "planned" || e.stage === "issued");
  const done = evidence.find((e) => e.stage === "done");
  const dueId = commitment.target?.due ?? evidence.find((e) => e.stage === "planned" && e.due !== undefined)?.due;
  const due = parsePeriod(dueId ?? "");
  const base = { method: "plan-date", evidence };
  const words = { due: dueId === undefined ? "" : periodName(dueId, context.locale) };
  if (done) return { ...base, ...judgeDone(done, due, { ...words, ...evidenceWords(done, context) }, context) };
  const formula = due ? dateFormula("plan.today-against-due", context.asOf, due.end, context) : "";
  if (due && due.end < context.asOf) {
    return { ...base, formula, verdict: "overdue", signal: "off track", explanation: { id: "plan.overdue", values: words } };
  }
  if (plan) {
    const values = { ...words, ...evidenceWords(plan, context) };
    return {
      ...base,
      formula,
      verdict: "published",
      signal: "on track",
      explanation: { id: due ? "plan.published-due" : "plan.published", values },
    };
  }
  return { ...base, formula, verdict: "not seen", signal: "cannot judge", explanation: { id: "plan.not-seen" } };
}

function dateFormula(id: string, day: string, due: string, { locale, translate }: JudgeContext): string {
  return translate({ id, values: { day: dayName(day, locale), due: dayName(due, locale) } });
}

function judgeDone(
  done: Evidence,
  due: { end: string } | undefined,
  values: Record<string, string>,
  context: JudgeContext,
): Omit<Finding, "method"> {
  const end = parsePeriod(done.date)?.end ?? done.date;
  if (!due) return { formula: "", verdict: "done on time", signal: "achieved", explanation: { id: "plan.done", values } };
  const late = end > due.end;
  return {
    formula: dateFormula("plan.done-against-due", end, due.end, context),
    verdict: late ? "done late" : "done on time",
    signal: late ? "watch" : "achieved",
    explanation: { id: late ? "plan.done-late" : "plan.done-on-time", values },
  };
}
