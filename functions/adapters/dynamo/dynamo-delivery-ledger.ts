import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import { countDeliveries, type Delivery, type DeliveryKey, deliverySchema } from "../../core/delivery.ts";
import { type DeliveryEvent, type DeliveryMove, moveDelivery, pendingDelivery } from "../../core/delivery-moves.ts";
import type { DeliveryLedger } from "../../core/ports.ts";
import { withStoreErrors } from "./dynamo-errors.ts";
import { deliveriesOf, deliveryKey } from "./dynamo-keys.ts";
import { parseStored, queryPartition } from "./dynamo-records.ts";
import { type Change, changeVersioned, readVersioned, type Versioned } from "./dynamo-versioned.ts";

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

/** The ledger in the register's table; keys stand in dynamo-keys.ts. Nothing is sent before the first call. */
export function createDynamoDeliveryLedger(client: DynamoDBClient, tableName: string): DeliveryLedger {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const table = { documents, tableName };
  return {
    // A write whose answer is lost is sent again by the SDK and then refused by its own first go; what is read after that settles it.
    move: (key, event) =>
      withStoreErrors(tableName, `write a delivery (${event.type}) to`, () =>
        changeVersioned(table, deliveryKey(key), itemSchema, (seen) => decide(seen?.record ?? firstRow(key, event), event)),
      ),
    get: (key) =>
      withStoreErrors(tableName, "read a delivery from", async () => (await readVersioned(table, deliveryKey(key), itemSchema))?.record),
    ofRun: (run) =>
      withStoreErrors(tableName, "read deliveries from", async () => {
        const items = await queryPartition(documents, tableName, deliveriesOf(run).pk);
        const deliveries = items.map((item) => parseStored(itemSchema, item, tableName).record);
        return { deliveries, counts: countDeliveries(deliveries) };
      }),
  };
}

type Answer = DeliveryMove | { readonly outcome: "absent" };

function decide(delivery: Delivery | undefined, event: DeliveryEvent): Change<Omit<Item, keyof Versioned>, Answer> {
  if (!delivery) return { next: undefined, answer: { outcome: "absent" } };
  const answer = moveDelivery(delivery, event);
  return { next: answer.outcome === "moved" ? { entity: "delivery", record: answer.delivery } : undefined, answer };
}

function firstRow(key: DeliveryKey, event: DeliveryEvent): Delivery | undefined {
  return event.type === "claim" || event.type === "declined" ? pendingDelivery(key, event.at) : undefined;
}
