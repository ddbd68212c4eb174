import { cp, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { fillOnce } from "../../functions/adapters/cache-directory.ts";
import { layerFolders } from "../../functions/adapters/chromium/installed-printer.ts";
import { unpackPrinter } from "../../functions/adapters/chromium/unpack-printer.ts";
import { folderDigest } from "../../functions/adapters/program-digest.ts";
import { openToAll } from "./open-to-all.ts";

/** Raised whenever the same packages are put together in another way, so that an old layer is not taken for a new one. */
const layerRevision = 2;

/** What a function may weigh with its layers, unpacked: 250 MiB. */
const maxUnpackedBytes = 262_144_000;

/** The folder that becomes /opt of the function that prints, and the fonts in it, the office's first. */
export interface ChromiumLayer {
  readonly folder: string;
  readonly fontDirs: readonly string[];
}

/** Puts Chromium, its libraries and the fonts into one folder, unpacked, so that a cold start begins with starting it: unpacking takes 1.5 s and
 *  more of every one.
 *  @param cacheDir for what is unpacked once per machine
 *  @param officeFonts an office's licensed fonts
 *  @param onProgress told of each step that takes time */
export async function buildChromiumLayer(
  cacheDir: string,
  officeFonts: string | undefined,
  onProgress: (step: string) => void,
): Promise<ChromiumLayer> {
  const { chromium, fontsDir } = await unpackPrinter(cacheDir, { onProgress });
  const own = officeFonts === undefined ? "" : `-${(await folderDigest(officeFonts)).slice(0, 12)}`;
  const name = `layer-r${layerRevision}-${basename(join(chromium.executable, ".."))}-${basename(fontsDir)}${own}`;
  const folder = await fillOnce(cacheDir, name, async (target) => {
    onProgress("putting Chromium and the fonts into a layer");
    await cp(chromium.executable, join(target, layerFolders.chromium, "chromium"));
    await cp(chromium.libraries, join(target, layerFolders.chromium, "lib"), { recursive: true });
    await cp(fontsDir, join(target, layerFolders.fonts), { recursive: true });
    if (officeFonts !== undefined) await cp(officeFonts, join(target, layerFolders.officeFonts), { recursive: true });
    await openToAll(target);
  });
  const fonts = join(folder, layerFolders.fonts);
  return { folder, fontDirs: officeFonts === undefined ? [fonts] : [join(folder, layerFolders.officeFonts), fonts] };
}

/** @throws Error with the figures when a function and its layers are more than Lambda takes */
export async function checkUnpackedSize(name: string, folders: readonly string[]): Promise<void> {
  const sizes = await Promise.all(folders.map(sizeOf));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= maxUnpackedBytes) return;
  const parts = folders.map((folder, index) => `${folder}: ${sizes[index]} bytes`).join("\n");
  throw new Error(`${name} is ${total} bytes unpacked, and Lambda takes ${maxUnpackedBytes}; leave out fonts of the office:\n${parts}`);
}

async function sizeOf(folder: string): Promise<number> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
