/** What memory the function that prints needs, and what a core of it does: `node test/bench/renderer-memory.ts [megabytes]`.
 *
 *  Prints the largest real edition (December 2021, full) and the smallest (one page) from the bundle and the layer, on one core, with the heap sizes that
 *  Lambda's bootstrap derives from the function's memory (2048 MB unless given), each in a process of its own: once, as at a cold start, and six times,
 *  as in an instance that lives. Every 20 ms the memory of the process and of all that it has started is added up from /proc/PID/smaps_rollup (Linux
 *  only): proportional set sizes, so that what is shared counts once. `private` (anonymous and shared memory) has to be there; `files` are pages of
 *  Chromium, its libraries and fonts, which the kernel may drop and read again. */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { identifyProgram } from "../../functions/adapters/program-digest.ts";
import { buildChromiumLayer } from "../../infra/bundling/build-chromium-layer.ts";
import { bundleFunction } from "../../infra/bundling/bundle-functions.ts";
import { projectRoot } from "../../infra/bundling/bundle-handler.ts";
import { testCacheDir } from "../support/pdf-chromium.ts";
import { runJson } from "../support/run-biaogan.ts";

const sampleMs = 20;
const repeats = 6;
const megabytes = Number(process.argv[2] ?? 2048);
// As AWS's bootstrap has it: a tenth for what is new, in two halves, the rest for what is old.
const newSpace = Math.floor(megabytes / 10);
const heap = [`--max-semi-space-size=${Math.floor(newSpace / 2)}`, `--max-old-space-size=${megabytes - newSpace}`];

const say = (line: string) => void process.stdout.write(`${line}\n`);
const work = await mkdtemp(join(tmpdir(), "bench-"));
const layer = await buildChromiumLayer(testCacheDir, undefined, say);
const bundle = join(work, "bundle");
const identity = await identifyProgram(projectRoot, layer.fontDirs);
await bundleFunction("test/support/bundled-printer.ts", bundle, { revisionDigest: "", identity });
const command = ["brief", "--period", "2021-12", "--edition", "full-zh-CN", "one-page-zh-CN", "--store", join(work, "store")];
const issued = z.array(z.object({ edition: z.string(), pages: z.number(), pdf: z.string() })).parse(await runJson(command));
for (const { edition, pages, pdf } of issued) {
  for (const times of [1, repeats]) {
    const models = Array.from({ length: times }, () => pdf.replace(/\.pdf$/, ".json"));
    const { milliseconds, peak } = await printAndWatch(models);
    const [loaded = 0, opened = 0, ...printed] = milliseconds;
    const each = printed.map((time, index) => time - (printed[index - 1] ?? opened));
    say(
      `${edition} (${pages} pages) ×${times}, ${megabytes} MB: loaded ${loaded} ms, printer after ${opened - loaded} more, printed in ${each.join(", ")}`,
    );
    say(`  at most ${mb(peak.private + peak.files)} MB: private ${mb(peak.private)} (Node ${mb(peak.node)}), files ${mb(peak.files)}`);
  }
}
await rm(work, { recursive: true });

interface Memory {
  /** Kilobytes; of which the first process. */
  readonly private: number;
  readonly node: number;
  readonly files: number;
}

/** @returns the printer's own times, and the most of each kind of memory that was seen at any time */
async function printAndWatch(models: readonly string[]): Promise<{ milliseconds: number[]; peak: Memory }> {
  const args = [...heap, join(bundle, "index.mjs"), layer.folder, join(work, "printed.pdf"), ...models];
  const child = spawn("taskset", ["--cpu-list", "0", process.execPath, ...args], {
    env: { TMPDIR: work },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = Promise.withResolvers<number | null>();
  child.on("error", ended.reject).on("exit", ended.resolve);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  let peak: Memory = { private: 0, node: 0, files: 0 };
  while (child.exitCode === null && child.pid !== undefined) {
    const now = await addUp(child.pid);
    peak = { private: Math.max(peak.private, now.private), node: Math.max(peak.node, now.node), files: Math.max(peak.files, now.files) };
    await Promise.race([wait(sampleMs), ended.promise]);
  }
  const code = await ended.promise;
  if (code !== 0) throw new Error(`the printer ended with ${code}`);
  return { milliseconds: z.array(z.number()).parse(JSON.parse(stdout)), peak };
}

async function addUp(root: number): Promise<Memory> {
  const processes = await listProcesses();
  const family = new Set([root]);
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const [pid, parent] of processes) if (family.has(parent)) family.add(pid);
  }
  const sum = { private: 0, node: 0, files: 0 };
  for (const pid of family) {
    const sizes = await readSizes(pid);
    sum.private += sizes.private;
    sum.files += sizes.files;
    if (pid === root) sum.node = sizes.private;
  }
  return sum;
}

/** @returns every process with its parent */
async function listProcesses(): Promise<[pid: number, parent: number][]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const parents = pids.map(async (pid): Promise<[number, number]> => {
    // "12 (a name) S 7 …": the name may hold anything.
    const fields = (await readIfThere(`/proc/${pid}/stat`)).split(") ").at(-1)?.split(" ");
    return [Number(pid), Number(fields?.[1] ?? 0)];
  });
  return Promise.all(parents);
}

async function readSizes(pid: number): Promise<{ private: number; files: number }> {
  const text = await readIfThere(`/proc/${pid}/smaps_rollup`);
  const size = (name: string) => Number(new RegExp(`^${name}: +(\\d+) kB`, "m").exec(text)?.[1] ?? 0);
  return { private: size("Pss_Anon") + size("Pss_Shmem"), files: size("Pss_File") };
}

/** A process may end between being listed and being read. */
async function readIfThere(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause) => {
    if (cause.code === "ENOENT" || cause.code === "ESRCH") return "";
    throw cause;
  });
}

function mb(kilobytes: number): number {
  return Math.round(kilobytes / 1024);
}
