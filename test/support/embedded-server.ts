import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedDynamo } from "../../functions/adapters/dynamo/embedded-dynamo.ts";
import type { DynamoServer } from "./table-under-test.ts";

/** The embedded database on a file of its own, which goes with it. */
export async function startEmbeddedServer(): Promise<DynamoServer> {
  const folder = await mkdtemp(join(tmpdir(), "biaogan-"));
  const embedded = await startEmbeddedDynamo({ dbPath: join(folder, "table.db") });
  return {
    endpoint: embedded.endpoint,
    stop: async () => {
      await embedded.stop();
      await rm(folder, { recursive: true });
    },
  };
}
