import { z } from "zod";
import { readArchivedJson } from "../archived-json.ts";
import { isoDateSchema } from "../core/calendar.ts";
import type { BriefingArchive } from "../core/ports.ts";

/** What went into a revision (`run.json`), by which it is found again. */
const runInputsSchema = z.strictObject({ asOf: isoDateSchema, register: z.string(), program: z.string() });
export type RunInputs = z.infer<typeof runInputsSchema>;

/** @throws InputError when nothing lies under the key, or something else */
export function readRunInputs(key: string, archive: BriefingArchive): Promise<RunInputs> {
  return readArchivedJson(archive, key, runInputsSchema);
}
