import type { Command } from "commander";
import { methods } from "../../core/assessment/methods.ts";
import { print, printJson } from "../print.ts";
import type { CommonOptions } from "../workplace.ts";

/** `biaogan methods`: every way of judging with its formula, bands and source. */
export function addMethods(program: Command): Command {
  return program.command("methods").description("list the ways of judging with formula, bands and source").action(listMethods);
}

function listMethods({ json }: Pick<CommonOptions, "json">): void {
  if (json) return printJson(methods.map(({ id, formula, bands, source }) => ({ id, formula, bands, source })));
  const width = Math.max(...methods.flatMap((m) => m.bands.map((b) => b.name.length)));
  const blocks = methods.map(({ id, formula, bands, source }) => {
    const rows = bands.map(({ name, limits, signal }) => `    ${name.padEnd(width)}  ${limits}  [${signal}]`);
    return [id, `  formula  ${formula}`, "  bands", ...rows, `  source   ${source}`].join("\n");
  });
  print(blocks.join("\n\n"));
}
