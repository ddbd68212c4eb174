import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { ProgramIdentity } from "../../core/ports.ts";

/** A bundle holds no sources to be hashed: what the program is was written beside it when it was bundled, as the command on a laptop finds it
 *  from the same sources. So the same facts give the same revision and the same bytes in both places. */
const programFileSchema = z.strictObject({
  /** See `revisionDigest`. */
  revisionDigest: z.string(),
  identity: z.strictObject({
    version: z.string(),
    program: z.string(),
    templates: z.string(),
    fonts: z.array(z.strictObject({ file: z.string(), sha256: z.string() })),
  }),
});
export interface ProgramFile {
  readonly revisionDigest: string;
  readonly identity: ProgramIdentity;
}

export const programFileName = "program.json";

/** @param dir of the bundle
 *  @throws Error when the file is not there or is none: the bundle is broken */
export async function readProgramFile(dir: string): Promise<ProgramFile> {
  return programFileSchema.parse(JSON.parse(await readFile(join(dir, programFileName), "utf8")));
}
