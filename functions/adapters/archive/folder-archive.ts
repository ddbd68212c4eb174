import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ArchiveConflictError, StoreError } from "../../core/errors.ts";
import type { BriefingArchive } from "../../core/ports.ts";
import { fileErrorCode, writeOnce } from "../write-once.ts";
import { checkArchiveKey, checkArchivePrefix } from "./archive-keys.ts";

/** No key begins with a dot, so nothing in here is ever listed or read. */
const stagingFolder = ".staging";

/** The archive as a folder, one file for each key. A file appears under its name whole or not at all, and is on the disk when `put` returns.
 *  The content type is not kept: a file's name says it. Nothing is touched before the first call.
 *  @param folder made when the first thing is published */
export function createFolderArchive(folder: string): BriefingArchive {
  const root = resolve(folder);
  return {
    put: (key, content) => withKey(key, "put", () => put(root, key, content)),
    get: (key) => withKey(key, "get", () => readIfThere(join(root, key))),
    list: async (prefix) => {
      checkArchivePrefix(prefix);
      return withFileErrors(root, "list", async () =>
        (await keysUnder(root, folderOf(prefix))).filter((k) => k.startsWith(prefix)).toSorted(),
      );
    },
  };

  async function withKey<T>(key: string, action: string, work: () => Promise<T>): Promise<T> {
    checkArchiveKey(key);
    return withFileErrors(join(root, key), action, work);
  }
}

async function put(root: string, key: string, content: Uint8Array): Promise<"created" | "unchanged"> {
  const path = join(root, key);
  const present = await readIfThere(path);
  if (present) return compare(key, present, content);
  const written = await writeOnce(path, join(root, stagingFolder), content);
  return written === "created" ? written : compare(key, await readFile(path), content);
}

function compare(key: string, present: Uint8Array, content: Uint8Array): "unchanged" {
  if (Buffer.compare(present, content) !== 0) throw new ArchiveConflictError(key);
  return "unchanged";
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    const { buffer, byteOffset, byteLength } = await readFile(path);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    // Under a key that is a folder, or lies under a file, nothing was published.
    if (["ENOENT", "ENOTDIR", "EISDIR"].includes(fileErrorCode(error))) return undefined;
    throw error;
  }
}

/** @returns the folder that holds whatever begins with `prefix`, with its last slash */
function folderOf(prefix: string): string {
  return prefix.slice(0, prefix.lastIndexOf("/") + 1);
}

async function keysUnder(root: string, folder: string): Promise<string[]> {
  const keys: string[] = [];
  for (const entry of await entriesOf(join(root, folder))) {
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory()) keys.push(...(await keysUnder(root, `${folder}${entry.name}/`)));
    else if (entry.isFile()) keys.push(`${folder}${entry.name}`);
  }
  return keys;
}

async function entriesOf(path: string) {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(fileErrorCode(error))) return [];
    throw error;
  }
}

const adviceByCode: Record<string, string> = {
  EACCES: "check the folder's permissions",
  EROFS: "choose a folder that can be written",
  ENOSPC: "the disk is full: make room",
  EPERM: "this file system may know no hard links: choose a folder on another",
  ENOTSUP: "this file system knows no hard links: choose a folder on another",
  ENOTDIR: "a part of the key is already published as a file: choose another key",
  EEXIST: "a part of the path is already a file: choose another key or folder",
  EISDIR: "the key is already a folder of other keys: choose another key",
};

async function withFileErrors<T>(path: string, action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = fileErrorCode(cause);
    if (code === "") throw cause;
    const advice = adviceByCode[code] ?? "try again";
    throw new StoreError(`the archive could not ${action} ${path}: ${code}; ${advice}`, { cause });
  }
}
