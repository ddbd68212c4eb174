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

const counted = ["deliveries", "accepted", "duplicates", "lost", "unknown", "repaired"] as const;

type Totals = Record<"seeds" | (typeof counted)[number], number>;

export interface Simulation {
  readonly totals: Totals;
  readonly operations: number;
  /** `kind: operation` → how often. */
  readonly faults: ReadonlyMap<string, number>;
  readonly failures: readonly SeedReport[];
}

type SimulationOptions = Omit<SeedOptions, "seed" | "trace"> & {
  readonly from: number;
  readonly seeds: number;
  /** Called after each seed; false ends the simulation. */
  readonly onSeed?: (report: SeedReport) => boolean;
};

export async function simulateSeeds({ from, seeds, onSeed = () => true, ...options }: SimulationOptions): Promise<Simulation> {
  const reports: SeedReport[] = [];
  let next = from;
  const play = async () => {
    while (next < from + seeds) {
      const report = await runSeed({ ...options, seed: next++ });
      reports.push(report);
      if (!onSeed(report)) next = Number.POSITIVE_INFINITY;
    }
  };
  await Promise.all(Array.from({ length: parallel }, play));
  return addUp(reports.map(asSimulation));
}

function asSimulation(report: SeedReport): Simulation {
  const { operations, faults, problems, deliveries, accepted, duplicates, lost, unknown, repaired } = report;
  const totals = { seeds: 1, deliveries, accepted, duplicates, lost, unknown, repaired };
  return { totals, operations, faults, failures: problems.length > 0 ? [report] : [] };
}

export function addUp(parts: readonly Simulation[]): Simulation {
  const totals = { seeds: 0, deliveries: 0, accepted: 0, duplicates: 0, lost: 0, unknown: 0, repaired: 0 };
  const faults = new Map<string, number>();
  let operations = 0;
  for (const part of parts) {
    for (const name of ["seeds", ...counted] as const) totals[name] += part.totals[name];
    for (const [name, count] of part.faults) faults.set(name, (faults.get(name) ?? 0) + count);
    operations += part.operations;
  }
  const failures = parts.flatMap((part) => part.failures).toSorted((a, b) => a.seed - b.seed);
  return { totals, operations, faults, failures };
}

/** A folder in memory where the system has one: on a disk most of the time goes into making writes durable, which nobody needs here. */
const memory = "/dev/shm";

/** One database and one table for all seeds. */
export async function openSimulationTable(): Promise<DynamoServer & { stop(): Promise<void> }> {
  const folder = await mkdtemp(join(existsSync(memory) ? memory : tmpdir(), "biaogan-simulation-"));
  const server = await startEmbeddedDynamo({ dbPath: join(folder, "table.db") });
  const dynamo = connectTo(server.endpoint);
  await ensureTable(dynamo.client, dynamo.tableName);
  return {
    ...dynamo,
    stop: async () => {
      dynamo.client.destroy();
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** @param endpoint of the table that {@link openSimulationTable} opened, in this thread or another */
export function connectTo(endpoint: string): DynamoServer {
  return { client: createDirectClient(endpoint), endpoint, tableName: "simulation", spare: [] };
}
