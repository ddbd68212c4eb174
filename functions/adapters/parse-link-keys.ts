import { type LinkKeys, linkKeysSchema } from "../core/archive-link.ts";
import { InputError } from "../core/errors.ts";

/** @param json `{"k1":"…"}`
 *  @param file where it comes from, for the message
 *  @throws InputError when these are no keys; it quotes none of them */
export function parseLinkKeys(json: string, file: string): LinkKeys {
  const parsed = linkKeysSchema.safeParse(readJson(json, file));
  if (parsed.success) return parsed.data;
  throw new InputError(parsed.error.issues.map(({ path, message }) => ({ file, field: path.join("."), message })));
}

function readJson(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Its error would quote what it could not read, and that may be a key.
    throw new InputError([{ file, message: 'this is no JSON; write {"k1":"…"}, the key of 32 characters or more' }]);
  }
}
