import type { Command } from "commander";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import { print, printJson } from "../print.ts";
import { type CommonOptions, dataDirOf, openStore } from "../workplace.ts";

/** `biaogan load`: makes the database hold what the office's folder holds. Twice is once. */
export function addLoad(program: Command): Command {
  return program.command("load").description("put the office's folder into the database").action(load);
}

async function load(options: CommonOptions): Promise<void> {
  const folder = await readOfficeFolder(dataDirOf(options));
  const { store, close } = await openStore(folder.office.id, options);
  try {
    const summary = await store.load(folder);
    if (options.json) printJson(summary);
    else print(`Loaded: ${summary.added} added, ${summary.changed} changed, ${summary.removed} removed, ${summary.unchanged} unchanged.`);
  } finally {
    await close();
  }
}
