import { createHash } from "node:crypto";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { keepOnce, run } from "./conformance-tools.ts";

interface PythonTool {
  /** The program's path: it can be run as it is. */
  readonly program: string;
  readonly version: string;
}

const requirements = join(import.meta.dirname, "../conformance");
const installTimeoutMs = 300_000;

/** A program from Python's package index in a virtual environment of its own, made on first use. It needs Python 3.11 or newer.
 *  @param name the package's and the program's name. All that it needs stands, pinned, in test/conformance/NAME.requirements.txt; like our own
 *  dependencies each is a week old at least (a newer pip's `install --dry-run --report - --uploaded-prior-to DAY NAME` tells which to pin)
 *  @throws when it cannot be installed, with what to do */
export async function pythonTool(name: string): Promise<PythonTool> {
  const file = join(requirements, `${name}.requirements.txt`);
  const pins = await readFile(file, "utf8");
  const version = pins
    .split("\n")
    .find((line) => line.startsWith(`${name}==`))
    ?.slice(name.length + 2);
  if (!version) throw new Error(`${file}: no line says which ${name} it shall be, such as ${name}==1.2.3`);
  const python = await run("python3", ["--version"]).catch((cause) => fail(name, cause));
  const key = createHash("sha256").update(pins).update(python).digest("hex").slice(0, 12);
  const folder = await keepOnce(`${name}-${version}-${key}`, (unfinished) => install(name, file, unfinished)).catch((cause) =>
    fail(name, cause),
  );
  return { program: join(folder, "run"), version };
}

async function install(name: string, file: string, folder: string): Promise<void> {
  await run("python3", ["-m", "venv", folder]);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", file];
  await run(join(folder, "bin/python"), pip, { timeout: installTimeoutMs });
  // The environment's own scripts name the folder that it was made in, which is another than the one it is kept in.
  const start = join(folder, "run");
  await writeFile(start, `#!/bin/sh\nbin="$(dirname "$0")/bin"\nexec "$bin/python" "$bin/${name}" "$@"\n`);
  await chmod(start, 0o755);
}

function fail(name: string, cause: unknown): never {
  const needs = "Python 3.11 or newer with venv (on Debian: apt-get install python3-venv) and, once, its package index";
  throw new Error(`this conformance test needs ${name}, which could not be installed. It needs ${needs}; the cause: ${cause}`, { cause });
}
