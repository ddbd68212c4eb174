import { CreateBucketCommand, HeadObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createS3Archive } from "../../functions/adapters/archive/s3-archive.ts";
import { ArchiveConflictError, StoreError } from "../../functions/core/errors.ts";
import { describeArchiveContract } from "../support/archive-contract.ts";
import { type Fault, type FaultProxy, startFaultProxy } from "../support/fault-proxy.ts";
import { type ForeignServer, startS3Server } from "./foreign-servers.ts";

const account = { accessKeyId: "conformance", secretAccessKey: "conformance-secret" };
let server: ForeignServer;
let proxy: FaultProxy;
let client: S3Client;

beforeAll(async () => {
  server = await startS3Server(account);
  proxy = await startFaultProxy(server.endpoint);
  client = connect();
}, 600_000);
afterAll(async () => {
  client?.destroy();
  proxy?.close();
  await server?.stop();
});

function connect(endpoint = proxy.endpoint, maxAttempts = 3): S3Client {
  return new S3Client({ endpoint, maxAttempts, region: "us-east-1", credentials: account, forcePathStyle: true });
}

/** Answers the first writes by these faults and lets all others through. */
function failFirstWrites(...faults: Fault[]): void {
  onTestFinished(() => {
    proxy.intercept = () => undefined;
  });
  proxy.intercept = (operation) => (operation === "PUT" ? faults.shift() : undefined);
}

const underWay = {
  status: 409,
  body: "<Error><Code>ConditionalRequestConflict</Code><Message>another write is under way</Message></Error>",
};
const taken = { status: 412, body: "<Error><Code>PreconditionFailed</Code><Message>there is one</Message></Error>" };
const content = new Uint8Array([1]);

async function makeBucket(name: string): Promise<string> {
  await client.send(new CreateBucketCommand({ Bucket: name }));
  return name;
}

describeArchiveContract("an S3 bucket", async () => {
  const bucket = await makeBucket("contract");
  return {
    archive: createS3Archive(client, bucket),
    everythingStored: async () => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
      return [...Contents, ...Uploads].map(({ Key = "" }) => Key).toSorted();
    },
    close: async () => {},
  };
});

describe("the archive in S3", () => {
  test("keeps the content type and S3's own SHA-256 of the bytes", async () => {
    const bucket = await makeBucket("metadata");
    await createS3Archive(client, bucket).put("a.pdf", new TextEncoder().encode("abc"), "application/pdf");
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: "a.pdf", ChecksumMode: "ENABLED" }));
    expect(head.ContentType).toBe("application/pdf");
    expect(head.ChecksumSHA256).toBe("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  });

  test("lists more keys than one answer of S3 holds", async () => {
    const archive = createS3Archive(client, await makeBucket("pages"));
    const keys = Array.from({ length: 1_050 }, (_, index) => `k/${String(index).padStart(4, "0")}`);
    for (let start = 0; start < keys.length; start += 50) {
      await Promise.all(keys.slice(start, start + 50).map((key) => archive.put(key, content, "text/plain")));
    }
    expect(await archive.list("k/")).toEqual(keys);
    expect(await archive.list("k/00")).toHaveLength(100);
  }, 60_000);

  test("holds to the first content between two programs' clients, too", async () => {
    const bucket = await makeBucket("two-clients");
    const other = connect();
    await createS3Archive(client, bucket).put("a", content, "text/plain");
    expect(await createS3Archive(other, bucket).put("a", content, "text/plain")).toBe("unchanged");
    await expect(createS3Archive(other, bucket).put("a", new Uint8Array([2]), "text/plain")).rejects.toThrow(ArchiveConflictError);
    other.destroy();
  });

  test("writes again when S3 says that another write of the key is under way, and not for ever", async () => {
    const archive = createS3Archive(client, await makeBucket("under-way"));
    failFirstWrites(underWay, underWay);
    expect(await archive.put("a", content, "text/plain")).toBe("created");
    failFirstWrites(...Array.from({ length: 5 }, () => underWay));
    await expect(archive.put("b", content, "text/plain")).rejects.toThrow(/ConditionalRequestConflict/);
    expect(await archive.list("")).toEqual(["a"]);
  });

  test("writes again when the object that was in the way is gone on looking", async () => {
    const archive = createS3Archive(client, await makeBucket("gone"));
    failFirstWrites(taken);
    expect(await archive.put("a", content, "text/plain")).toBe("created");
  });

  test("publishes once when the answer gets lost, and says that it is there", async () => {
    const archive = createS3Archive(client, await makeBucket("lost"));
    failFirstWrites("lose the answer");
    expect(await archive.put("a", content, "text/plain")).toBe("unchanged");
    expect(await archive.get("a")).toEqual(content);
  });

  test("a missing bucket, and an endpoint that does not answer, are told apart and say what to do", async () => {
    await expect(createS3Archive(client, "nowhere").put("a", content, "text/plain")).rejects.toThrow(
      /could not put a in nowhere: NoSuchBucket/,
    );
    await expect(createS3Archive(client, "nowhere").list("")).rejects.toThrow(StoreError);
    const dead = connect("http://127.0.0.1:9", 1);
    await expect(createS3Archive(dead, "bucket").get("a")).rejects.toThrow(/nothing listens there|endpoint's name is unknown/);
  });
});
