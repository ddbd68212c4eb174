import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { run } from "./conformance-tools.ts";
import { pythonTool } from "./python-tools.ts";

const require = createRequire(import.meta.url);
const maxOutputBytes = 64 * 1024 * 1024;
/** By which cfn-guard says that it has worked, and that a rule is broken. */
const ruleBrokenExitCode = 19;
/** "Dependency already enforced by a GetAtt": the CDK writes such for every role and its function, on purpose. */
const ignoredLint = "W3005";

/** The checkers by name and version, for the log of a test run: an answer is worth what its checker knows. */
export async function describeCheckers(): Promise<{ readonly lint: string; readonly guard: string; readonly stateMachine: string }> {
  const [{ version }, guard] = await Promise.all([pythonTool("cfn-lint"), run(guardProgram(), ["--version"])]);
  const asl = packageSchema.parse(require("asl-validator/package.json"));
  return { lint: `cfn-lint ${version}`, guard: guard.trim(), stateMachine: `asl-validator ${asl.version}` };
}

/** Holds a template against CloudFormation's own schemas of its resources, in AWS's cfn-lint, offline.
 *  @param regions where it shall be deployable
 *  @returns what is wrong, warnings included; nothing for a template without a fault */
export async function lintTemplate(file: string, regions: readonly string[] = ["us-east-1"]): Promise<string[]> {
  const { program } = await pythonTool("cfn-lint");
  const format = ["--format", "json", "--non-zero-exit-code", "none", "--ignore-checks", ignoredLint];
  const findings = lintSchema.parse(JSON.parse(await run(program, [...format, "--regions", ...regions, "--template", file])));
  return findings.map(({ Rule, Message, Location }) => `${Rule.Id} ${(Location.Path ?? []).join("/")}: ${Message}`);
}

interface GuardReport {
  /** What is wrong: rule, place and why. */
  readonly findings: readonly string[];
  /** The rules that had something to judge; the others found nothing of their kind in the template. */
  readonly applied: readonly string[];
}

/** Holds a template against rules of our own, in AWS's cfn-guard.
 *  @throws when the rules cannot be read */
export async function guardTemplate(file: string, rulesFile: string): Promise<GuardReport> {
  const args = ["validate", "--rules", rulesFile, "--data", file, "--structured", "--output-format", "json", "--show-summary", "none"];
  const { stdout } = await promisify(execFile)(guardProgram(), args, { maxBuffer: maxOutputBytes }).catch((failure) => {
    if (failure.code === ruleBrokenExitCode) return { stdout: String(failure.stdout) };
    throw new Error(`cfn-guard could not judge ${file} by ${rulesFile}: ${failure.stderr}`, { cause: failure });
  });
  const [report] = guardSchema.parse(JSON.parse(stdout));
  if (!report) throw new Error(`cfn-guard told nothing of ${file}`);
  const broken = report.not_compliant.map(({ Rule }) => Rule);
  return {
    findings: [...new Set(broken.flatMap(({ name, checks }) => listMessages(checks).map((message) => `${name}: ${message}`)))],
    applied: [...report.compliant, ...broken.map(({ name }) => name)].toSorted(),
  };
}

/** Holds a definition against the Amazon States Language, both query languages of it, and looks where every transition leads.
 *  It does not know which values AWS takes for a resource's ARN, an `InputType` or a `BackoffRate`.
 *  @param definition as JSON text or parsed
 *  @returns what is wrong */
export function validateStateMachine(definition: unknown): string[] {
  // A copy in any case: the validator writes into what it is given.
  const copy: unknown = JSON.parse(typeof definition === "string" ? definition : JSON.stringify(definition));
  const { errors } = aslSchema.parse(require("asl-validator")(copy));
  return errors.map(({ schemaError, Message, ...error }) => `${error["Error code"]} ${schemaError?.instancePath ?? ""}: ${Message}`);
}

const packageSchema = z.object({ version: z.string() });

const lintSchema = z.array(
  z.object({
    Rule: z.object({ Id: z.string() }),
    Message: z.string(),
    Location: z.object({ Path: z.array(z.union([z.string(), z.number()])).nullish() }),
  }),
);

const guardSchema = z.array(
  z.object({
    compliant: z.array(z.string()),
    not_compliant: z.array(z.object({ Rule: z.object({ name: z.string(), checks: z.array(z.unknown()) }) })),
  }),
);

const aslSchema = z.object({
  errors: z.array(
    z.object({ "Error code": z.string(), Message: z.string(), schemaError: z.object({ instancePath: z.string() }).optional() }),
  ),
});

/** A clause that failed, wherever in the tree of rules, blocks and alternatives; `check` says what was compared, and where it stands. */
const clauseSchema = z.object({ messages: z.object({ custom_message: z.string() }), check: z.unknown() });
const placeSchema = z.object({ path: z.string().startsWith("/Resources/") });

function listMessages(tree: unknown): string[] {
  const clause = clauseSchema.safeParse(tree);
  if (!clause.success) return listChildren(tree).flatMap(listMessages);
  const { check, messages } = clause.data;
  return [`${findPlace(check) ?? "the template"}: ${messages.custom_message}`];
}

function findPlace(tree: unknown): string | undefined {
  const place = placeSchema.safeParse(tree);
  if (place.success) return place.data.path;
  return listChildren(tree)
    .map(findPlace)
    .find((found) => found !== undefined);
}

function listChildren(tree: unknown): unknown[] {
  return typeof tree === "object" && tree !== null ? Object.values(tree) : [];
}

/** AWS publishes its program on GitHub; this package for the CDK brings a copy for Linux and macOS. */
function guardProgram(): string {
  const home = dirname(require.resolve("@cdklabs/cdk-validator-cfnguard/package.json"));
  return join(
    home,
    "bin",
    process.platform === "darwin" ? "macos" : "ubuntu",
    process.arch === "arm64" ? "aarch64" : "x86_64",
    "cfn-guard",
  );
}
