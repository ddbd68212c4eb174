import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureTable } from "../../functions/adapters/dynamo/dynamo-table.ts";
import { startEmbeddedDynamo } from "../../functions/adapters/dynamo/embedded-dynamo.ts";
import { createDirectClient, type DynamoServer } from "./dynamo-line.ts";
import { runSeed, type SeedOptions, type SeedReport } from "./run-seed.ts";

/** Seeds that are played at the same time: while one waits for the database, another computes. What happens in a seed does not depend on it, for
 *  each has rows of its own. */
const parallel = 24;

interface Totals {
  seeds: number;
  deliveries: number;
  accepted: number;
  duplicates: number;
  lost: number;
  unknown: number;
  repaired: number;
}

export interface Simulation {
  readonly totals: Totals;
  readonly operations: number;
  readonly faults: ReadonlyMap<string, number>;
  readonly failures: readonly SeedReport[];
}

type SimulationOptions = Omit<SeedOptions, "seed" | "trace"> & {
  readonly from: number;
  readonly seeds: number;
  /** Called after each seed; false ends the simulation. */
  readonly onSeed?: (report: SeedReport, totals: Totals) => boolean;
};

export async function simulateSeeds({ from, seeds, onSeed = () => true, ...options }: SimulationOptions): Promise<Simulation> {
  const totals = { seeds: 0, deliveries: 0, accepted: 0, duplicates: 0, lost: 0, unknown: 0, repaired: 0 };
  const faults = new Map<string, number>();
  const failures: SeedReport[] = [];
  let operations = 0;
  let next = from;
  const play = async () => {
    while (next < from + seeds) {
      const report = await runSeed({ ...options, seed: next++ });
      totals.seeds += 1;
      for (const name of ["deliveries", "accepted", "duplicates", "lost", "unknown", "repaired"] as const) totals[name] += report[name];
      for (const [name, count] of report.faults) faults.set(name, (faults.get(name) ?? 0) + count);
      operations += report.operations;
      if (report.problems.length > 0) failures.push(report);
      if (!onSeed(report, totals)) next = Number.POSITIVE_INFINITY;
    }
  };
  await Promise.all(Array.from({ length: parallel }, play));
  return { totals, operations, faults, failures: failures.toSorted((a, b) => a.seed - b.seed) };
}

/** A folder in memory where the system has one: on a disk most of the time goes into making writes durable, which nobody needs here. */
const memory = "/dev/shm";

/** One database and one table for all seeds. */
export async function openSimulationTable(): Promise<DynamoServer & { stop(): Promise<void> }> {
  const folder = await mkdtemp(join(existsSync(memory) ? memory : tmpdir(), "biaogan-simulation-"));
  const server = await startEmbeddedDynamo({ dbPath: join(folder, "table.db") });
  const client = createDirectClient(server.endpoint);
  const tableName = "simulation";
  await ensureTable(client, tableName);
  return {
    client,
    endpoint: server.endpoint,
    tableName,
    spare: [],
    stop: async () => {
      client.destroy();
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}
