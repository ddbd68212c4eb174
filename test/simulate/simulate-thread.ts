import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { connectTo, simulateSeeds } from "./simulate-seeds.ts";

/* One of the threads of simulate.ts: plays its share of the seeds. It says `true` after each seed and in the end what came of all. */

const { endpoint, from, seeds } = z.object({ endpoint: z.string(), from: z.int(), seeds: z.int() }).parse(workerData);
const dynamo = connectTo(endpoint);
const simulation = await simulateSeeds({
  from,
  seeds,
  dynamo,
  onSeed: () => {
    parentPort?.postMessage(true);
    return true;
  },
});
dynamo.client.destroy();
parentPort?.postMessage(simulation);
