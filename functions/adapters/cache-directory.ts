import { access, chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** Older than this, an unfinished directory belongs to no running process: unpacking takes seconds. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** @returns the folder for what is unpacked once per machine: `$XDG_CACHE_HOME/biaogan`, or `.cache/biaogan` in the home directory */
export function defaultCacheDir(env: Readonly<Record<string, string | undefined>>, homeDirectory: string): string {
  const base = env["XDG_CACHE_HOME"];
  return join(base === undefined || base === "" ? join(homeDirectory, ".cache") : base, "biaogan");
}

/**
 * Gives the directory `name` inside `cacheDir`, filled by `fill` when it is not there yet. It appears complete or not at all:
 * the filling happens in a sibling that is renamed at the end, so that two processes at once, or a killed one, do no harm.
 * @returns its path
 */
export async function fillOnce(cacheDir: string, name: string, fill: (directory: string) => Promise<void>): Promise<string> {
  const target = join(cacheDir, name);
  if (await exists(target)) return target;
  await mkdir(cacheDir, { recursive: true });
  await removeAbandoned(cacheDir, `${name}.part-`);
  const part = await mkdtemp(join(cacheDir, `${name}.part-`));
  try {
    await fill(part);
    // mkdtemp makes it private to its owner; a cache may be filled by root and read by others.
    await chmod(part, 0o755);
    await rename(part, target);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    // Another process was quicker: renaming onto its full directory is refused, and its content is the same.
    if (await exists(target)) return target;
    throw error;
  }
  return target;
}

async function removeAbandoned(cacheDir: string, prefix: string): Promise<void> {
  for (const entry of await readdir(cacheDir)) {
    if (!entry.startsWith(prefix)) continue;
    const path = join(cacheDir, entry);
    const age = Date.now() - (await stat(path).then(({ mtimeMs }) => mtimeMs, Date.now));
    if (age > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
