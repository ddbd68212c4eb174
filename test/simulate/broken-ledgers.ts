import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { createDynamoDeliveryLedger } from "../../functions/adapters/dynamo/dynamo-delivery-ledger.ts";
import { withStoreErrors } from "../../functions/adapters/dynamo/dynamo-errors.ts";
import { deliveryKey } from "../../functions/adapters/dynamo/dynamo-keys.ts";
import type { Delivery, DeliveryKey } from "../../functions/core/delivery.ts";
import { type DeliveryEvent, moveDelivery, pendingDelivery } from "../../functions/core/delivery-moves.ts";
import type { MakeLedger } from "./world.ts";

/* Ledgers as one might write them. Each looks right as long as nothing goes wrong, and the simulation must catch every one. */

/** Looks, decides, and writes without the condition that the row is still as it was seen. */
export const writesWithoutCondition: MakeLedger = (client, tableName) => {
  const ledger = createDynamoDeliveryLedger(client, tableName);
  return {
    ...ledger,
    move: async (key, event) => {
      const row = (await ledger.get(key)) ?? firstRow(key, event);
      if (!row) return { outcome: "absent" };
      const next = moveDelivery(row, event);
      if (next.outcome === "moved") await overwrite(client, tableName, next.delivery);
      return next;
    },
  };
};

/** Takes a delivery of which nobody knows the end for one that failed. */
export const resendsUnknown: MakeLedger = (client, tableName) => {
  const ledger = createDynamoDeliveryLedger(client, tableName);
  const free = (row: Delivery | undefined): Delivery | undefined => row && (row.state === "UNKNOWN" ? { ...row, state: "PENDING" } : row);
  return {
    ...ledger,
    get: async (key) => free(await ledger.get(key)),
    move: async (key, event) => {
      const row = event.type === "claim" ? await ledger.get(key) : undefined;
      if (row?.state === "UNKNOWN") await overwrite(client, tableName, { ...row, state: "PENDING" });
      return ledger.move(key, event);
    },
  };
};

const ttlMs = 7 * 24 * 3_600_000;

/** Lets rows go after a week, as a table with a TTL does. */
export const forgetsAfterAWeek: MakeLedger = (client, tableName, now) => {
  const ledger = createDynamoDeliveryLedger(client, tableName);
  const isGone = ({ changedAt }: Delivery) => Date.parse(now()) - Date.parse(changedAt) > ttlMs;
  const get = async (key: DeliveryKey) => {
    const row = await ledger.get(key);
    return row && isGone(row) ? undefined : row;
  };
  return {
    ...ledger,
    get,
    move: async (key, event) => {
      const row = await ledger.get(key);
      if (!row || !isGone(row)) return ledger.move(key, event);
      const first = firstRow(key, event);
      if (!first) return { outcome: "absent" };
      await overwrite(client, tableName, first);
      return ledger.move(key, event);
    },
  };
};

/** Calls a mail sent when somebody is about to send it: then no worker's death leaves it open. */
export const recordsBeforeSending: MakeLedger = (client, tableName) => {
  const ledger = createDynamoDeliveryLedger(client, tableName);
  return {
    ...ledger,
    move: async (key, event) => {
      const next = await ledger.move(key, event);
      if (event.type === "claim" && next.outcome === "moved") await overwrite(client, tableName, { ...next.delivery, state: "ACCEPTED" });
      return next;
    },
  };
};

function firstRow(key: DeliveryKey, event: DeliveryEvent): Delivery | undefined {
  return event.type === "claim" || event.type === "declined" ? pendingDelivery(key, event.at) : undefined;
}

async function overwrite(client: DynamoDBClient, tableName: string, record: Delivery): Promise<void> {
  const item = { ...deliveryKey(record), entity: "delivery", version: 1, record };
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  await withStoreErrors(tableName, "overwrite a delivery in", () => documents.send(new PutCommand({ TableName: tableName, Item: item })));
}
