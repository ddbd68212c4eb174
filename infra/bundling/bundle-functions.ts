import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ProgramFile, programFileName } from "../../functions/adapters/lambda/program-file.ts";
import { bundleHandler, projectRoot } from "./bundle-handler.ts";
import { openToAll } from "./open-to-all.ts";

/** Bundles each function's handler into a folder of its own.
 *  @param names folders in functions/ with a handler.ts
 *  @param outDir emptied first; then holds a folder for each name
 *  @throws Error naming the function that cannot be bundled, and why */
export async function bundleFunctions(names: readonly string[], outDir: string, program: ProgramFile): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  for (const name of names) await bundleFunction(`functions/${name}/handler.ts`, join(outDir, name), program);
}

/** @param handler the file, from the project's folder
 *  @param folder gets `index.mjs`, its chunks and what it reads when it runs
 *  @throws Error naming the handler that cannot be bundled, and why */
export async function bundleFunction(handler: string, folder: string, program: ProgramFile): Promise<void> {
  try {
    const sources = await bundleHandler(join(projectRoot, handler), folder);
    await addWhatItReads(sources, folder, program);
    await openToAll(folder);
  } catch (cause) {
    throw new Error(`${handler} cannot be bundled: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Who holds a reader gets what is read, and nobody else: a list could forget one, and a file that nobody reads would deploy a function again with
 *  each change of it. */
async function addWhatItReads(sources: readonly string[], folder: string, program: ProgramFile): Promise<void> {
  const holds = (reader: string) => sources.includes(`functions/adapters/${reader}`);
  const templates = holds("templates/handlebars-templates.ts") ? "templates" : "templates/locales";
  if (holds("templates/locale-messages.ts")) await cp(join(projectRoot, templates), join(folder, templates), { recursive: true });
  if (holds("lambda/program-file.ts")) await writeFile(join(folder, programFileName), `${JSON.stringify(program, null, 1)}\n`);
}
