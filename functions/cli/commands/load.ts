import { type Command, Option } from "commander";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import type { LoadSummary } from "../../core/ports.ts";
import { print, printJson } from "../print.ts";
import { type CommonOptions, dataDirOf, openStore, tableOption } from "../workplace.ts";

interface LoadOptions extends CommonOptions {
  readonly table?: string;
}

/** `biaogan load`: makes the database hold what the office's folder holds. Twice is once. */
export function addLoad(program: Command): Command {
  return program
    .command("load")
    .description("put the office's folder into the database")
    .addOption(new Option("--table <name>", tableOption))
    .action(load);
}

async function load(options: LoadOptions): Promise<void> {
  const folder = await readOfficeFolder(dataDirOf(options));
  const { store, subscriptions, close } = await openStore(folder.office.id, options, options.table);
  try {
    const register = await store.load(folder);
    const readers = await subscriptions.load(folder.subscriptions);
    if (options.json) return printJson({ ...register, subscriptions: readers });
    print(`Loaded: ${summarise(register)}.\nSubscriptions: ${summarise(readers)}.`);
  } finally {
    await close();
  }
}

function summarise({ added, changed, removed, unchanged }: LoadSummary): string {
  return `${added} added, ${changed} changed, ${removed} removed, ${unchanged} unchanged`;
}
