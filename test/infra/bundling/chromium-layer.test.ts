import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { findLayerPrinter } from "../../../functions/adapters/chromium/installed-printer.ts";
import { identifyProgram, revisionDigest } from "../../../functions/adapters/program-digest.ts";
import { buildChromiumLayer, type ChromiumLayer, checkUnpackedSize } from "../../../infra/bundling/build-chromium-layer.ts";
import { bundleFunction } from "../../../infra/bundling/bundle-functions.ts";
import { projectRoot } from "../../../infra/bundling/bundle-handler.ts";
import { harbourton } from "../../support/office-copy.ts";
import { testCacheDir } from "../../support/pdf-chromium.ts";
import { runJson } from "../../support/run-biaogan.ts";

const run = promisify(execFile);

let folder: string;
let layer: ChromiumLayer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "biaogan-layer-"));
  layer = await buildChromiumLayer(testCacheDir, undefined, () => {});
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("Chromium's layer", () => {
  test("prints the bytes that the command on a laptop prints, from its bundle and the layer alone", async () => {
    const issued = await runJson(["brief", "--period", "2026-06", "--data", harbourton, "--store", join(folder, "store")]);
    const { pdf } = z.object({ pdf: z.string() }).parse(issued);
    const bundle = join(folder, "bundle");
    const identity = await identifyProgram(projectRoot, layer.fontDirs);
    await bundleFunction("test/support/bundled-printer.ts", bundle, {
      revisionDigest: await revisionDigest(projectRoot, undefined),
      identity,
    });
    const work = join(folder, "work");
    await mkdir(work);
    await writeFile(join(work, "model.json"), await readFile(pdf.replace(/\.pdf$/, ".json")));
    const rights = ["--permission", "--allow-child-process", `--allow-fs-write=${work}`];
    const readable = [bundle, layer.folder, work].map((path) => `--allow-fs-read=${path}`);
    const args = [join(bundle, "index.mjs"), layer.folder, join(work, "printed.pdf"), join(work, "model.json")];
    await run(process.execPath, [...rights, ...readable, ...args], { cwd: work, env: { TMPDIR: work } });
    expect((await readFile(join(work, "printed.pdf"))).equals(await readFile(pdf))).toBe(true);
  });

  test("can be read by everybody, and Chromium run", async () => {
    const all = await readdir(layer.folder, { recursive: true, withFileTypes: true });
    // Chromium makes an empty one beside itself where it can, for its owner only; it is in no package.
    const entries = all.filter(({ name }) => name !== "locales");
    const modes = entries.map(async ({ name, parentPath }) => (await stat(join(parentPath, name))).mode & 0o777);
    expect([...new Set(await Promise.all(modes))].toSorted()).toEqual([0o644, 0o755]);
    expect((await stat(findLayerPrinter(layer.folder, folder).chromium.executable)).mode & 0o777).toBe(0o755);
  });

  test("that is not there, or lacks its fonts, is named", async () => {
    expect(() => findLayerPrinter(join(folder, "none"), folder)).toThrow(/none\/chromium\/chromium is missing: .*deploy it again/);
    await mkdir(join(folder, "half/chromium"), { recursive: true });
    await writeFile(join(folder, "half/chromium/chromium"), "");
    expect(() => findLayerPrinter(join(folder, "half"), folder)).toThrow(/half\/fonts is missing/);
  });

  test("with the function is as large as Lambda takes, and one byte more is refused with all the figures", async () => {
    await mkdir(join(folder, "function"));
    const layerBytes = await bytesOf(layer.folder);
    const room = 262_144_000 - layerBytes;
    await writeFile(join(folder, "function/index.mjs"), Buffer.alloc(room));
    await checkUnpackedSize("render-briefing", [layer.folder, join(folder, "function")]);
    await writeFile(join(folder, "function/more"), "x");
    await expect(checkUnpackedSize("render-briefing", [layer.folder, join(folder, "function")])).rejects.toThrow(
      new RegExp(
        `render-briefing is 262144001 bytes unpacked, and Lambda takes 262144000.*: ${layerBytes} bytes.*: ${room + 1} bytes`,
        "s",
      ),
    );
  });
});

async function bytesOf(directory: string): Promise<number> {
  const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
