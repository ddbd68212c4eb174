import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import type { LoadSummary, SubscriptionStore } from "../../core/ports.ts";
import { type Subscription, subscriptionSchema } from "../../core/subscription.ts";
import { canonicalJson } from "../content-hash.ts";
import { withStoreErrors } from "./dynamo-errors.ts";
import { subscriptionKey, subscriptionsPartition } from "./dynamo-keys.ts";
import { parseStored, queryPartition } from "./dynamo-records.ts";

const itemSchema = z.strictObject({ pk: z.string(), sk: z.string(), entity: z.literal("subscription"), record: subscriptionSchema });
type Item = z.infer<typeof itemSchema>;

type Action = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** What a transaction takes: up to a hundred changes are made all at once or not at all. */
const maxActions = 100;

/** The readers in the register's table; keys stand in dynamo-keys.ts. Nothing is sent before the first call. */
export function createDynamoSubscriptionStore(client: DynamoDBClient, tableName: string): SubscriptionStore {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return {
    load: (subscriptions) => withStoreErrors(tableName, "load the subscriptions into", () => load(subscriptions)),
    list: () =>
      withStoreErrors(tableName, "read the subscriptions of", async () => {
        const items = await queryPartition(documents, tableName, subscriptionsPartition);
        return items.map((item) => parseStored(itemSchema, item, tableName).record);
      }),
    get: (id) =>
      withStoreErrors(tableName, "read a subscription from", async () => {
        const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: subscriptionKey(id), ConsistentRead: true }));
        return Item && parseStored(itemSchema, Item, tableName).record;
      }),
  };

  async function load(subscriptions: readonly Subscription[]): Promise<LoadSummary> {
    const wanted = new Map(subscriptions.map((record) => [record.id, itemOf(record)]));
    const stored = new Map((await queryPartition(documents, tableName, subscriptionsPartition)).map((item) => [String(item["sk"]), item]));
    const known = (item: Item) => stored.get(item.sk);
    const items = [...wanted.values()];
    const added = items.filter((item) => known(item) === undefined);
    const changed = items.filter((item) => known(item) !== undefined && canonicalJson(known(item)) !== canonicalJson(item));
    const keys = new Set(items.map((item) => item.sk));
    const removed = [...stored.keys()].filter((sk) => !keys.has(sk));
    // Who left goes first: a load that breaks off sends somebody too little rather than too much.
    await write([
      ...removed.map((sk) => ({ Delete: { TableName: tableName, Key: { pk: subscriptionsPartition, sk } } })),
      ...[...changed, ...added].map((item) => ({ Put: { TableName: tableName, Item: item } })),
    ]);
    return {
      added: added.length,
      changed: changed.length,
      removed: removed.length,
      unchanged: items.length - added.length - changed.length,
    };
  }

  async function write(actions: readonly Action[]): Promise<void> {
    for (let first = 0; first < actions.length; first += maxActions) {
      await documents.send(new TransactWriteCommand({ TransactItems: actions.slice(first, first + maxActions) }));
    }
  }
}

function itemOf(record: Subscription): Item {
  return { ...subscriptionKey(record.id), entity: "subscription", record };
}
