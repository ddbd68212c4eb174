import type { z } from "zod";
import { InputError } from "./core/errors.ts";
import type { BriefingArchive } from "./core/ports.ts";

/** Reads a JSON file of the archive.
 *  @throws InputError when nothing lies under the key, or what lies there is not as the schema says; StoreError */
export async function readArchivedJson<T>(archive: BriefingArchive, key: string, schema: z.ZodType<T>): Promise<T> {
  const content = await archive.get(key);
  if (!content) throw new InputError([{ file: key, message: "is not in the archive, though the run needs it" }]);
  const parsed = schema.safeParse(parseJson(Buffer.from(content).toString("utf8")));
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues.map(({ path, message }) => ({ file: key, field: path.join("."), message })),
    { cause: parsed.error },
  );
}

/** @returns undefined when the text is no JSON: a schema then says what should stand there */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
