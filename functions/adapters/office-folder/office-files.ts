import { lstat, readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Problem } from "../../core/errors.ts";
import { parseYaml } from "./yaml-with-lines.ts";

/** No file of an office is larger; what is gets refused before it is read. */
const maxFileBytes = 5 * 1024 * 1024;

/** What could be read, and what could not: a reader goes on after a problem, so that all are told at once. */
export interface Reading<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

/** A file's content: its bytes and the same as text, with a byte order mark if it has one. */
export interface FileText {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** The files of one office, by paths relative to its folder with `/`. */
export interface OfficeFiles {
  /** @returns the paths of the files of a subfolder that end in one of the extensions, ascending; a missing subfolder is empty */
  list(folder: string, extensions: readonly string[]): Promise<Reading<string[]>>;
  read(path: string): Promise<Reading<FileText | undefined>>;
  readonly parseYaml: typeof parseYaml;
}

/** @param dir the office's folder
 *  @param pending files as they would be after a change that is not written yet, by path
 *  @param parse how YAML is read */
export function openOfficeFiles(
  dir: string,
  pending: ReadonlyMap<string, Uint8Array> = new Map(),
  parse: typeof parseYaml = parseYaml,
): OfficeFiles {
  return {
    parseYaml: parse,
    async list(folder, extensions) {
      const { value, problems } = await listFolder(dir, folder, extensions);
      const added = [...pending.keys()].filter((path) => path.startsWith(`${folder}/`));
      return { value: [...new Set([...value, ...added])].toSorted(byCodeUnits), problems };
    },
    async read(path) {
      const bytes = pending.get(path);
      return bytes ? decode(bytes, path) : readTextFile(join(dir, path), path);
    },
  };
}

/** Reads a text file that is not too large.
 *  @param file the file's name in problems */
export async function readTextFile(path: string, file: string): Promise<Reading<FileText | undefined>> {
  try {
    const { size, ...stats } = await describeFile(path);
    if (stats.kind !== "file") return refuse(file, `is ${stats.kind}; put the file itself here`);
    if (size > maxFileBytes) return refuse(file, tooLarge(size));
    return decode(await readFile(path), file);
  } catch (cause) {
    return refuse(file, explainSystemError(cause));
  }
}

async function describeFile(path: string): Promise<{ kind: string; size: number }> {
  const stats = await lstat(path);
  if (stats.isSymbolicLink()) return { kind: "a symbolic link", size: 0 };
  if (stats.isDirectory()) return { kind: "a folder", size: 0 };
  return { kind: stats.isFile() ? "file" : "no regular file", size: stats.size };
}

function decode(bytes: Uint8Array, file: string): Reading<FileText | undefined> {
  if (bytes.byteLength > maxFileBytes) return refuse(file, tooLarge(bytes.byteLength));
  try {
    // The mark stays in the text: a speech's offsets count from the first byte that is stored.
    return { value: { bytes, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) }, problems: [] };
  } catch {
    return refuse(file, "is not UTF-8 text; save it with the encoding UTF-8");
  }
}

function tooLarge(bytes: number): string {
  return `has ${toMebibytes(bytes)} MiB; a file of an office may have ${toMebibytes(maxFileBytes)} MiB at most. Split it or leave out what does not belong here`;
}

function toMebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

async function listFolder(dir: string, folder: string, extensions: readonly string[]): Promise<Reading<string[]>> {
  try {
    // Hidden files, editors' copies and read-me files are nobody's data.
    const names = (await readdir(join(dir, folder))).filter((name) => !/^[.~]|~$|\.md$/i.test(name)).toSorted(byCodeUnits);
    const isRead = (name: string) => extensions.includes(extname(name));
    return {
      value: names.filter(isRead).map((name) => `${folder}/${name}`),
      // A file passed over in silence would be missed by nobody until its figures are.
      problems: names
        .filter((name) => !isRead(name))
        .map((name) => ({
          file: `${folder}/${name}`,
          message: `is not read: only *${extensions.join(" and *")} belong here; rename it or move it away`,
        })),
    };
  } catch (cause) {
    return isMissing(cause) ? { value: [], problems: [] } : { value: [], problems: [{ file: folder, message: explainSystemError(cause) }] };
  }
}

function refuse(file: string, message: string): Reading<undefined> {
  return { value: undefined, problems: [{ file, message }] };
}

/** @returns what a person can do about a file that the system did not give */
function explainSystemError(cause: unknown): string {
  if (isMissing(cause)) return "there is no such file";
  return `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
}

/** @returns whether the system said that there is no such file or folder */
export function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}

/** Not by locale: the order must be the same on every machine. */
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
