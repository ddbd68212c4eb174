import { z } from "zod";
import { InputError } from "../core/errors.ts";
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
  const manifest = await readJson(archive, manifestKey, manifestSchema);
  const failures: MapFailure[] = [];
  for (const { Key } of manifest.ResultFiles.FAILED) {
    const children = await readJson(archive, Key, failedSchema);
    failures.push(...children.map(({ Input, Error: error, Cause }) => ({ input: parseJson(Input), error, reason: reasonIn(Cause) })));
  }
  return failures;
}

async function readJson<T>(archive: BriefingArchive, key: string, schema: z.ZodType<T>): Promise<T> {
  const content = await archive.get(key);
  if (!content) throw new InputError([{ file: key, message: "the Map's results are not there; redrive the execution" }]);
  const parsed = schema.safeParse(parseJson(Buffer.from(content).toString("utf8")));
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues.map(({ path, message }) => ({ file: key, field: path.join("."), message })),
    { cause: parsed.error },
  );
}

/** @returns undefined when it is no JSON; the schema then says what should stand there */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonIn(cause: string): string {
  return thrownSchema.safeParse(parseJson(cause)).data?.errorMessage ?? cause;
}
