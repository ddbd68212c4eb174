import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LinkKeys } from "../core/archive-link.ts";
import { parseLinkKeys } from "./parse-link-keys.ts";
import { writeOnce } from "./write-once.ts";

/** For its owner alone. */
const privateMode = 0o600;

/** The keys of the archive's links on a laptop: a file of the store's folder, made once and then as its owner changes it.
 *  @param store the folder that holds archive and database
 *  @throws InputError when the file holds no keys */
export async function openLinkKeysFile(store: string): Promise<LinkKeys> {
  const path = join(store, "link-keys.json");
  const fresh = `${JSON.stringify({ k1: randomBytes(32).toString("base64url") })}\n`;
  await writeOnce(path, join(store, "staging"), Buffer.from(fresh), privateMode);
  return parseLinkKeys(await readFile(path, "utf8"), path);
}
