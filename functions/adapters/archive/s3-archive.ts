import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { ArchiveConflictError, StoreError } from "../../core/errors.ts";
import type { BriefingArchive } from "../../core/ports.ts";
import { checkArchiveKey, checkArchivePrefix } from "./archive-keys.ts";

/** S3 answers 409 while another write of the same key is under way: 100, 200, 400 and 800 ms are waited for it. */
const putAttempts = 5;
const firstWaitMs = 100;

/** The archive in an S3 bucket (or in what speaks S3 and honours `If-None-Match: *` on PutObject).
 *  A `put` whose answer was lost is sent again by the SDK, and then says `unchanged` of what it has itself created. */
export function createS3Archive(client: S3Client, bucket: string): BriefingArchive {
  return {
    put: (key, content, contentType) => {
      const put = () => putOnce(client, bucket, key, content, contentType);
      return withKey(key, "put", put);
    },
    get: (key) => withKey(key, "get", () => get(client, bucket, key)),
    list: async (prefix) => {
      checkArchivePrefix(prefix);
      return withS3Errors(`list ${prefix} in ${bucket}`, () => list(client, bucket, prefix));
    },
  };

  async function withKey<T>(key: string, action: string, work: () => Promise<T>): Promise<T> {
    checkArchiveKey(key);
    return withS3Errors(`${action} ${key} in ${bucket}`, work);
  }
}

async function putOnce(
  client: S3Client,
  bucket: string,
  key: string,
  content: Uint8Array,
  contentType: string,
): Promise<"created" | "unchanged"> {
  const checksum = createHash("sha256").update(content).digest("base64");
  const command = { Bucket: bucket, Key: key, Body: content, ContentType: contentType, ChecksumSHA256: checksum, IfNoneMatch: "*" };
  for (let attempt = 1; ; attempt++) {
    const refusal = await refusalOf(() => client.send(new PutObjectCommand(command)));
    if (!refusal) return "created";
    const present = refusal.status === 412 ? await get(client, bucket, key) : undefined;
    if (present) return compare(key, present, content, refusal.error);
    if (attempt === putAttempts) throw refusal.error;
    await wait(firstWaitMs * 2 ** (attempt - 1));
  }
}

/** @returns why a conditional write was not done: the key is taken (412) or being written (409); undefined when it was done
 *  @throws whatever else went wrong */
async function refusalOf(write: () => Promise<unknown>): Promise<{ status: number; error: unknown } | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    const status = statusOf(error);
    if (status === 412 || status === 409) return { status, error };
    throw error;
  }
}

function compare(key: string, present: Uint8Array, content: Uint8Array, cause: unknown): "unchanged" {
  if (Buffer.compare(present, content) !== 0) throw new ArchiveConflictError(key, { cause });
  return "unchanged";
}

async function get(client: S3Client, bucket: string, key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (error instanceof Error && error.name === "NoSuchKey") return undefined;
    throw error;
  }
}

async function list(client: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
  }
  // S3 sorts by UTF-8 bytes, the folder archive by UTF-16 units: both give the latter.
  return keys.toSorted();
}

const adviceByError: Record<string, string> = {
  NoSuchBucket: "the bucket does not exist; deploy the storage stack or correct its name",
  AccessDenied:
    "grant this role s3:GetObject and s3:PutObject on the bucket's objects and s3:ListBucket on the bucket (without that, a missing object is refused, too)",
  CredentialsProviderError: "no AWS credentials were found; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  ExpiredToken: "the credentials have expired; sign in again",
  ECONNREFUSED: "nothing listens there; check AWS_ENDPOINT_URL_S3",
  ENOTFOUND: "the endpoint's name is unknown; check the region, AWS_ENDPOINT_URL_S3 and the network",
};

async function withS3Errors<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof Error) || cause instanceof ArchiveConflictError) throw cause;
    const code = "code" in cause ? String(cause.code) : "";
    const advice = adviceByError[cause.name] ?? adviceByError[code] ?? "try again";
    throw new StoreError(`the archive could not ${action}: ${cause.name}: ${cause.message || code}; ${advice}`, { cause });
  }
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("$metadata" in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return undefined;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
}
