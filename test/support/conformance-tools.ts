import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** Which Debian package holds a command that a conformance test needs. */
const debianPackages = {
  cmake: "cmake",
  debootstrap: "debootstrap",
  "g++": "g++",
  ip: "iproute2",
  make: "make",
  pdffonts: "poppler-utils",
  pdfinfo: "poppler-utils",
  pdftotext: "poppler-utils",
  python3: "python3",
  qpdf: "qpdf",
  setpriv: "util-linux",
  unshare: "util-linux",
  xz: "xz-utils",
} as const;

const cache = join(import.meta.dirname, "../../node_modules/.cache/biaogan-conformance");
/** A PDF's text, or the log of a whole test run. */
const maxOutputBytes = 64 * 1024 * 1024;

/** Sees to it that the commands are there: installs their Debian packages where it may, and otherwise says what to install. */
export async function needCommands(...commands: (keyof typeof debianPackages)[]): Promise<void> {
  const missing = commands.filter((command) => !isThere(command));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((command) => debianPackages[command]))];
  const wanted = `${missing.join(", ")} (on Debian: apt-get install ${packages.join(" ")})`;
  if (process.getuid?.() !== 0 || !isThere("apt-get")) throw new Error(`this conformance test needs ${wanted}`);
  const apt = ["--option", "DPkg::Lock::Timeout=300", "--quiet"];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // A source list that does not answer may still leave the one that matters: the installation decides.
  await run("apt-get", [...apt, "update"], { env }).catch(() => undefined);
  await run("apt-get", [...apt, "install", "--yes", "--no-install-recommends", ...packages], { env }).catch((cause) => {
    throw new Error(`this conformance test needs ${wanted}, which could not be installed: ${cause}`, { cause });
  });
}

/** Makes a file or folder in node_modules/.cache on first use; making that breaks off leaves nothing that looks finished.
 *  @returns its path */
export async function keepOnce(name: string, make: (unfinished: string) => Promise<void>): Promise<string> {
  const kept = join(cache, name);
  if (existsSync(kept)) return kept;
  const unfinished = `${kept}.${process.pid}`;
  await mkdir(dirname(kept), { recursive: true });
  try {
    await make(unfinished);
    await rename(unfinished, kept).catch((error) => {
      // Another test file made the same in the meantime, and was done first.
      if (!existsSync(kept)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return kept;
}

/** @returns what the command printed on standard output
 *  @throws with everything it printed, when it fails */
export async function run(
  command: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; timeout?: number } = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { maxBuffer: maxOutputBytes, killSignal: "SIGKILL", ...options }).catch(
    (cause) => {
      const { stdout = "", stderr = "" } = cause as { stdout?: string; stderr?: string };
      throw new Error(`${command} failed: ${cause.code ?? cause.message}\n${stdout.slice(-8_000)}\n${stderr.slice(-8_000)}`, { cause });
    },
  );
  return stdout;
}

function isThere(command: string): boolean {
  const folders = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/sbin"];
  return folders.some((folder) => existsSync(join(folder, command)));
}
