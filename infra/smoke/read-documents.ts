import { HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { sha256 } from "../../functions/adapters/content-hash.ts";
import { withPdf } from "../../functions/adapters/pdf/open-pdf.ts";
import { readArchivedJson } from "../../functions/archived-json.ts";
import { renderItemSchema } from "../../functions/contracts.ts";
import type { RunId } from "../../functions/core/briefing-keys.ts";
import type { BriefingArchive, RunStore } from "../../functions/core/ports.ts";
import { SmokeFailure } from "./smoke-step.ts";

export interface DocumentSources {
  readonly runs: RunStore;
  readonly archive: BriefingArchive;
  readonly s3: S3Client;
  readonly bucketName: string;
}

const lookAtLog = 'look at the log of render-briefing and at the run\'s record; infra/RUNBOOK.md, "Editions were not issued"';

/** Fetches every document of a run: each must be a PDF with pages, and the bytes those that were printed and published.
 *  @param printed edition → SHA-256, as the function that printed it told
 *  @throws SmokeFailure naming the edition and what is wrong with it */
export async function readDocuments(run: RunId, printed: ReadonlyMap<string, string>, sources: DocumentSources): Promise<string> {
  const record = await sources.runs.get(run);
  if (record?.state !== "issued" || record.issued !== record.planned) {
    throw new SmokeFailure(
      `the run's record says ${record?.state ?? "nothing"}: ${record?.issued ?? 0} of ${record?.planned ?? 0} issued`,
      lookAtLog,
    );
  }
  const items = await readArchivedJson(sources.archive, record.renderItems, z.array(renderItemSchema));
  const found: string[] = [];
  for (const { edition, documentKey } of items) {
    const told = await readDocument(documentKey, printed.get(edition), sources);
    found.push(`${edition}: ${told}`);
  }
  return found.join("; ");
}

async function readDocument(key: string, printedHash: string | undefined, { archive, s3, bucketName }: DocumentSources): Promise<string> {
  const document = await archive.get(key);
  if (!document) throw new SmokeFailure(`${key} is not in the bucket`, lookAtLog);
  if (Buffer.from(document.subarray(0, 5)).toString("latin1") !== "%PDF-") throw new SmokeFailure(`${key} is no PDF`, lookAtLog);
  const pages = await withPdf(document, async (reader) => reader.numPages);
  if (pages < 1) throw new SmokeFailure(`${key} has no page`, lookAtLog);
  const hash = sha256(document);
  // S3's own, which it worked out when the document was published.
  const { ChecksumSHA256 = "" } = await s3.send(new HeadObjectCommand({ Bucket: bucketName, Key: key, ChecksumMode: "ENABLED" }));
  const published = Buffer.from(ChecksumSHA256, "base64").toString("hex");
  for (const [who, told] of Object.entries({ "the function that printed it": printedHash, S3: published })) {
    if (told !== hash) throw new SmokeFailure(`${key} has the SHA-256 ${hash}, and ${who} says ${told || "none"}`, lookAtLog);
  }
  return `${pages} ${pages === 1 ? "page" : "pages"}, ${Math.ceil(document.byteLength / 1024)} KB, SHA-256 ${hash.slice(0, 12)}…`;
}
