import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { type ProgramFile, programFileName } from "../../functions/adapters/lambda/program-file.ts";

/** The project's folder. */
const root = join(import.meta.dirname, "../..");

/** Bundles each function's handler into a folder of its own, with what it reads when it runs. The same sources give the same bytes, so that an
 *  unchanged function is not deployed again.
 *  @param names folders in functions/ with a handler.ts
 *  @param outDir emptied first; then holds a folder for each name, with `index.mjs`, its chunks, `templates/` and `program.json`
 *  @throws Error naming the function that cannot be bundled, and why */
export async function bundleFunctions(names: readonly string[], outDir: string, program: ProgramFile): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  for (const name of names) {
    const folder = join(outDir, name);
    await bundle(name, folder);
    await cp(join(root, "templates"), join(folder, "templates"), { recursive: true });
    await writeFile(join(folder, programFileName), `${JSON.stringify(program, null, 1)}\n`);
  }
}

/** What is imported when it is needed stays in a chunk of its own. Nothing is minified: a stack trace names functions that can be found, and a
 *  megabyte more is loaded in milliseconds. The AWS SDK is bundled and not taken from the runtime: what was tested is what runs. */
async function bundle(name: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  try {
    const build = await rolldown({
      // Comments in the bundle name files from here, wherever the command was started.
      cwd: root,
      input: { index: join(root, "functions", name, "handler.ts") },
      platform: "node",
      logLevel: "silent",
    });
    await build.write({
      dir: folder,
      format: "esm",
      entryFileNames: "[name].mjs",
      chunkFileNames: "[name]-[hash].mjs",
      sourcemap: false,
    });
    await build.close();
  } catch (cause) {
    throw new Error(`functions/${name}/handler.ts cannot be bundled: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
