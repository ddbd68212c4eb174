import { DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import { deliveriesOf } from "../../functions/adapters/dynamo/dynamo-keys.ts";
import { runName } from "../../functions/core/briefing-keys.ts";
import { deliverBriefing } from "../../functions/deliver-briefing/deliver-briefing.ts";
import { checkSeed, type FinalRow, type Verdict } from "./check-seed.ts";
import type { DynamoServer } from "./dynamo-line.ts";
import { createRandom } from "./random.ts";
import { createSchedule, type Job } from "./schedule.ts";
import { createWorld, leaseMs, type MakeLedger, type World } from "./world.ts";

export interface SeedOptions {
  readonly seed: number;
  readonly dynamo: DynamoServer;
  /** Keeps the rows of one kind of simulation apart from those of another in the same table. */
  readonly series?: string;
  readonly makeLedger?: MakeLedger;
  readonly trace?: (line: string) => void;
}

export interface SeedReport extends Verdict {
  readonly seed: number;
  readonly deliveries: number;
  /** Sent by the repair run and by nobody before. */
  readonly repaired: number;
  readonly operations: number;
  /** `kind: operation` → how often. */
  readonly faults: ReadonlyMap<string, number>;
}

/** How many of a seed's operations go wrong: none in some, so that it is also seen what happens undisturbed. */
const faultRates = [0, 0.02, 0.05, 0.1, 0.2, 0.35];
const hourMs = 3_600_000;

/** Plays one schedule to its end, repairs what is left without faults, and judges it. */
export async function runSeed({ seed, dynamo, series = "monthly", makeLedger, trace = () => {} }: SeedOptions): Promise<SeedReport> {
  const random = createRandom(seed);
  let operations = 0;
  const world = createWorld({
    random,
    dynamo,
    faultRate: random.pick(faultRates),
    ...(makeLedger ? { makeLedger } : {}),
    trace: (line) => {
      operations += 1;
      trace(line);
    },
  });
  const run = { series, period: "2026-06", revision: seed };
  const schedule = createSchedule(world, runName(run), trace);
  await schedule.play();
  const sentBefore = sent(world);
  trace("the repair run begins");
  const { planned, problems } = await repair(world, schedule.settleDown(), schedule.settle, trace);
  const repaired = sent(world).difference(sentBefore).size;
  await schedule.tellLate();
  const { arrived, troubles } = schedule;
  const verdict = checkSeed({
    planned,
    attempts: world.server.attempts,
    arrived,
    rows: await readRows(dynamo, deliveriesOf(run).pk),
    written: world.line.written,
    hurt: world.hurt,
  });
  const all = [...verdict.problems, ...problems, ...troubles];
  return { ...verdict, problems: all, seed, deliveries: planned.length, repaired, operations, faults: world.faults.counts };
}

function sent({ server }: World): Set<string> {
  return new Set(server.attempts.flatMap(({ deliveryId, messageId }) => (messageId === undefined ? [] : [deliveryId])));
}

/** As `biaogan deliver` does it when all workers are dead or done: gives up their claims, then calls for every mail once more. Nothing goes wrong. */
async function repair(
  world: World,
  jobs: readonly (Job & { excuse: string | undefined })[],
  settle: () => Promise<void>,
  trace: (line: string) => void,
) {
  world.faults.end();
  world.wait(Math.max(leaseMs, hourMs));
  await settle();
  const problems: string[] = [];
  const planned = [];
  for (const { input, id, excuse } of jobs) {
    let said: { state: string; reason?: string } | undefined;
    await world.start(
      `repair of ${id}`,
      async (worker) => {
        said = await deliverBriefing(input, world.depsFor(worker));
        trace(`repair of ${id}: ${said.state} ${said.reason ?? ""}`);
      },
      (ending) => {
        if (ending.kind === "threw") problems.push(`the repair of ${id} failed: ${String(ending.error)}`);
      },
    );
    while (world.scheduler.waiting > 0) await world.scheduler.step();
    planned.push({ id, excuse, said });
  }
  return { planned, problems };
}

const rowSchema = z.object({
  record: z.object({ id: z.string(), state: z.string(), reason: z.string().optional(), messageId: z.string().optional() }),
});

async function readRows({ client, tableName }: DynamoServer, pk: string): Promise<Map<string, FinalRow>> {
  const { Items } = await DynamoDBDocumentClient.from(client).send(
    new QueryCommand({
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
    }),
  );
  return new Map(
    z
      .array(rowSchema)
      .parse(Items)
      .map(({ record: { id, ...row } }) => [id, row]),
  );
}
