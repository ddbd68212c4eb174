import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { run } from "./conformance-tools.ts";

const root = join(import.meta.dirname, "../..");
const manifest = createRequire(import.meta.url).resolve("aws-cdk/package.json");
const { version } = z.object({ version: z.string() }).parse(createRequire(import.meta.url)("aws-cdk/package.json"));

/** By name and version, for the log of a test run. */
export const cdkName = `aws-cdk ${version}`;

/** Runs the CDK's own command line from the project's folder, as a user would.
 *  @returns what it printed on standard output; it says what it does on standard error
 *  @throws with everything it printed, when it fails */
export function runCdk(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  const env = { ...process.env, ...environment, CI: "true", NO_COLOR: "1", FORCE_COLOR: "0" };
  return run(process.execPath, [join(dirname(manifest), "bin/cdk"), "--no-color", ...args], { cwd: root, env });
}
