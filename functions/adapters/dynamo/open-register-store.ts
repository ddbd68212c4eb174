import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import type { DeliveryLedger, RegisterStore, SubscriptionStore, SuppressionList } from "../../core/ports.ts";
import { createDynamoDeliveryLedger } from "./dynamo-delivery-ledger.ts";
import { createDynamoRegisterStore } from "./dynamo-register-store.ts";
import { createDynamoSubscriptionStore } from "./dynamo-subscription-store.ts";
import { createDynamoSuppressionList } from "./dynamo-suppression-list.ts";
import { ensureTable } from "./dynamo-table.ts";
import { startEmbeddedDynamo } from "./embedded-dynamo.ts";

/** Which database: a file served by the embedded one; an endpoint that somebody runs (the table is made there if it is missing);
 *  or whatever the AWS SDK's own settings name (the table must be there). The latter two take region and credentials from those settings. */
export type RegisterDatabase = { readonly dbPath: string } | { readonly endpoint: string } | "aws";

/** What lies in an office's table, and the connection to it. */
export interface OpenRegisterStore {
  readonly store: RegisterStore;
  readonly subscriptions: SubscriptionStore;
  readonly suppressions: SuppressionList;
  readonly ledger: DeliveryLedger;
  /** Ends the connection, and the embedded database with it. */
  close(): Promise<void>;
}

/** The embedded database checks neither, but the SDK signs every request. */
const embeddedAccount = { region: "us-east-1", credentials: { accessKeyId: "embedded", secretAccessKey: "embedded" } };

const timeouts = { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true };

/** Opens the register's database.
 *  @throws StoreError when it cannot be started, reached or given its table */
export async function openRegisterStore(database: RegisterDatabase, tableName: string): Promise<OpenRegisterStore> {
  if (database === "aws") return connect({}, tableName);
  if ("endpoint" in database) return connect({ endpoint: database.endpoint }, tableName, { ensure: true });
  const { endpoint, stop } = await startEmbeddedDynamo({ dbPath: database.dbPath });
  return connect({ endpoint, ...embeddedAccount }, tableName, { ensure: true, stop });
}

async function connect(
  config: DynamoDBClientConfig,
  tableName: string,
  { ensure = false, stop = async () => {} } = {},
): Promise<OpenRegisterStore> {
  const client = new DynamoDBClient({ requestHandler: timeouts, ...config });
  const close = async () => {
    client.destroy();
    await stop();
  };
  try {
    if (ensure) await ensureTable(client, tableName);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    store: createDynamoRegisterStore(client, tableName),
    subscriptions: createDynamoSubscriptionStore(client, tableName),
    suppressions: createDynamoSuppressionList(client, tableName),
    ledger: createDynamoDeliveryLedger(client, tableName),
    close,
  };
}
