import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import { countDeliveries, type Delivery, type DeliveryKey, deliverySchema } from "../../core/delivery.ts";
import { type DeliveryEvent, type DeliveryMove, moveDelivery, pendingDelivery } from "../../core/delivery-moves.ts";
import { StoreError } from "../../core/errors.ts";
import type { DeliveryLedger } from "../../core/ports.ts";
import { withStoreErrors } from "./dynamo-errors.ts";
import { deliveriesOf, deliveryKey } from "./dynamo-keys.ts";
import { parseStored, queryPartition } from "./dynamo-records.ts";

/** No attribute of it is the table's TTL: a row that goes would let its mail be sent again. */
const itemSchema = z.strictObject({
  pk: z.string(),
  sk: z.string(),
  entity: z.literal("delivery"),
  /** Counts the writes. Each is done only over the version that was read. */
  version: z.int().positive(),
  record: deliverySchema,
});
type Item = z.infer<typeof itemSchema>;

/** A write that is overtaken reads again at once. Whatever overtook it moved the row, and a row seldom moves more than six times in its life. */
const maxAttempts = 30;

/** The ledger in the register's table; keys stand in dynamo-keys.ts. Nothing is sent before the first call. */
export function createDynamoDeliveryLedger(client: DynamoDBClient, tableName: string): DeliveryLedger {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return {
    move: (key, event) => withStoreErrors(tableName, `write a delivery (${event.type}) to`, () => move(key, event)),
    get: (key) => withStoreErrors(tableName, "read a delivery from", async () => (await read(key))?.record),
    ofRun: (run) =>
      withStoreErrors(tableName, "read deliveries from", async () => {
        const items = await queryPartition(documents, tableName, deliveriesOf(run).pk);
        const deliveries = items.map((item) => parseStored(itemSchema, item, tableName).record);
        return { deliveries, counts: countDeliveries(deliveries) };
      }),
  };

  async function move(key: DeliveryKey, event: DeliveryEvent): Promise<DeliveryMove | { readonly outcome: "absent" }> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const seen = await read(key);
      const delivery = seen?.record ?? firstRow(key, event);
      if (!delivery) return { outcome: "absent" };
      const next = moveDelivery(delivery, event);
      // A write whose answer is lost is sent again by the SDK and then refused by its own first go; what is read after that settles it.
      if (next.outcome !== "moved" || (await replace(key, seen, next.delivery))) return next;
    }
    throw new StoreError(`the delivery is being changed by others without end (${maxAttempts} attempts)`);
  }

  async function read(key: DeliveryKey): Promise<Item | undefined> {
    const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: deliveryKey(key), ConsistentRead: true }));
    return Item && parseStored(itemSchema, Item, tableName);
  }

  /** @returns whether it was written: false when the row is no longer as it was seen */
  async function replace(key: DeliveryKey, seen: Item | undefined, record: Delivery): Promise<boolean> {
    const item: Item = { ...deliveryKey(key), entity: "delivery", version: (seen?.version ?? 0) + 1, record };
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
}

function firstRow(key: DeliveryKey, event: DeliveryEvent): Delivery | undefined {
  return event.type === "claim" || event.type === "declined" ? pendingDelivery(key, event.at) : undefined;
}
