import { join } from "node:path";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import { accessPatterns, partitions, subscriptionsPartition } from "../../functions/adapters/dynamo/dynamo-keys.ts";
import { queryPartition } from "../../functions/adapters/dynamo/dynamo-records.ts";
import { createDynamoRegisterStore } from "../../functions/adapters/dynamo/dynamo-register-store.ts";
import { createDynamoSubscriptionStore } from "../../functions/adapters/dynamo/dynamo-subscription-store.ts";
import { createDynamoSuppressionList } from "../../functions/adapters/dynamo/dynamo-suppression-list.ts";
import { readOfficeFolder } from "../../functions/adapters/office-folder/office-folder.ts";
import { SmokeFailure } from "./smoke-step.ts";

const sampleDir = join(import.meta.dirname, "sample-office");
/** The sample's own, in office.yaml. */
export const sampleOffice = "smoke-town";

const officeSchema = z.object({ record: z.object({ id: z.string() }) });

/** Puts the sample office and its three readers into the table.
 *  @throws SmokeFailure when anybody else's register or readers are there: they are never touched */
export async function loadSample(client: DynamoDBClient, tableName: string): Promise<string> {
  const folder = await readOfficeFolder(sampleDir);
  await refuseOthers(client, tableName, new Set(folder.subscriptions.map(({ id }) => id)));
  await clearSuppressions(client, tableName, folder.subscriptions);
  await createDynamoRegisterStore(client, tableName).load(folder);
  await createDynamoSubscriptionStore(client, tableName).load(folder.subscriptions);
  return `${folder.commitments.length} commitments, ${folder.subscriptions.length} readers at SES's simulator`;
}

/** Takes the sample out again, so that no schedule finds it and reports on it: the table then holds no register, as before. What the run left of
 *  itself (its record, the ledger) stays.
 *  @returns whether there was anything to take out
 *  @throws SmokeFailure when the register is not the sample any more */
export async function unloadSample(client: DynamoDBClient, tableName: string): Promise<boolean> {
  const documents = DynamoDBDocumentClient.from(client);
  const folder = await readOfficeFolder(sampleDir);
  await refuseOthers(client, tableName, new Set(folder.subscriptions.map(({ id }) => id)));
  const rows: Record<string, unknown>[] = [];
  for (const pk of [...Object.values(partitions), subscriptionsPartition]) rows.push(...(await queryPartition(documents, tableName, pk)));
  const isOffice = ({ sk }: Record<string, unknown>) => sk === accessPatterns.office().sk;
  // The office last: should this break off, the next smoke test still sees whose rows they are.
  for (const { pk, sk } of [...rows.filter((row) => !isOffice(row)), ...rows.filter(isOffice)]) {
    await documents.send(new DeleteCommand({ TableName: tableName, Key: { pk, sk } }));
  }
  await clearSuppressions(client, tableName, folder.subscriptions);
  return rows.length > 0;
}

/** The simulator's bounce and complaint suppress its addresses, as a reader's would: without this, the next smoke test would send them nothing. */
async function clearSuppressions(
  client: DynamoDBClient,
  tableName: string,
  readers: readonly { readonly address: string }[],
): Promise<void> {
  const list = createDynamoSuppressionList(client, tableName);
  for (const { address } of readers) await list.clear(address, new Date().toISOString());
}

async function refuseOthers(client: DynamoDBClient, tableName: string, ownReaders: ReadonlySet<string>): Promise<void> {
  const documents = DynamoDBDocumentClient.from(client);
  const get = async (Key: object) =>
    (await documents.send(new GetCommand({ TableName: tableName, Key: { ...Key }, ConsistentRead: true }))).Item;
  const [head, office] = [await get(accessPatterns.head()), await get(accessPatterns.office())];
  const id = office && officeSchema.parse(office).record.id;
  const advice = "deploy a stage of its own for it (npx cdk deploy --all -c stage=smoke …), then npm run smoke -- --stage smoke";
  if (id !== undefined && id !== sampleOffice)
    throw new SmokeFailure(`the table ${tableName} holds the register of ${id}, which is not touched`, advice);
  if (head && id === undefined)
    throw new SmokeFailure(`the table ${tableName} is being loaded, or a load broke off; it is not touched`, advice);
  const readers = (await queryPartition(documents, tableName, subscriptionsPartition)).filter(({ sk }) => !ownReaders.has(String(sk)));
  if (readers.length > 0)
    throw new SmokeFailure(`the table ${tableName} holds ${readers.length} readers of somebody else, who are not touched`, advice);
}
