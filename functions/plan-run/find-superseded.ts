import type { EarlierIssue } from "../core/briefing/compose-briefing.ts";
import { thawModel } from "../core/briefing/frozen-model.ts";
import { editionKeys, issuedBefore, type RunId, runName, runPrefix } from "../core/briefing-keys.ts";
import type { Edition } from "../core/edition.ts";
import type { BriefingArchive } from "../core/ports.ts";
import { readRunInputs } from "./run-inputs.ts";

/** Which issues a later revision takes the place of: of each edition the latest that readers may have.
 *
 *  Planning again must give the same models. An earlier revision may have been printed since; so what a frozen model says it supersedes stands.
 *  @returns edition id → the earlier issue, for the editions that have one */
export async function findSuperseded(
  run: RunId,
  officeId: string,
  editions: readonly Edition[],
  archive: BriefingArchive,
): Promise<ReadonlyMap<string, EarlierIssue>> {
  const found = new Map<string, EarlierIssue>();
  if (run.revision === 1) return found;
  const keys = await archive.list(`briefings/${officeId}/${run.series}-${run.period}-r`);
  for (const { id } of editions) {
    const { model } = editionKeys(officeId, run, id);
    const frozen = keys.includes(model) ? await archive.get(model) : undefined;
    const earlier = frozen
      ? thawModel(frozen, model).supersedes
      : await readEarlier(issuedBefore(keys, officeId, run, id), officeId, archive);
    if (earlier) found.set(id, { run: earlier.run, asOf: earlier.asOf });
  }
  return found;
}

async function readEarlier(run: RunId | undefined, officeId: string, archive: BriefingArchive): Promise<EarlierIssue | undefined> {
  if (!run) return undefined;
  const { asOf } = await readRunInputs(`${runPrefix(officeId, run)}run.json`, archive);
  return { run: runName(run), asOf };
}
