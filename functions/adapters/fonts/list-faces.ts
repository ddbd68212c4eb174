import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { create } from "fontkit";
import { sha256 } from "../content-hash.ts";

/** A font file as a browser is told of it. */
export interface FontFace {
  readonly path: string;
  readonly family: string;
  /** 400 regular, 700 bold. */
  readonly weight: number;
  readonly sha256: string;
}

/** @param directories searched with their folders
 *  @returns every TrueType face that can be read, in the order of the directories; a broken one is left out, for printing names it */
export async function listFaces(directories: readonly string[]): Promise<FontFace[]> {
  const lists = await Promise.all(
    directories.map(async (dir) => {
      const files = (await readdir(dir, { recursive: true })).filter((file) => /\.ttf$/i.test(file)).toSorted();
      return Promise.all(files.map((file) => readFace(join(dir, file))));
    }),
  );
  return lists.flat().filter((face) => face !== undefined);
}

async function readFace(path: string): Promise<FontFace | undefined> {
  const content = await readFile(path);
  try {
    const font = create(content);
    if ("fonts" in font || font.familyName === null) return undefined;
    return { path, family: font.familyName, weight: font["OS/2"].usWeightClass, sha256: sha256(content) };
  } catch {
    return undefined;
  }
}
