import { setTimeout as wait } from "node:timers/promises";
import { type DynamoDBDocumentClient, TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { StoreError } from "../../core/errors.ts";
import { canonicalJson } from "../content-hash.ts";
import type { Head, RegisterItem } from "./dynamo-items.ts";
import { accessPatterns, type ItemKey } from "./dynamo-keys.ts";

/** One change of the table: an item as it is to be, or the key of one that is to go. */
export type Write = { readonly put: RegisterItem } | { readonly remove: ItemKey };

/** Where and in whose name the changes are made. */
export interface Fence {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  /** The load whose id must stand in the head for a write to be let through. */
  readonly load: string;
}

type Action = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** A transaction takes 100 actions and 4 MB; one action is the check of the head, and the quarter left free is for what JSON does not count. */
const maxWritesPerTransaction = 99;
const maxBytesPerTransaction = 3_000_000;
/** Waits 50, 100, 200, 400 and 800 ms: 1.5 s in all, longer than any transaction of another load lasts. */
const maxAttempts = 6;
const firstWaitMs = 50;

/** Makes the changes in transactions, one after the other. Each checks in the same stroke that this load is still the table's newest, which
 *  a plain BatchWriteItem cannot: a load that was overtaken stops at once instead of writing into its successor's register.
 *  @throws StoreError when another load has taken over or the table stays too busy; what was written stays, and the head says "loading" */
export async function writeFenced(fence: Fence, writes: readonly Write[]): Promise<void> {
  for (const batch of batchesOf(writes)) {
    await transact(fence, [headCheck(fence), ...batch.map((write) => actionOf(write, fence.tableName))]);
  }
}

/** Ends a load: from here on readers take the table's content for a register. */
export async function writeCompleteHead(fence: Fence, head: Head): Promise<void> {
  await transact(fence, [{ Put: { TableName: fence.tableName, Item: head, ...stillOurs(fence) } }]);
}

async function transact(fence: Fence, actions: Action[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await fence.client.send(new TransactWriteCommand({ TransactItems: actions }));
      return;
    } catch (error) {
      const reasons = cancellationReasons(error);
      if (reasons.includes("ConditionalCheckFailed")) throw overtaken(fence.tableName, error);
      if (attempt === maxAttempts || !reasons.some((reason) => transientReasons.has(reason))) throw error;
      await wait(firstWaitMs * 2 ** (attempt - 1));
    }
  }
}

const transientReasons = new Set([
  "TransactionConflict",
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
  "TransactionInProgressException",
]);

function cancellationReasons(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  if (!("CancellationReasons" in error) || !Array.isArray(error.CancellationReasons)) return [error.name];
  return error.CancellationReasons.flatMap((reason: unknown) =>
    typeof reason === "object" && reason !== null && "Code" in reason ? [String(reason.Code)] : [],
  );
}

function overtaken(tableName: string, cause: unknown): StoreError {
  return new StoreError(`another load of table ${tableName} began while this one ran, and goes on; wait for it, then load again`, {
    cause,
  });
}

function headCheck(fence: Fence): Action {
  return { ConditionCheck: { TableName: fence.tableName, Key: accessPatterns.head(), ...stillOurs(fence) } };
}

function stillOurs({ load }: Fence) {
  return {
    ConditionExpression: "#load = :load",
    ExpressionAttributeNames: { "#load": "load" },
    ExpressionAttributeValues: { ":load": load },
  };
}

function actionOf(write: Write, tableName: string): Action {
  if ("put" in write) return { Put: { TableName: tableName, Item: write.put } };
  return { Delete: { TableName: tableName, Key: { pk: write.remove.pk, sk: write.remove.sk } } };
}

function batchesOf(writes: readonly Write[]): Write[][] {
  const batches: Write[][] = [];
  let bytes = 0;
  for (const write of writes) {
    const size = Buffer.byteLength(canonicalJson(write));
    const last = batches.at(-1);
    if (last && last.length < maxWritesPerTransaction && bytes + size <= maxBytesPerTransaction) {
      last.push(write);
      bytes += size;
    } else {
      batches.push([write]);
      bytes = size;
    }
  }
  return batches;
}
