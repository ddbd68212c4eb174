import type { Command } from "commander";
import type { Method } from "../../core/assessment/method.ts";
import { methods } from "../../core/assessment/methods.ts";
import { print, printJson } from "../print.ts";
import type { CommonOptions } from "../workplace.ts";

/** `biaogan methods`: every way of judging with its formula, bands and source. */
export function addMethods(program: Command): Command {
  return program.command("methods").description("list the ways of judging with formula, bands and source").action(listMethods);
}

function listMethods({ json }: Pick<CommonOptions, "json">): void {
  const list = methods.map(({ id, formula, bands, source }) => ({ id, formula, bands, source }));
  if (json) printJson(list);
  else print(list.map(toBlock).join("\n\n"));
}

function toBlock({ id, formula, bands, source }: Pick<Method, "id" | "formula" | "bands" | "source">): string {
  const width = Math.max(...bands.map((b) => b.name.length));
  const rows = bands.map(({ name, limits, signal }) => `    ${name.padEnd(width)}  ${limits}  [${signal}]`);
  return [id, `  formula  ${formula}`, "  bands", ...rows, `  source   ${source}`].join("\n");
}
