import { thawModel } from "../core/briefing/frozen-model.ts";
import { editionKeys, parseRunName, type RunId, runPrefix } from "../core/briefing-keys.ts";
import { InputError } from "../core/errors.ts";
import type { BriefingArchive } from "../core/ports.ts";
import type { Issue } from "./compose-mail.ts";
import { readPrevious } from "./read-previous.ts";

/** What a run has put into the archive. */
export interface IssuedRun {
  readonly run: RunId;
  /** By edition. */
  readonly issues: ReadonlyMap<string, Issue>;
  /** YYYY-MM-DD */
  readonly day: string;
  /** The archive, with the run's documents at hand. */
  readonly archive: BriefingArchive;
}

/** @param name monthly-2018-01-r1
 *  @throws InputError when the archive has no issue of it; StoreError */
export async function readIssuedRun(name: string, officeId: string, archive: BriefingArchive): Promise<IssuedRun> {
  const run = parseRunName(name);
  const prefix = runPrefix(officeId, run);
  const keys = (await archive.list(prefix)).filter((key) => key.endsWith(".pdf"));
  const read = new Map<string, Uint8Array>();
  const issues = new Map<string, Issue>();
  for (const key of keys) {
    const edition = key.slice(prefix.length, -".pdf".length);
    const { model, document } = editionKeys(officeId, run, edition);
    const [frozen, printed] = [await archive.get(model), await archive.get(document)];
    if (!frozen || !printed) continue;
    read.set(model, frozen).set(document, printed);
    const briefing = thawModel(frozen, model);
    issues.set(edition, { briefing, document: printed, previous: await readPrevious(archive, briefing) });
  }
  const [first] = issues.values();
  if (!first) throw new InputError([{ file: name, message: await explainNothing(run, officeId, archive) }]);
  return { run, issues, day: first.briefing.asOf, archive: { ...archive, get: async (key) => read.get(key) ?? archive.get(key) } };
}

async function explainNothing({ period }: RunId, officeId: string, archive: BriefingArchive): Promise<string> {
  const runs = new Set(
    (await archive.list(`briefings/${officeId}/`)).filter((key) => key.endsWith(".pdf")).map((key) => key.split("/")[2]),
  );
  const there = runs.size === 0 ? "it holds none" : `it holds ${[...runs].join(", ")}`;
  return `the archive has no issue of this run (${there}); biaogan brief --period ${period} makes one`;
}
