import { type Evidence, evidenceStageSchema, programmeStages } from "../evidence.ts";
import { cannotJudge } from "./cannot-judge.ts";
import type { Method } from "./method.ts";

export type ProgrammeStage = (typeof programmeStages)[number];

/** Where the evidence shows a programme to stand. */
export interface StageReached<T = Evidence> {
  /** The highest stage with a citation; a plan alone counts as announced. Undefined: nothing shows that it exists. */
  readonly stage: ProgrammeStage | undefined;
  /** A statement that it came to an end; an end outweighs every stage. */
  readonly ended: T | undefined;
  /** The latest statement that throws it in doubt. */
  readonly setback: T | undefined;
  /** The earliest statement that shows the highest stage. */
  readonly shownBy: T | undefined;
}

/** The highest stage that a dated, sourced statement shows (after the stages of the pledge-tracking projects):
 *  announced → issued → running → has output; or ended. Signing is not building: an agreement is `announced`.
 *  @param evidence statements known at the date of judgement, by date ascending */
export function stageReached<T extends Pick<Evidence, "stage">>(evidence: readonly T[]): StageReached<T> {
  let best = -1;
  let shownBy: T | undefined;
  for (const item of evidence) {
    const level = levelOf(item);
    if (level > best) [best, shownBy] = [level, item];
  }
  return {
    stage: programmeStages[best],
    shownBy,
    ended: evidence.findLast((e) => e.stage === "ended"),
    setback: evidence.findLast((e) => e.stage === "setback"),
  };
}

const levels: readonly string[] = programmeStages;

/** @returns 0 to 3, or −1 for a statement that shows no stage. */
function levelOf({ stage }: Pick<Evidence, "stage">): number {
  return stage === "planned" ? 0 : levels.indexOf(stage);
}

const bands = [
  { name: "has output", limits: "a statement shows an output", signal: "achieved" },
  { name: "running", limits: "highest stage shown", signal: "on track" },
  { name: "issued", limits: "highest stage shown", signal: "on track" },
  { name: "announced", limits: "highest stage shown; a plan and a signature are no more", signal: "watch" },
  { name: "setback", limits: "a statement throws it in doubt", signal: "off track" },
  { name: "ended", limits: "a statement shows that it came to an end", signal: "failed" },
  { name: "no evidence", limits: "no statement shows a stage", signal: "cannot judge" },
] as const;

/** The highest stage that the statements show; see {@link stageReached}.
 *  Formula: the highest of announced → issued → running → has output; an end outweighs a setback, a setback outweighs every stage.
 *  Bands: the stages, setback, ended, no evidence. There is no ratio: stages are no quantity.
 *  Cannot judge: a word that is no stage.
 *  Source: after the stages used by pledge-tracking projects. */
export const evidenceStage: Method = {
  id: "evidence-stage",
  formula: "highest of stages",
  bands,
  source: "After the stages used by pledge-tracking projects; setback and end: this project's own",
  judge({ stages }) {
    const statements = stages.flatMap((text) => {
      const stage = evidenceStageSchema.safeParse(text);
      return stage.success ? [{ stage: stage.data }] : [];
    });
    if (statements.length < stages.length) {
      const unknown = stages.find((text) => !evidenceStageSchema.safeParse(text).success) ?? "";
      return cannotJudge("unknown-stage", { stage: unknown.slice(0, 80), known: evidenceStageSchema.options.join(", ") });
    }
    const { stage, ended, setback } = stageReached(statements);
    const name = ended ? "ended" : stage === undefined ? "no evidence" : setback ? "setback" : stage;
    const band = bands.find((b) => b.name === name) ?? bands[6];
    const values = { count: statements.length, band: band.name.replace(" ", "_"), stage: (stage ?? "none").replace(" ", "_") };
    return { band: band.name, signal: band.signal, ratio: null, explanation: { id: "outcome.evidence-stage.shown", values } };
  },
};
