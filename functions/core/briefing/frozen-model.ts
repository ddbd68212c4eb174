import { z } from "zod";
import { InputError } from "../errors.ts";
import { type Briefing, briefingSchema } from "./briefing.ts";

const modelSchema = z.object({ schema: briefingSchema.shape.schema });

/** A model as the archive keeps it and the document carries it: the same bytes in both. */
export function freezeModel(briefing: Briefing): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(briefing, null, 1)}\n`);
}

/** Reads a frozen model back.
 *  @param file where the bytes come from, for the message
 *  @throws InputError naming every field that is not as it must be */
export function thawModel(bytes: Uint8Array, file: string): Briefing {
  const json = readJson(bytes, file);
  if (!modelSchema.safeParse(json).success) {
    const { value } = briefingSchema.shape.schema;
    throw new InputError([{ file, field: "schema", message: `this is not a briefing's model: "schema" is not "${value}"` }]);
  }
  const parsed = briefingSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues.map((issue) => ({ file, field: issue.path.join("."), message: issue.message })),
    { cause: parsed.error },
  );
}

function readJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new InputError([{ file, message: "this is not JSON in UTF-8; a frozen model is" }], { cause });
  }
}
