import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { StoreError } from "../../core/errors.ts";
import type { RunStore } from "../../core/ports.ts";
import { type RunRecord, runRecordSchema } from "../../core/run-record.ts";
import { withStoreErrors } from "./dynamo-errors.ts";
import { runKey, runsOf } from "./dynamo-keys.ts";

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
        return Item && parseRecord(Item, tableName);
      }),
    ofPeriod: (series, period) =>
      withStoreErrors(tableName, "read runs from", async () => {
        const { pk, prefix } = runsOf(series, period);
        const pages = paginateQuery(
          { client: documents },
          {
            TableName: tableName,
            ConsistentRead: true,
            KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
            ExpressionAttributeValues: { ":pk": pk, ":prefix": prefix },
          },
        );
        const records: RunRecord[] = [];
        for await (const { Items } of pages) records.push(...(Items ?? []).map((item) => parseRecord(item, tableName)));
        return records;
      }),
  };
}

function parseRecord(item: Record<string, unknown>, tableName: string): RunRecord {
  const parsed = runRecordSchema.safeParse(item["record"]);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  throw new StoreError(`table ${tableName}, item ${String(item["pk"])} ${String(item["sk"])} is no run: ${faults}`, {
    cause: parsed.error,
  });
}
