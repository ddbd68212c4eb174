import { Command, CommanderError, Option } from "commander";
import { addAssess } from "./commands/assess.ts";
import { addBrief } from "./commands/brief.ts";
import { addDeliver } from "./commands/deliver.ts";
import { addDeliveries } from "./commands/deliveries.ts";
import { addDev } from "./commands/dev.ts";
import { addExplain } from "./commands/explain.ts";
import { addImport } from "./commands/import.ts";
import { addJudge } from "./commands/judge.ts";
import { addLoad } from "./commands/load.ts";
import { addMethods } from "./commands/methods.ts";
import { addRegister } from "./commands/register.ts";
import { addReplay } from "./commands/replay.ts";
import { addSchema } from "./commands/schema.ts";
import { addSubscriptions } from "./commands/subscriptions.ts";
import { addValidate } from "./commands/validate.ts";
import { describeFailure } from "./describe-failure.ts";

/** Runs the command line.
 *  @param argv as Node gives it
 *  @returns the exit code: 0 done, 1 failed; what failed is on standard error, and standard output holds at the most what was made all the same */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    await makeProgram().parseAsync([...argv]);
    return 0;
  } catch (error) {
    // Commander has already said what it did not understand, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode;
    process.stderr.write(`${describeFailure(error)}\n`);
    return 1;
  }
}

function makeProgram(): Command {
  const program = new Command("biaogan")
    .description("Measures what was delivered against what leaders said, and prints it as a briefing.")
    .exitOverride()
    .showHelpAfterError("(biaogan --help tells what there is)");
  const commands = [
    addBrief,
    addAssess,
    addExplain,
    addReplay,
    addRegister,
    addImport,
    addValidate,
    addLoad,
    addDeliver,
    addDeliveries,
    addSubscriptions,
    addJudge,
    addMethods,
    addDev,
    addSchema,
  ].flatMap((add) => add(program));
  for (const command of commands) {
    command
      .addOption(new Option("--data <dir>", "the office's folder (default: data here, else the example that came with the program)"))
      .addOption(new Option("--store <dir>", "where the embedded database and the archive live").default(".biaogan"))
      .addOption(new Option("--json", "print one JSON document on standard output and nothing else there").default(false));
  }
  return program;
}
