import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import { StoreError } from "../../core/errors.ts";
import { withStoreErrors } from "./dynamo-errors.ts";

/** The table as every stage has it; infra builds its construct from the same constant. Both keys are strings.
 *  @public */
export const tableDefinition = { partitionKey: "pk", sortKey: "sk", billingMode: "PAY_PER_REQUEST" } as const;

const createTimeoutSeconds = 30;

/** Creates the table where it is missing and waits until it can be used. For embedded and local endpoints; in the cloud the stack makes it.
 *  @throws StoreError when the endpoint does not answer or has a table of that name with other keys */
export async function ensureTable(client: DynamoDBClient, tableName: string): Promise<void> {
  await withStoreErrors(tableName, "create", async () => {
    const keys = (await describeKeys(client, tableName)) ?? (await createTable(client, tableName));
    const wanted = `${tableDefinition.partitionKey} HASH, ${tableDefinition.sortKey} RANGE`;
    if (keys !== wanted) {
      throw new StoreError(`table ${tableName} has the keys ${keys}, not ${wanted}; it is not biaogan's: choose another table name`);
    }
  });
}

async function createTable(client: DynamoDBClient, tableName: string): Promise<string | undefined> {
  const { partitionKey, sortKey, billingMode } = tableDefinition;
  try {
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: billingMode,
        KeySchema: [
          { AttributeName: partitionKey, KeyType: "HASH" },
          { AttributeName: sortKey, KeyType: "RANGE" },
        ],
        AttributeDefinitions: [
          { AttributeName: partitionKey, AttributeType: "S" },
          { AttributeName: sortKey, AttributeType: "S" },
        ],
      }),
    );
  } catch (error) {
    // Somebody else is creating it at this moment: wait for theirs.
    if (!(error instanceof Error && error.name === "ResourceInUseException")) throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: createTimeoutSeconds, minDelay: 1, maxDelay: 2 }, { TableName: tableName });
  return describeKeys(client, tableName);
}

async function describeKeys(client: DynamoDBClient, tableName: string): Promise<string | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    return (Table?.KeySchema ?? []).map((key) => `${key.AttributeName} ${key.KeyType}`).join(", ");
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}
