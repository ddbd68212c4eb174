import type { Assessment, Signal } from "../assessment/assessment.ts";
import type { Commitment } from "../commitment.ts";
import type { Edition } from "../edition.ts";
import type { Register } from "../ports.ts";

/** A commitment with what was found of it. */
export interface Judged {
  readonly commitment: Commitment;
  readonly assessment: Assessment;
}

/** @param assessments of the same register
 *  @returns what the edition is about, in the order of the assessments */
export function selectJudged(register: Register, assessments: readonly Assessment[], edition: Edition): Judged[] {
  const byId = new Map(register.commitments.map((c) => [c.id, c]));
  return assessments.flatMap((assessment): Judged[] => {
    const commitment = byId.get(assessment.commitmentId);
    return commitment && isAbout(commitment, edition) ? [{ commitment, assessment }] : [];
  });
}

function isAbout(commitment: Commitment, { scope, subject }: Edition): boolean {
  if (scope === "theme") return topTheme(commitment) === subject;
  return scope === "owner" ? commitment.owner === subject : true;
}

/** Whether there is something to report: a verdict on progress, or a fact that was checked. */
export function isDecided({ assessment }: Judged): boolean {
  return assessment.signal !== "cannot judge" && assessment.verdict !== "not scored";
}

/** Whether somebody has to decide about it: it failed, or it is in doubt. */
export function needsAttention({ assessment }: Judged): boolean {
  return ["failed", "off track", "watch"].includes(assessment.signal);
}

export function topTheme(commitment: Commitment): string {
  return commitment.theme.split("/")[0] ?? "";
}

/** In the order in which a leader wants to hear of them; the other signals are none of what happened. */
const gravestFirst: readonly Signal[] = ["failed", "off track", "watch", "ahead", "achieved", "on track"];

/** What has a signal of progress, worst first; among equals what was promised in numbers comes before the rest. */
export function inOrderOfWeight(judged: readonly Judged[]): Judged[] {
  const rank = ({ assessment, commitment }: Judged) => gravestFirst.indexOf(assessment.signal) * 2 + (commitment.target ? 0 : 1);
  return judged.filter(({ assessment }) => gravestFirst.includes(assessment.signal)).toSorted((a, b) => rank(a) - rank(b));
}
