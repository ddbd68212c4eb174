import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { requiredFaults } from "./fault-plan.ts";
import { runSeed } from "./run-seed.ts";
import { addUp, openSimulationTable, type Simulation } from "./simulate-seeds.ts";

/* npm run simulate -- --seeds 10000 [--from 1]   plays so many schedules, and fails if one of them ends with a mail sent twice or lost
 * npm run simulate -- --seed 4711                plays one and prints every step */

/** Fewer seeds do not meet every kind of fault by chance. */
const seedsForEveryFault = 5_000;
const shownFailures = 20;
/** More would wait for the one database. */
const maxThreads = 4;

const { values } = parseArgs({
  options: { seeds: { type: "string", default: "10000" }, from: { type: "string", default: "1" }, seed: { type: "string" } },
});

const say = (line: string) => void process.stdout.write(`${line}\n`);
const dynamo = await openSimulationTable();
try {
  const isWell =
    values.seed === undefined ? await playMany(readNumber(values.from), readNumber(values.seeds)) : await playOne(readNumber(values.seed));
  process.exitCode = isWell ? 0 : 1;
} finally {
  await dynamo.stop();
}

function readNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${text}: write a whole number from 1`);
  return Number(text);
}

async function playOne(seed: number): Promise<boolean> {
  const { problems, faults, ...counts } = await runSeed({ seed, dynamo, trace: say });
  for (const [name, count] of faults) say(`${count} × ${name}`);
  for (const problem of problems) say(`PROBLEM ${problem}`);
  say(JSON.stringify(counts));
  return problems.length === 0;
}

async function playMany(from: number, seeds: number): Promise<boolean> {
  const started = performance.now();
  let played = 0;
  const onSeed = () => {
    played += 1;
    if (played % 500 === 0) say(`${played} of ${seeds} seeds in ${seconds(started)} s`);
  };
  const share = Math.ceil(seeds / Math.min(availableParallelism(), maxThreads));
  const starts = Array.from({ length: Math.ceil(seeds / share) }, (_, i) => i * share);
  const parts = await Promise.all(
    starts.map((start) => playInThread({ endpoint: dynamo.endpoint, from: from + start, seeds: Math.min(share, seeds - start) }, onSeed)),
  );
  const { totals, operations, faults, failures } = addUp(parts);
  say("\nwhat went wrong, and how often");
  for (const [name, count] of [...faults].toSorted(([a], [b]) => (a < b ? -1 : 1))) say(`${String(count).padStart(8)}  ${name}`);
  const all = [...faults.values()].reduce((sum, count) => sum + count, 0);
  say(`\n${all} faults of ${faults.size} kinds in ${operations} operations`);
  say(`${seconds(started)} s, ${Math.round(operations / seconds(started))} operations a second in ${parts.length} threads`);
  for (const { seed, problems } of failures.slice(0, shownFailures)) for (const problem of problems) say(`seed ${seed}: ${problem}`);
  if (failures.length > 0)
    say(`${failures.length} seeds failed; npm run simulate -- --seed ${failures[0]?.seed} prints the first step by step`);
  const missing = seeds < seedsForEveryFault ? [] : findMissing(faults);
  for (const name of missing) say(`this never happened, so that nothing is proved of it: ${name}`);
  say(JSON.stringify(totals));
  return failures.length === 0 && missing.length === 0;
}

function playInThread(workerData: { endpoint: string; from: number; seeds: number }, onSeed: () => void): Promise<Simulation> {
  const thread = new Worker(new URL("./simulate-thread.ts", import.meta.url), { workerData });
  return new Promise((resolve, reject) => {
    thread.on("message", (message: true | Simulation) => (message === true ? onSeed() : resolve(message)));
    thread.on("error", reject);
    thread.on("exit", (code) => reject(new Error(`a thread ended with ${code} before its seeds were played`)));
  });
}

/** Beside the list that was written by hand: every operation that was met at all must have been a worker's last. */
function findMissing(faults: ReadonlyMap<string, number>): string[] {
  const crashable = [...faults.keys()].filter((name) => name.includes("refused: ")).map((name) => name.split(": ")[1]);
  const met = crashable.flatMap((operation) => [`crash before: ${operation}`, `crash after: ${operation}`]);
  return [...new Set([...requiredFaults, ...met])].filter((name) => (faults.get(name) ?? 0) === 0);
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 100) / 10;
}
