import type { Command } from "commander";
import { validateOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import { print, printJson } from "../print.ts";
import { type CommonOptions, dataDirOf } from "../workplace.ts";

/** `biaogan validate`: the whole folder against its schemas, its cross-references and the coverage check. */
export function addValidate(program: Command): Command {
  return program
    .command("validate")
    .description("check the office's folder; says file, line and field of everything wrong")
    .action(validate);
}

async function validate(options: CommonOptions): Promise<void> {
  const dir = dataDirOf(options);
  const { speeches, commitments, metrics, observations, evidence, subscriptions } = await validateOfficeFolder(dir);
  const counts = {
    speeches: speeches.length,
    commitments: commitments.length,
    metrics: metrics.length,
    observations: observations.length,
    evidence: evidence.length,
    subscriptions: subscriptions.length,
  };
  if (options.json) printJson({ folder: dir, valid: true, ...counts });
  else
    print(
      `${dir} is valid: ${Object.entries(counts)
        .map(([name, count]) => `${count} ${name}`)
        .join(", ")}.`,
    );
}
