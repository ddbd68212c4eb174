import { type ChildProcess, execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { testCacheDir } from "./pdf-chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a run of the real command left behind. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a user would, in a process of its own, with no terminal.
 *  @param cwd defaults to the checkout
 *  @param env added to this process's own
 *  @param onStart is lent the process while it runs */
export function runBiaogan(
  args: readonly string[],
  { cwd = root, env: more = {}, onStart }: { cwd?: string; env?: Record<string, string>; onStart?: (child: ChildProcess) => void } = {},
): Promise<RunResult> {
  // defaultCacheDir adds "biaogan".
  const env = { ...process.env, XDG_CACHE_HOME: dirname(testCacheDir), ...more };
  const command = join(root, "functions/cli/biaogan.mjs");
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [command, ...args], { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : 1, stdout, stderr });
    });
    onStart?.(child);
  });
}

/** Runs the command with `--json`.
 *  @returns the one document on standard output
 *  @throws when it failed, said anything on standard error, or printed anything beside the document */
export async function runJson(args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await runBiaogan([...args, "--json"]);
  if (code !== 0 || stderr !== "") throw new Error(`biaogan ${args.join(" ")} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}
