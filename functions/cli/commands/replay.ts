import type { Command } from "commander";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import { loadMessages } from "../../adapters/templates/locale-messages.ts";
import { assessRegister } from "../../core/assessment/assess-register.ts";
import { parsePeriod } from "../../core/calendar.ts";
import { InputError } from "../../core/errors.ts";
import { inReadingOrder } from "../../core/register-order.ts";
import { monthsBetween, replayRegister } from "../../core/replay-register.ts";
import { print, printJson } from "../print.ts";
import { type CommonOptions, dataDirOf, templatesDir, withLoadedStore } from "../workplace.ts";
import { writeReplay } from "../write-replay.ts";

interface ReplayOptions extends CommonOptions {
  readonly from: string;
  readonly to: string;
}

/** Fifty years; each month judges everything anew. */
const mostMonths = 600;

/** `biaogan replay`: what changed from month to month, and why. */
export function addReplay(program: Command): Command {
  return program
    .command("replay")
    .description(
      [
        "judge at the end of each month from what was known then, and list what changed against the month before, and why.",
        "The first month is the base: it has counts and no changes. After it, months in which nothing changed and no figure was published are left out.",
      ].join("\n"),
    )
    .requiredOption("--from <YYYY-MM>", "the first month, against which the next is compared")
    .requiredOption("--to <YYYY-MM>", `the last month, at most ${mostMonths} months in all`)
    .action(replay);
}

async function replay(options: ReplayOptions): Promise<void> {
  const [from, to] = readMonths(options);
  const folder = await readOfficeFolder(dataDirOf(options));
  const locale = folder.office.language;
  const translate = await loadMessages(templatesDir, locale);
  const register = inReadingOrder(await withLoadedStore(folder, options, ({ store }) => store.read()));
  const months = replayRegister(register, from, to, (known, asOf) => assessRegister(known, asOf, locale, translate), { locale, translate });
  const worthTelling = months.filter((m, index) => index === 0 || m.changes.length > 0 || m.figures.length > 0);
  if (options.json) printJson(worthTelling);
  else print(writeReplay(worthTelling, { locale, translate }));
}

/** @throws InputError naming the option that is wrong */
function readMonths({ from, to }: ReplayOptions): [string, string] {
  const problems = Object.entries({ "--from": from, "--to": to })
    .filter(([, text]) => parsePeriod(text)?.frequency !== "M")
    .map(([file, text]) => ({ file, message: `"${text}" is not a month; write YYYY-MM, for example 2018-01` }));
  if (problems.length > 0) throw new InputError(problems);
  if (from > to) throw new InputError([{ file: "--from", message: `${from} is after --to ${to}; write the earlier month first` }]);
  const count = monthsBetween(from, to).length;
  if (count > mostMonths) {
    throw new InputError([
      { file: "--to", message: `from ${from} to ${to} are ${count} months; at most ${mostMonths} are replayed at once` },
    ]);
  }
  return [from, to];
}
