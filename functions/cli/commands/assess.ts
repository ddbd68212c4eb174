import type { Command } from "commander";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import { loadMessages } from "../../adapters/templates/locale-messages.ts";
import { assessRegister } from "../../core/assessment/assess-register.ts";
import { inReadingOrder } from "../../core/register-order.ts";
import { print, printJson } from "../print.ts";
import { readDay } from "../read-arguments.ts";
import { type CommonOptions, dataDirOf, templatesDir, withLoadedStore } from "../workplace.ts";

interface AssessOptions extends CommonOptions {
  readonly asOf: string;
}

/** `biaogan assess`: every commitment made by a day, judged from what was known on it. */
export function addAssess(program: Command): Command {
  return program
    .command("assess")
    .description("judge every commitment as of a day")
    .requiredOption("--as-of <YYYY-MM-DD>", "use only what was known at the end of this day")
    .action(assess);
}

async function assess(options: AssessOptions): Promise<void> {
  const asOf = readDay("--as-of", options.asOf);
  const folder = await readOfficeFolder(dataDirOf(options));
  const locale = folder.office.language;
  const translate = await loadMessages(templatesDir, locale);
  const register = await withLoadedStore(folder, options, ({ store }) => store.read());
  const assessments = assessRegister(inReadingOrder(register), asOf, locale, translate);
  if (options.json) printJson(assessments);
  else for (const a of assessments) print(`${a.commitmentId}\n  ${a.quote}\n  ${a.signal} · ${a.verdict} · ${a.explanation}\n`);
}
