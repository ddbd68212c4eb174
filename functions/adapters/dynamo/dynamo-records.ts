import { type DynamoDBDocumentClient, paginateQuery } from "@aws-sdk/lib-dynamodb";
import type { z } from "zod";
import { StoreError } from "../../core/errors.ts";

/** @returns every item of a partition, by sort key, as it is at this moment */
export async function queryPartition(client: DynamoDBDocumentClient, tableName: string, pk: string): Promise<Record<string, unknown>[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
    },
  );
  const items: Record<string, unknown>[] = [];
  for await (const { Items } of pages) items.push(...(Items ?? []));
  return items;
}

/** Reads an item back.
 *  @throws StoreError naming the item and each field that is not as it should be, none of it by its value */
export function parseStored<T>(schema: z.ZodType<T>, item: Record<string, unknown>, tableName: string): T {
  const parsed = schema.safeParse(item);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  const place = `table ${tableName}, item ${String(item["pk"])} ${String(item["sk"])}`;
  throw new StoreError(`${place}, is not what this version of biaogan writes (${faults})`, { cause: parsed.error });
}
