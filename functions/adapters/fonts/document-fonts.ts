import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { convert } from "fontverter";
import { z } from "zod";
import { fillOnce } from "../cache-directory.ts";
import { PARTIAL_FACES } from "./fonts-conf.ts";
import { mergeFaces } from "./merge-truetype.ts";

/** Raised whenever the merging gives other bytes for the same packages, so that old caches are not taken for new ones. */
const MERGE_REVISION = 2;

/** Roman numerals, marks and arrows that the Chinese fonts on npm lack. */
const SYMBOL_PACKAGES = ["@fontsource/noto-sans-symbols", "@fontsource/noto-sans-symbols-2"];

/** What a document may be set in: one for 黑体, one for 宋体. Each has a real bold, for a drawn one would be a Type 3 font. */
const FAMILIES = [
  { family: "Noto Sans SC", packageName: "@fontsource/noto-sans-sc", slug: "noto-sans-sc" },
  { family: "Noto Serif SC", packageName: "@fontsource/noto-serif-sc", slug: "noto-serif-sc" },
];

/** 楷体, for second-level headings and for quotations. Regular only, and it lacks some characters that the others have: a style names
 *  宋体 after it. */
const KAI = {
  family: "LXGW WenKai",
  packageName: "lxgw-wenkai-webfont",
  prefix: "lxgwwenkai-regular-subset-",
  file: "lxgw-wenkai-400.ttf",
};
/**
 * Makes the document's fonts, static TrueType faces in regular and bold, in `<cacheDir>/fonts-<versions>`, unless they are there.
 * Each holds everything that the npm packages hold of its family: common Simplified characters in one file, the rarer and the
 * Traditional ones in a hundred slices, and symbols.
 * @param onProgress told when making starts; not called when nothing is to be done
 * @returns the directory
 */
export async function makeDocumentFonts(cacheDir: string, onProgress: (step: string) => void = () => {}): Promise<string> {
  const packages = [...FAMILIES.map(({ packageName }) => packageName), ...SYMBOL_PACKAGES, KAI.packageName];
  const versions = await Promise.all(packages.map(readVersion));
  return fillOnce(cacheDir, `fonts-${versions.join("-")}-r${MERGE_REVISION}`, async (directory) => {
    for (const { family, packageName, slug } of FAMILIES) {
      for (const weight of [400, 700]) {
        onProgress(`making the font ${family} ${weight} (once)`);
        const base = await readFace(join(findFiles(packageName), `${slug}-chinese-simplified-${weight}-normal.woff2`));
        const others = await Promise.all((await listOtherFaces(packageName, weight)).map(readFace));
        const file = mergeFaces(base, others, { family, bold: weight === 700 });
        await writeFile(join(directory, `${slug}-${weight}.ttf`), file, { mode: 0o644 });
      }
    }
    onProgress(`making the font ${KAI.family} (once)`);
    await makeKai(directory);
  });
}

/** Joins the hundred slices in which the package carries its characters. */
async function makeKai(directory: string): Promise<void> {
  const files = findFiles(KAI.packageName);
  const slices = (await readdir(files)).filter((name) => name.startsWith(KAI.prefix)).sort();
  const [base, ...others] = await Promise.all(slices.map((name) => readFace(join(files, name))));
  if (!base) throw new Error(`${KAI.packageName} holds no file ${KAI.prefix}*`);
  await mkdir(join(directory, PARTIAL_FACES));
  await writeFile(join(directory, PARTIAL_FACES, KAI.file), mergeFaces(base, others, { family: KAI.family, bold: false }), { mode: 0o644 });
}

/** @returns the faces of one weight to fill the gaps from, the family's own first */
async function listOtherFaces(packageName: string, weight: number): Promise<string[]> {
  const own = (await listFaces(packageName, weight)).filter((path) => !path.includes("chinese-simplified"));
  // Symbols without a bold are taken as they are.
  const symbols = await Promise.all(
    SYMBOL_PACKAGES.map(async (name) => {
      const faces = await listFaces(name, weight);
      return faces.length > 0 ? faces : listFaces(name, 400);
    }),
  );
  return [...own, ...symbols.flat()];
}

async function listFaces(packageName: string, weight: number): Promise<string[]> {
  const files = findFiles(packageName);
  return (await readdir(files))
    .filter((name) => name.endsWith(`-${weight}-normal.woff2`))
    .sort()
    .map((name) => join(files, name));
}

async function readFace(path: string): Promise<Buffer> {
  return convert(await readFile(path), "truetype");
}

function findFiles(packageName: string): string {
  return join(findPackage(packageName), "files");
}

async function readVersion(packageName: string): Promise<string> {
  const text = await readFile(join(findPackage(packageName), "package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

function findPackage(packageName: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`));
}
