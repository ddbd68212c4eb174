import type { Command } from "commander";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import { loadMessages } from "../../adapters/templates/locale-messages.ts";
import { assessRegister } from "../../core/assessment/assess-register.ts";
import { suggestName } from "../../core/checks/suggest-name.ts";
import { InputError } from "../../core/errors.ts";
import type { Register } from "../../core/ports.ts";
import { inReadingOrder } from "../../core/register-order.ts";
import { explainCommitment } from "../explain-commitment.ts";
import { writeExplanation } from "../explain-text.ts";
import { print, printJson } from "../print.ts";
import { readDay } from "../read-arguments.ts";
import { type CommonOptions, dataDirOf, templatesDir, withLoadedStore } from "../workplace.ts";

interface ExplainOptions extends CommonOptions {
  readonly asOf: string;
}

/** `biaogan explain`: one commitment, from the sentence in the speech to the verdict. */
export function addExplain(program: Command): Command {
  return program
    .command("explain")
    .description("show the whole chain of one commitment, from the sentence in the speech to the verdict")
    .argument("<commitment>", "its id, as `biaogan register` lists it")
    .requiredOption("--as-of <YYYY-MM-DD>", "use only what was known at the end of this day")
    .action(explain);
}

async function explain(id: string, options: ExplainOptions): Promise<void> {
  const asOf = readDay("--as-of", options.asOf);
  const folder = await readOfficeFolder(dataDirOf(options));
  checkWasMade(id, asOf, folder);
  const locale = folder.office.language;
  const translate = await loadMessages(templatesDir, locale);
  const register = inReadingOrder(await withLoadedStore(folder, options, ({ store }) => store.read()));
  const commitment = register.commitments.find((c) => c.id === id);
  const assessment = assessRegister(register, asOf, locale, translate).find((a) => a.commitmentId === id);
  if (!commitment || !assessment) throw new Error(`${id} was read from the folder, and the database does not have it`);
  const explanation = explainCommitment(commitment, assessment, register, folder, { locale, translate });
  if (options.json) printJson(explanation);
  else print(writeExplanation(explanation, { locale, translate }));
}

/** @throws InputError when there is no such commitment, or none yet on that day */
function checkWasMade(id: string, asOf: string, { commitments, speeches }: Register): void {
  const commitment = commitments.find((c) => c.id === id);
  if (!commitment) {
    const near = suggestName(
      id,
      commitments.map((c) => c.id),
    );
    throw new InputError([{ file: id, message: `there is no commitment of this id${near}; biaogan register lists them` }]);
  }
  const said = speeches.find((s) => s.id === commitment.speech)?.date.value ?? asOf;
  if (said > asOf) {
    const message = `on ${asOf} ${id} was not yet made; it was on ${said}: choose that day or a later one`;
    throw new InputError([{ file: "--as-of", message }]);
  }
}
