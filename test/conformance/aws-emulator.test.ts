import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { startAwsEmulator } from "../support/aws-emulator.ts";

const client = (endpoint: string) => ({ endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } });
let emulator: Awaited<ReturnType<typeof startAwsEmulator>>;

beforeAll(async () => {
  emulator = await startAwsEmulator();
}, 600_000);
afterAll(() => emulator?.stop());

describe("the emulator of AWS", () => {
  test("says what it is", () => {
    expect(emulator).toMatchObject({ name: "MiniStack", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  });

  test("is AWS to its clients: a table, a bucket", async () => {
    const dynamo = new DynamoDBClient(client(emulator.endpoint));
    await dynamo.send(
      new CreateTableCommand({
        TableName: "table",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      }),
    );
    const { Table } = await dynamo.send(new DescribeTableCommand({ TableName: "table" }));
    expect(Table?.TableArn).toBe("arn:aws:dynamodb:us-east-1:000000000000:table/table");
    const s3 = new S3Client({ ...client(emulator.endpoint), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: "bucket" }));
    expect((await s3.send(new ListBucketsCommand())).Buckets).toMatchObject([{ Name: "bucket" }]);
  });

  test("starts empty beside another, and is gone once stopped", async () => {
    const other = await startAwsEmulator();
    const s3 = new S3Client({ ...client(other.endpoint), forcePathStyle: true });
    expect((await s3.send(new ListBucketsCommand())).Buckets ?? []).toEqual([]);
    await other.stop();
    await expect(fetch(other.endpoint)).rejects.toThrow(/fetch failed/);
  });

  test("fails where there is no Python, and says what it needs", async () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv("PATH", "/nowhere");
    await expect(startAwsEmulator()).rejects.toThrow(/needs ministack.*Python 3\.11 or newer/);
  });
});
