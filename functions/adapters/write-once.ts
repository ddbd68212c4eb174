import { randomUUID } from "node:crypto";
import { link, mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Makes a file that appears under its name whole or not at all, is on the disk when this returns, and never takes another's place: written aside, then
 *  given its name by link(2), which — unlike rename(2) — refuses a name that is taken.
 *  @param staging a folder on the same file system, where nobody looks for files; both folders are made where they are missing
 *  @param mode who may read and write it; the process's umask takes away from it
 *  @returns `taken` when there is a file of that name already; it is as it was
 *  @throws the system's own error, after which it is not sure that nothing lies there */
export async function writeOnce(path: string, staging: string, content: Uint8Array, mode = 0o666): Promise<"created" | "taken"> {
  await makeFolder(staging);
  await makeFolder(dirname(path));
  const staged = join(staging, randomUUID());
  try {
    await writeDurably(staged, content, mode);
    await link(staged, path);
    await syncFolder(dirname(path));
    return "created";
  } catch (error) {
    if (fileErrorCode(error) !== "EEXIST") throw error;
    return "taken";
  } finally {
    await rm(staged, { force: true });
  }
}

/** @returns the system's name of a file error, empty for any other error */
export function fileErrorCode(error: unknown): string {
  return error instanceof Error && "syscall" in error && "code" in error ? String(error.code) : "";
}

async function writeDurably(path: string, content: Uint8Array, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new folder's own name must be on the disk too, or what is in it is lost with it. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder, and needs no such call.
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
