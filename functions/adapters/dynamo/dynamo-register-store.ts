import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { StoreError } from "../../core/errors.ts";
import type { LoadSummary, Register, RegisterStore } from "../../core/ports.ts";
import { canonicalJson } from "../content-hash.ts";
import { withStoreErrors } from "./dynamo-errors.ts";
import { type Fence, type Write, writeCompleteHead, writeFenced } from "./dynamo-fenced-writes.ts";
import {
  addressOf,
  type Head,
  headSchema,
  itemsOf,
  parseHead,
  parseItem,
  type RegisterItem,
  registerDigest,
  registerOf,
  reloadAdvice,
} from "./dynamo-items.ts";
import { accessPatterns, type ItemKey, type KeyRange, partitions } from "./dynamo-keys.ts";

type StoredItem = ItemKey & Readonly<Record<string, unknown>>;

interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

/** A reader that meets a load looks again after 100, 200, 400 and 800 ms; a register of a thousand facts is loaded within a second. */
const readAttempts = 5;
const firstReadWaitMs = 100;

/** The register in one DynamoDB table; keys and access patterns stand in dynamo-keys.ts. Nothing is sent before the first call.
 *  Facts come back each kind ascending by its key, commitments of a speech as they follow in its text. */
export function createDynamoRegisterStore(client: DynamoDBClient, tableName: string): RegisterStore {
  const table: Table = { client: documentClient(client), tableName };
  return {
    load: (register) => withStoreErrors(tableName, "load", () => loadRegister(table, register)),
    read: () => withStoreErrors(tableName, "read", () => readComplete(table, (head) => readRegister(table, head))),
    observationsOf: (metric, refArea) =>
      withStoreErrors(tableName, "read", () =>
        readComplete(table, async () => {
          const items = await query(table, accessPatterns.observations(metric, refArea));
          const parsed = items.map((item) => parseItem(item, tableName));
          return parsed.flatMap((item) => (item.entity === "observation" ? [item.record] : []));
        }),
      ),
  };
}

/** Every JavaScript number within DynamoDB's range comes back as it was: both sides write the shortest decimal that names it. */
function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true, allowImpreciseNumbers: true },
    unmarshallOptions: { wrapNumbers: Number },
  });
}

/** Head first and head last: between them nobody reads, and a load that breaks off leaves the word "loading" for the next to find. */
async function loadRegister(table: Table, register: Register): Promise<LoadSummary> {
  const items = itemsOf(register);
  const digest = registerDigest(items);
  const before = await getHead(table);
  const known = headSchema.safeParse(before).data;
  if (known?.state === "complete" && known.digest === digest) return { added: 0, changed: 0, removed: 0, unchanged: items.length };

  const head: Head = { ...accessPatterns.head(), entity: "head", state: "loading", digest, load: randomUUID() };
  const fence: Fence = { ...table, load: head.load };
  await takeOver(table, before, head);
  const { writes, summary } = difference(items, await storedItems(table));
  await writeFenced(fence, writes);
  await writeCompleteHead(fence, { ...head, state: "complete" });
  return summary;
}

/** Puts our head in the place of the one we saw, complete or left by a load that broke off or still runs (which then stops). */
async function takeOver({ client, tableName }: Table, before: StoredItem | undefined, head: Head): Promise<void> {
  const load = before?.["load"];
  try {
    await client.send(
      new PutCommand({
        TableName: tableName,
        Item: head,
        ConditionExpression: load === undefined ? "attribute_not_exists(#load)" : "#load = :load",
        ExpressionAttributeNames: { "#load": "load" },
        ...(load === undefined ? {} : { ExpressionAttributeValues: { ":load": load } }),
      }),
    );
  } catch (error) {
    if (!(error instanceof Error && error.name === "ConditionalCheckFailedException")) throw error;
    // The SDK sends again when an answer is lost; then the head that refuses us is our own.
    if ((await getHead({ client, tableName }))?.["load"] === head.load) return;
    throw new StoreError(`another load of table ${tableName} began at the same moment; wait for it, then load again`, { cause: error });
  }
}

function difference(wanted: readonly RegisterItem[], stored: readonly StoredItem[]): { writes: Write[]; summary: LoadSummary } {
  const found = new Map(stored.map((item) => [addressOf(item), item]));
  const kept = new Set(wanted.map(addressOf));
  const added = wanted.filter((item) => !found.has(addressOf(item)));
  const changed = wanted.filter((item) => {
    const other = found.get(addressOf(item));
    return other !== undefined && canonicalJson(other) !== canonicalJson(item);
  });
  const removed = stored.filter((item) => !kept.has(addressOf(item)));
  return {
    writes: [...[...added, ...changed].map((put) => ({ put })), ...removed.map((remove) => ({ remove }))],
    summary: {
      added: added.length,
      changed: changed.length,
      removed: removed.length,
      unchanged: wanted.length - added.length - changed.length,
    },
  };
}

async function readRegister(table: Table, head: Head): Promise<Register> {
  const stored = await storedItems(table);
  const register = registerOf(stored.map((item) => parseItem(item, table.tableName)));
  if (register && registerDigest(stored) === head.digest) return register;
  throw new StoreError(`table ${table.tableName} does not hold what was loaded: something else changed it; ${reloadAdvice}`);
}

/** Reads only what a finished load left, and reads again when a load began in between.
 *  @throws StoreError when nothing was loaded, or a load does not come to its end */
async function readComplete<T>(table: Table, read: (head: Head) => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= readAttempts; attempt++) {
    const head = await getHead(table);
    if (!head) {
      throw new StoreError(`table ${table.tableName} is empty: no register was ever loaded; load one first (biaogan load)`, {
        isEmpty: true,
      });
    }
    const before = parseHead(head, table.tableName);
    if (before.state === "complete") {
      const result = await settle(() => read(before));
      if ((await getHead(table))?.["load"] === before.load) return result();
    }
    if (attempt < readAttempts) await wait(firstReadWaitMs * 2 ** (attempt - 1));
  }
  throw new StoreError(`table ${table.tableName} is being loaded, or a load broke off halfway; load the register again (biaogan load)`);
}

/** Keeps a failure until it is known whether it counts: what is read in the middle of a load may well look broken. */
async function settle<T>(work: () => Promise<T>): Promise<() => T> {
  try {
    const value = await work();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

async function getHead({ client, tableName }: Table): Promise<StoredItem | undefined> {
  const key = accessPatterns.head();
  const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
  return Item && { ...Item, ...key };
}

async function storedItems(table: Table): Promise<StoredItem[]> {
  const found = await Promise.all(Object.values(partitions).map((pk) => query(table, { pk })));
  const head = addressOf(accessPatterns.head());
  return found.flat().filter((item) => addressOf(item) !== head);
}

async function query({ client, tableName }: Table, { pk, prefix }: KeyRange): Promise<StoredItem[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: prefix === undefined ? "pk = :pk" : "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": pk, ...(prefix === undefined ? {} : { ":prefix": prefix }) },
    },
  );
  const items: StoredItem[] = [];
  for await (const page of pages) {
    for (const item of page.Items ?? []) items.push({ ...item, pk, sk: String(item["sk"]) });
  }
  return items;
}
