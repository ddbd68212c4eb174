import type { Command } from "commander";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import { inReadingOrder } from "../../core/register-order.ts";
import { print, printJson } from "../print.ts";
import { type CommonOptions, dataDirOf } from "../workplace.ts";

/** `biaogan register`: what was said that can be followed up. */
export function addRegister(program: Command): Command {
  return program.command("register").description("list what was said that can be followed up").action(listRegister);
}

async function listRegister(options: CommonOptions): Promise<void> {
  const { commitments } = inReadingOrder(await readOfficeFolder(dataDirOf(options)));
  if (options.json) printJson(commitments);
  else for (const c of commitments) print(`${c.speech} ${c.start}–${c.end}  ${c.id} (${c.kind}, ${c.modality})\n  ${c.quote}\n`);
}
