import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import type { SuppressionList } from "../../core/ports.ts";
import { graverOf, type Suppression, suppressionSchema } from "../../core/suppression.ts";
import { withStoreErrors } from "./dynamo-errors.ts";
import { suppressionKey, suppressionsPartition } from "./dynamo-keys.ts";
import { parseStored, queryPartition } from "./dynamo-records.ts";
import { type Change, changeVersioned, readVersioned, type Versioned } from "./dynamo-versioned.ts";

/** An address that was cleared keeps its row, for the time of the clearing: what happened before it suppresses no more. */
const itemSchema = z.strictObject({
  pk: z.string(),
  sk: z.string(),
  entity: z.literal("suppression"),
  version: z.int().positive(),
  clearedAt: z.iso.datetime().optional(),
  record: suppressionSchema.optional(),
});

type Content = Omit<z.infer<typeof itemSchema>, keyof Versioned>;

/** The list in the register's table; keys stand in dynamo-keys.ts. Nothing is sent before the first call. */
export function createDynamoSuppressionList(client: DynamoDBClient, tableName: string): SuppressionList {
  const table = { documents: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }), tableName };
  return {
    find: (address) =>
      withStoreErrors(tableName, "read a suppression from", async () => {
        return (await readVersioned(table, suppressionKey(address), itemSchema))?.record;
      }),
    list: () =>
      withStoreErrors(tableName, "read the suppressions of", async () => {
        const items = await queryPartition(table.documents, tableName, suppressionsPartition);
        return items.map((item) => parseStored(itemSchema, item, tableName).record).filter((record) => record !== undefined);
      }),
    add: (suppression) => withStoreErrors(tableName, "write a suppression to", () => add(suppression)),
    clear: (address, at) => withStoreErrors(tableName, "clear a suppression in", () => clear(address, at)),
  };

  async function add(suppression: Suppression): Promise<void> {
    await changeVersioned(table, suppressionKey(suppression.address), itemSchema, (seen): Change<Content, undefined> => {
      const { clearedAt, record } = seen ?? {};
      const graver = record ? graverOf(record, suppression) : suppression;
      const isOld = graver === record || (clearedAt !== undefined && suppression.since <= clearedAt);
      return { next: isOld ? undefined : { entity: "suppression", clearedAt, record: graver }, answer: undefined };
    });
  }

  async function clear(address: string, at: string): Promise<boolean> {
    return changeVersioned(table, suppressionKey(address), itemSchema, (seen): Change<Content, boolean> => {
      const isThere = seen?.record !== undefined;
      return { next: isThere ? { entity: "suppression", clearedAt: at } : undefined, answer: isThere };
    });
  }
}
