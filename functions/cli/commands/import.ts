import type { Command } from "commander";
export function addImport(program: Command): Command {
  return program.command("import").argument("<file.csv>", "observations");
}
