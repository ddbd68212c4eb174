import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { SmokeFailure } from "./smoke-step.ts";

const root = join(import.meta.dirname, "../..");
const cdk = join(dirname(createRequire(import.meta.url).resolve("aws-cdk/package.json")), "bin/cdk");
/** A stack's whole diff may be long. */
const maxOutputBytes = 64 * 1024 * 1024;

/** Makes a change set of each stack by the CDK's own command, reads it and deletes it again: what a deployment of this checkout would change.
 *  Nothing is executed.
 *  @param answers the stage's, as `-c` takes them: `sender=…`
 *  @returns how many stacks differ, and what the command showed */
export async function compareStacks(
  stage: string,
  answers: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly found: string; readonly shown: string }> {
  const context = [`stage=${stage}`, ...answers].flatMap((answer) => ["--context", answer]);
  const args = [cdk, "diff", "--no-color", "--method", "change-set", ...context];
  const env = { ...environment, NO_COLOR: "1", FORCE_COLOR: "0" };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: maxOutputBytes }).catch(
    (cause: { stderr?: string; stdout?: string }) => {
      const told = `${cause.stdout ?? ""}${cause.stderr ?? ""}`.trim().split("\n").slice(-8).join("\n");
      const advice =
        "give the answers that the stage was deployed with (-c sender=… -c alarms=… -c firstPeriod=…), and bootstrap the account (cdk bootstrap)";
      throw new SmokeFailure(`no change set could be made:\n${told}`, advice, { cause });
    },
  );
  const shown = leaveOutProgress(`${stdout}${stderr}`);
  const count = /Number of stacks with differences: (\d+)/.exec(shown)?.[1];
  if (count === undefined)
    throw new SmokeFailure(`the CDK did not say what differs:\n${shown}`, "run `npx cdk diff --method change-set` yourself");
  const found =
    count === "0"
      ? "this checkout is what is deployed"
      : `${count} of 2 stacks differ from this checkout: what is tested is what is deployed`;
  return { found, shown };
}

function leaveOutProgress(text: string): string {
  const lines = text.split("\n").filter((line) => !/^(start|success|bundling|Hold on|putting|unpacking)\b/.test(line));
  return lines
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}
