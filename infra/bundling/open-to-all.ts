import { chmod, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Lets everybody read what lies in a folder, and run what its owner may run: Lambda runs a function as nobody in particular, with the modes that
 *  its files had here, and these follow from whoever deploys (umask 077 would take all rights). */
export async function openToAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const runs = ((await stat(path)).mode & 0o100) !== 0;
    await chmod(path, runs ? 0o755 : 0o644);
  }
}
