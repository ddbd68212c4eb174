import type { Command } from "commander";
import { z } from "zod";
import { loadMessages } from "../../adapters/templates/locale-messages.ts";
import { type Method, type MethodInput, methodInputSchema } from "../../core/assessment/method.ts";
import { findMethod, methods } from "../../core/assessment/methods.ts";
import { type Weighed, weighRounding } from "../../core/assessment/rounding-corners.ts";
import { InputError } from "../../core/errors.ts";
import type { Translate } from "../../core/local-text.ts";
import { printJson } from "../print.ts";
import { templatesDir } from "../workplace.ts";

const place = "standard input";
const maxBytes = 1_048_576;

const help = `
Reads whichever of these the method needs (see "biaogan methods"); all values of one metric, in one unit:
  direction    which way is better: increase (the default) or decrease
  base, current, target
               {"t": year, "y": value}; base and current default to the first and the last of series
  series       [{"t", "y"}, …] in any order; a time occurs once
  comparator   how the target is meant: >, >=, <, <= or =; at least or at most by default
  shape        level (the default), rate, share, rank or count; growth of a rate or rank is never computed
  limit        the natural limit, such as 100 of a share in per cent
  zeroAs       what stands for a zero where growth is compounded
  other        benchmark-gap: the other place's series
  toDate, history, growth
               run-rate: this year's total so far; of earlier years [{"t", "toDate", "total"}, …]; the growth wanted, in per cent
  stages       evidence-stage: what each statement shows, oldest first
null stands for what is missing.

A point may carry "decimals", its digits after the point as published: 210 with 0 is 209.5 to 210.5. Where that could
flip the band, the result has "onTheLine": true, band and ratio stay those of the value as published, and the signal
is "watch" unless every possible band has the same one. Without "decimals" a number is exact.

Prints method, signal, band, ratio (null where there is none), explanation; projection where one is made.`;

/** `biaogan judge`: one method on one JSON object from standard input; for what-if and for checking against other programs. */
export function addJudge(program: Command): Command {
  return program
    .command("judge")
    .description("judge one case: reads a JSON object on standard input, prints the result as JSON")
    .requiredOption("--method <name>", `how to judge: ${methods.map((m) => m.id).join(", ")}`)
    .addHelpText("after", help)
    .action(judge);
}

async function judge(options: { readonly method: string }): Promise<void> {
  const method = readMethod(options.method);
  const input = parseInput(await readAll(process.stdin));
  const translate = await loadMessages(templatesDir, "en");
  printJson(toResult(method, weighRounding(method, input), translate));
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

const inputSchema = z.preprocess(withoutGaps, methodInputSchema);

/** Other programs write null for what they do not have (and for NaN): such a key, and a point or year without its value, is left out. */
function withoutGaps(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).map(([key, part]) => [key, Array.isArray(part) ? part.filter((p) => !isGap(p)) : part]);
  return Object.fromEntries(kept.filter(([, part]) => !isGap(part)));
}

function isGap(part: unknown): boolean {
  return part === null || (isRecord(part) && ["y", "toDate", "total"].some((key) => part[key] === null));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws InputError naming every field that is unknown or of the wrong type */
function parseInput(text: string): MethodInput {
  if (text.trim() === "") throw inputError('nothing was given; pipe one JSON object in, for example {"current":{"t":2020,"y":14}}');
  const result = inputSchema.safeParse(parseJson(text));
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

function toResult(method: Method, weighed: Weighed, translate: Translate) {
  const { outcome, onTheLine, flipsSignal, otherBands } = weighed;
  const { signal, band, ratio, projection, explanation } = outcome;
  const sentence = translate(explanation);
  const bands = otherBands.join(", ");
  return {
    method: method.id,
    signal: flipsSignal ? "watch" : signal,
    band,
    ratio,
    ...(onTheLine ? { onTheLine } : {}),
    explanation: bands === "" ? sentence : translate({ id: "outcome.on-the-line", values: { sentence, bands } }),
    ...(projection ? { projection: { ...projection, how: translate(projection.how) } } : {}),
  };
}
