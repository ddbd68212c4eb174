import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { ensureTable } from "../../functions/adapters/dynamo/dynamo-table.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";

export interface DynamoServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** A new table for each test, at a real server behind a proxy that can break the line. */
export interface TableUnderTest {
  readonly client: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly proxy: FaultProxy;
}

const account = { region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };

/** Called inside `describe`; what it returns is filled in before each test.
 *  @param start gives the endpoint; called once */
export function useTable(start: () => Promise<DynamoServer>): TableUnderTest {
  let server: DynamoServer | undefined;
  const table = {} as { -readonly [K in keyof TableUnderTest]: TableUnderTest[K] };
  beforeAll(async () => {
    server = await start();
    table.proxy = await startFaultProxy(server.endpoint);
    table.client = new DynamoDBClient({ endpoint: table.proxy.endpoint, ...account });
    table.documents = DynamoDBDocumentClient.from(table.client);
  }, 120_000);
  beforeEach(async () => {
    table.tableName = `table-${randomUUID()}`;
    await ensureTable(table.client, table.tableName);
    table.proxy.asked.length = 0;
  });
  afterEach(() => {
    table.proxy.intercept = () => undefined;
  });
  afterAll(async () => {
    table.client?.destroy();
    table.proxy?.close();
    await server?.stop();
  });
  return table;
}
