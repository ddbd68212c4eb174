import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ensureTable } from "../../functions/adapters/dynamo/dynamo-table.ts";
import { startEmbeddedDynamo } from "../../functions/adapters/dynamo/embedded-dynamo.ts";

/** An embedded database for one test file. */
export interface EmbeddedTables {
  readonly client: DynamoDBClient;
  /** @returns the name of a new, empty table */
  newTable(): Promise<string>;
  stop(): Promise<void>;
}

export async function startEmbeddedTables(): Promise<EmbeddedTables> {
  const folder = await mkdtemp(join(tmpdir(), "biaogan-"));
  const { endpoint, stop } = await startEmbeddedDynamo({ dbPath: join(folder, "table.db") });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new DynamoDBClient({ endpoint, region: "us-east-1", credentials });
  return {
    client,
    newTable: async () => {
      const name = `t-${randomUUID()}`;
      await ensureTable(client, name);
      return name;
    },
    stop: async () => {
      client.destroy();
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}
