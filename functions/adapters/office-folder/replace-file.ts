import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InputError } from "../../core/errors.ts";
import { isMissing } from "./office-files.ts";

/** @returns the file's bytes; undefined when there is none */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  return readFile(path).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw cause;
  });
}

/** The file is either as it was or as it is to be, whatever happens in between.
 *  @param file its name in problems
 *  @param before what it was when the change was thought out; undefined when it was not there
 *  @throws InputError when somebody changed it meanwhile; nothing was written */
export async function replaceFile(path: string, file: string, before: Uint8Array | undefined, after: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, after, { flag: "wx", flush: true });
    const now = await readIfThere(path);
    if (!isSame(now, before))
      throw new InputError([{ file, message: "was changed by someone else meanwhile; nothing was written, try again" }]);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.from(a).equals(b);
}
