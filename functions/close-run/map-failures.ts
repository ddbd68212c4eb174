import { z } from "zod";
import { parseJson, readArchivedJson } from "../archived-json.ts";
import type { BriefingArchive } from "../core/ports.ts";

/** A child of a Map that failed. */
export interface MapFailure {
  /** What the child was given, as JSON. */
  readonly input: unknown;
  /** The error's name. */
  readonly error: string;
  readonly reason: string;
}

/** As Step Functions' ResultWriter writes them: a manifest, and the files that it names. */
const manifestSchema = z.object({ ResultFiles: z.object({ FAILED: z.array(z.object({ Key: z.string() })) }) });
const failedSchema = z.array(z.object({ Input: z.string(), Error: z.string().default("States.Unknown"), Cause: z.string().default("") }));
/** What a function threw, in the cause of its step. */
const thrownSchema = z.object({ errorMessage: z.string() });

/** Reads which children of a Map failed, and why.
 *  @param manifestKey of the Map's results in the archive
 *  @throws InputError when what lies there is not what Step Functions writes; StoreError */
export async function readMapFailures(archive: BriefingArchive, manifestKey: string): Promise<MapFailure[]> {
  const manifest = await readArchivedJson(archive, manifestKey, manifestSchema);
  const failures: MapFailure[] = [];
  for (const { Key } of manifest.ResultFiles.FAILED) {
    const children = await readArchivedJson(archive, Key, failedSchema);
    failures.push(...children.map(({ Input, Error: error, Cause }) => ({ input: parseJson(Input), error, reason: reasonIn(Cause) })));
  }
  return failures;
}

function reasonIn(cause: string): string {
  return thrownSchema.safeParse(parseJson(cause)).data?.errorMessage ?? cause;
}
