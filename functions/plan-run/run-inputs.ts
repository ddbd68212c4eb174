import { z } from "zod";
import { isoDateSchema } from "../core/calendar.ts";
import { InputError } from "../core/errors.ts";
import type { BriefingArchive } from "../core/ports.ts";

/** What went into a revision (`run.json`), by which it is found again. */
const runInputsSchema = z.strictObject({ asOf: isoDateSchema, register: z.string(), program: z.string() });
export type RunInputs = z.infer<typeof runInputsSchema>;

/** @throws InputError when nothing lies under the key, or something else */
export async function readRunInputs(key: string, archive: BriefingArchive): Promise<RunInputs> {
  const stored = await archive.get(key);
  const parsed = runInputsSchema.safeParse(stored && readJson(stored, key));
  if (parsed.success) return parsed.data;
  throw new InputError([{ file: key, message: "there is no record of what went into this revision, though it was issued" }], {
    cause: parsed.error,
  });
}

function readJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new InputError([{ file, message: "this is not JSON" }], { cause });
  }
}
