import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { z } from "zod";
import type { ProgramIdentity } from "../core/ports.ts";
import { sha256 } from "./content-hash.ts";

const packageSchema = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()) });

/** @param packageRoot where package.json, functions/ and templates/ lie
 *  @returns a digest of everything besides the model that decides how a document looks: the program, the pinned versions of what it prints
 *  with, and every template */
async function programDigest(packageRoot: string): Promise<string> {
  const { version, dependencies } = packageSchema.parse(JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8")));
  const hashes = await Promise.all(["functions", "templates"].map((dir) => folderDigest(join(packageRoot, dir))));
  return sha256([version, JSON.stringify(dependencies), ...hashes].join("\n"));
}

/** @param officeFonts the office's own
 *  @returns what tells one revision of a run from the next, beside its facts: whatever of the program could print the same model otherwise */
export async function revisionDigest(packageRoot: string, officeFonts: string | undefined): Promise<string> {
  return [await programDigest(packageRoot), officeFonts === undefined ? "" : await folderDigest(officeFonts)].join(" ");
}

/** @param fontDirs where the fonts of the document lie, those of the office first
 *  @returns what a document says of the program that printed it */
export async function identifyProgram(packageRoot: string, fontDirs: readonly string[]): Promise<ProgramIdentity> {
  const { version } = packageSchema.parse(JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8")));
  return {
    version,
    program: await programDigest(packageRoot),
    templates: await folderDigest(join(packageRoot, "templates")),
    fonts: (await Promise.all(fontDirs.map(listFonts))).flat(),
  };
}

async function listFonts(dir: string): Promise<{ file: string; sha256: string }[]> {
  const files = (await readdir(dir, { recursive: true })).filter((name) => /\.(?:ttf|ttc)$/i.test(name)).toSorted();
  return Promise.all(files.map(async (file) => ({ file, sha256: sha256(await readFile(join(dir, file))) })));
}

/** @returns a digest of the names and bytes of every file in the folder and below */
export async function folderDigest(dir: string): Promise<string> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
  const lines = await Promise.all(files.toSorted().map(async (f) => `${relative(dir, f)} ${sha256(await readFile(f))}`));
  return sha256(lines.join("\n"));
}
