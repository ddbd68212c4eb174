import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { z } from "zod";
import { StoreError } from "../../core/errors.ts";
import type { ItemKey } from "./dynamo-keys.ts";
import { parseStored } from "./dynamo-records.ts";

/** A row that many change at once: each change is written only over the version that it was made of. */
export interface Versioned extends ItemKey {
  readonly version: number;
}

interface Table {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}

/** Of any number that write at once one gets through each time, so this is how many others may be before one of them. */
const maxAttempts = 200;

/** @returns the row as it is at this moment */
export async function readVersioned<T extends Versioned>(
  { documents, tableName }: Table,
  key: ItemKey,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: { pk: key.pk, sk: key.sk }, ConsistentRead: true }));
  return Item && parseStored(schema, Item, tableName);
}

/** What is to become of a row, undefined for nothing, and what to answer when that is done. */
export interface Change<Content, Answer> {
  readonly next: Content | undefined;
  readonly answer: Answer;
}

/** Changes a row, or makes it.
 *  @param decide called with the row as it is seen, and again for each time that somebody else was first
 *  @returns the answer of the decision that was carried out
 *  @throws StoreError when others change it without end */
export async function changeVersioned<T extends Versioned, Answer>(
  table: Table,
  key: ItemKey,
  schema: z.ZodType<T>,
  decide: (seen: T | undefined) => Change<Omit<T, keyof Versioned>, Answer>,
): Promise<Answer> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const seen = await readVersioned(table, key, schema);
    const { next, answer } = decide(seen);
    if (next === undefined || (await replaceVersioned(table, key, seen, next))) return answer;
  }
  throw new StoreError(`the row ${key.pk} is being changed by others without end (${maxAttempts} attempts)`);
}

/** @returns whether it was written: false when the row is no longer as it was seen */
async function replaceVersioned(
  { documents, tableName }: Table,
  key: ItemKey,
  seen: Versioned | undefined,
  next: object,
): Promise<boolean> {
  const item = { ...next, pk: key.pk, sk: key.sk, version: (seen?.version ?? 0) + 1 };
  const condition = seen
    ? { ConditionExpression: "version = :seen", ExpressionAttributeValues: { ":seen": seen.version } }
    : { ConditionExpression: "attribute_not_exists(pk)" };
  try {
    await documents.send(new PutCommand({ TableName: tableName, Item: item, ...condition }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "ConditionalCheckFailedException") return false;
    throw error;
  }
}
