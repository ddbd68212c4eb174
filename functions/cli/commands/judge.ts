import type { Command } from "commander";
import type { z } from "zod";
import { loadMessages } from "../../adapters/templates/locale-messages.ts";
import { type Method, type MethodInput, type MethodOutcome, methodInputSchema } from "../../core/assessment/method.ts";
import { findMethod, methods } from "../../core/assessment/methods.ts";
import { InputError } from "../../core/errors.ts";
import type { Translate } from "../../core/local-text.ts";
import { printJson } from "../print.ts";
import { templatesDir } from "../workplace.ts";

const place = "standard input";
const maxBytes = 1_048_576;

/** `biaogan judge`: one method on one JSON object from standard input; for what-if and for checking against other programs. */
export function addJudge(program: Command): Command {
  return program
    .command("judge")
    .description("judge one case: reads a JSON object on standard input, prints the result as JSON")
    .requiredOption("--method <name>", `how to judge: ${methods.map((m) => m.id).join(", ")}`)
    .action(judge);
}

async function judge(options: { readonly method: string }): Promise<void> {
  const method = readMethod(options.method);
  const input = parseInput(await readAll(process.stdin));
  const translate = await loadMessages(templatesDir, "en");
  printJson(toResult(method, method.judge(input), translate));
}

function readMethod(name: string): Method {
  const method = findMethod(name);
  if (method) return method;
  const known = methods.map((m) => m.id).join(", ");
  throw new InputError([{ file: "--method", message: `there is no method "${name}"; there are ${known}` }]);
}

/** @throws InputError above one mebibyte: nothing that a method can use is that long */
async function readAll(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) throw inputError("more than 1 MiB; give one JSON object");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** @throws InputError naming every field that is unknown or of the wrong type */
function parseInput(text: string): MethodInput {
  if (text.trim() === "") throw inputError('nothing was given; pipe one JSON object in, for example {"current":{"t":2020,"y":14}}');
  const result = methodInputSchema.safeParse(parseJson(text));
  if (result.success) return result.data;
  throw new InputError(result.error.issues.map(toProblem), { cause: result.error });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError([{ file: place, message: `this is not JSON: ${cause instanceof Error ? cause.message : String(cause)}` }], {
      cause,
    });
  }
}

function toProblem(issue: z.core.$ZodIssue) {
  const unknown = issue.code === "unrecognized_keys" ? issue.keys : [];
  const field = [...issue.path, ...unknown.slice(0, 1)].join(".");
  const known = issue.path.length === 0 ? `; there are ${Object.keys(methodInputSchema.shape).join(", ")}` : "";
  return { file: place, field, message: unknown.length > 0 ? `unknown: ${unknown.join(", ")}${known}` : issue.message };
}

function inputError(message: string): InputError {
  return new InputError([{ file: place, message }]);
}

function toResult(method: Method, { signal, band, ratio, projection, explanation }: MethodOutcome, translate: Translate) {
  return {
    method: method.id,
    signal,
    band,
    ratio,
    explanation: translate(explanation),
    ...(projection ? { projection: { ...projection, how: translate(projection.how) } } : {}),
  };
}
