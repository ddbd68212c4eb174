import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ensureTable } from "../../functions/adapters/dynamo/dynamo-table.ts";
import { startEmbeddedServer } from "./embedded-server.ts";

/** An embedded database for one test file. */
export interface EmbeddedTables {
  readonly client: DynamoDBClient;
  /** @returns the name of a new, empty table */
  newTable(): Promise<string>;
  stop(): Promise<void>;
}

export async function startEmbeddedTables(): Promise<EmbeddedTables> {
  const { endpoint, stop } = await startEmbeddedServer();
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
    },
  };
}
