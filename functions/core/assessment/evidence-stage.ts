import { type Evidence, programmeStages } from "../evidence.ts";

export type ProgrammeStage = (typeof programmeStages)[number];

/** Where the evidence shows a programme to stand. */
export interface StageReached {
  /** The highest stage with a citation; a plan alone counts as announced. Undefined: nothing shows that it exists. */
  readonly stage: ProgrammeStage | undefined;
  /** A statement that it came to an end; an end outweighs every stage. */
  readonly ended: Evidence | undefined;
  /** The latest statement that throws it in doubt. */
  readonly setback: Evidence | undefined;
  /** The earliest statement that shows the highest stage. */
  readonly shownBy: Evidence | undefined;
}

/** The highest stage that a dated, sourced statement shows (after the stages of the pledge-tracking projects):
 *  announced → issued → running → has output; or ended. Signing is not building: an agreement is `announced`.
 *  @param evidence statements known at the date of judgement, by date ascending */
export function stageReached(evidence: readonly Evidence[]): StageReached {
  let best = -1;
  let shownBy: Evidence | undefined;
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
function levelOf({ stage }: Evidence): number {
  return stage === "planned" ? 0 : levels.indexOf(stage);
}
