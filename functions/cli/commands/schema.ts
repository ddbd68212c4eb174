import type { Command } from "commander";
import { z } from "zod";
import { briefingSchema } from "../../core/briefing/briefing.ts";
import { printJson } from "../print.ts";

/** `biaogan schema`: the JSON Schema (2020-12) of a briefing's model, for programs that read `briefing.json` out of a document. */
export function addSchema(program: Command): Command {
  return program
    .command("schema")
    .description("print the JSON Schema of a briefing's model")
    .action(() => printJson(z.toJSONSchema(briefingSchema)));
}
