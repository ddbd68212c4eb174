import { paginateListMapRuns, type SFNClient } from "@aws-sdk/client-sfn";
import { z } from "zod";
import { parseJson, readArchivedJson } from "../../functions/archived-json.ts";
import { renderOutputSchema } from "../../functions/contracts.ts";
import type { BriefingArchive } from "../../functions/core/ports.ts";
import { mapResultsPrefix } from "../constructs/workflow-definition.ts";

/** As Step Functions' ResultWriter writes them. */
const manifestSchema = z.object({ ResultFiles: z.object({ SUCCEEDED: z.array(z.object({ Key: z.string() })) }) });
const childrenSchema = z.array(z.object({ Output: z.string() }));

/** Where Step Functions wrote what came of each edition that an execution printed; a redriven execution has several.
 *  @returns the manifests' keys in the archive */
export async function findPrintManifests(client: SFNClient, executionArn: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { mapRuns = [] } of paginateListMapRuns({ client }, { executionArn })) {
    for (const { mapRunArn = "" } of mapRuns) {
      // …:mapRun:biaogan-prod-issue/RenderBriefings:ad9b5f27-090b-3ac6-9beb-243cd77144a7
      const [, id] = /:mapRun:[^/]+\/RenderBriefings:(.+)$/.exec(mapRunArn) ?? [];
      if (id !== undefined) keys.push(`${mapResultsPrefix}/${id}/manifest.json`);
    }
  }
  return keys;
}

/** @returns edition → SHA-256 of the document, as the function that printed it told
 *  @throws InputError when what lies there is not what Step Functions writes; StoreError */
export async function readPrintedHashes(archive: BriefingArchive, manifestKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  for (const manifestKey of manifestKeys) {
    const { ResultFiles } = await readArchivedJson(archive, manifestKey, manifestSchema);
    for (const { Key } of ResultFiles.SUCCEEDED) {
      for (const { Output } of await readArchivedJson(archive, Key, childrenSchema)) {
        const { edition, sha256 } = renderOutputSchema.parse(parseJson(Output));
        hashes.set(edition, sha256);
      }
    }
  }
  return hashes;
}
