import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../functions/core/errors.ts";

/** The fictional second office, as it lies in the checkout. */
export const harbourton = fileURLToPath(new URL("../offices/harbourton", import.meta.url));

/** A copy of the fictional office that a test may break. */
export interface OfficeCopy {
  readonly dir: string;
  /** Writes a file of the office, by its path in the folder. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Replaces words that must be there. */
  edit(path: string, from: string, to: string): Promise<void>;
  read(path: string): Promise<string>;
  /** Every file with its content, to show that nothing changed. */
  contents(): Promise<Record<string, string>>;
  remove(): Promise<void>;
}

export async function copyHarbourton(): Promise<OfficeCopy> {
  const dir = await mkdtemp(join(tmpdir(), "harbourton-"));
  await cp(harbourton, dir, { recursive: true });
  const read = (path: string) => readFile(join(dir, path), "utf8");
  const write = (path: string, content: string | Uint8Array) => writeFile(join(dir, path), content);
  return {
    dir,
    read,
    write,
    async edit(path, from, to) {
      const text = await read(path);
      if (!text.includes(from)) throw new Error(`${path} does not contain: ${from}`);
      await write(path, text.replace(from, to));
    },
    async contents() {
      const entries = await readdir(dir, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      return Object.fromEntries(await Promise.all(files.map(async (path) => [path, await readFile(path, "latin1")])));
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

/** @returns the lines of the InputError that the promise ends in
 *  @throws when it succeeds or ends in another error */
export async function problemsOf(promise: Promise<unknown>): Promise<string[]> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof InputError) return error.message.split("\n");
    throw error;
  }
  throw new Error("this was to be refused, and was not");
}
