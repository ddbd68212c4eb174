import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import type { RunStore } from "../../core/ports.ts";
import { runRecordSchema } from "../../core/run-record.ts";
import { withStoreErrors } from "./dynamo-errors.ts";
import { runKey, runsOf } from "./dynamo-keys.ts";
import { parseStored, queryPartition } from "./dynamo-records.ts";

const itemSchema = z.strictObject({ pk: z.string(), sk: z.string(), entity: z.literal("run"), record: runRecordSchema });

/** The runs in the register's table; keys stand in dynamo-keys.ts. Nothing is sent before the first call. */
export function createDynamoRunStore(client: DynamoDBClient, tableName: string): RunStore {
  const documents = DynamoDBDocumentClient.from(client);
  return {
    put: (record) =>
      withStoreErrors(tableName, "write a run to", async () => {
        await documents.send(new PutCommand({ TableName: tableName, Item: { ...runKey(record), entity: "run", record } }));
      }),
    get: (run) =>
      withStoreErrors(tableName, "read a run from", async () => {
        const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: runKey(run), ConsistentRead: true }));
        return Item && parseStored(itemSchema, Item, tableName).record;
      }),
    ofPeriod: (series, period) =>
      withStoreErrors(tableName, "read runs from", async () => {
        const items = await queryPartition(documents, tableName, runsOf(series, period).pk);
        return items.map((item) => parseStored(itemSchema, item, tableName).record);
      }),
  };
}
