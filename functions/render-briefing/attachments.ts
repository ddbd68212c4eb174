import type { Briefing } from "../core/briefing/briefing.ts";
import type { Attachment, ProgramIdentity } from "../core/ports.ts";
import { writeObservationsCsv } from "./observations-csv.ts";

/** The name under which a document carries its model; `brief --from` looks for it. */
export const modelAttachment = "briefing.json";

/** The files that travel in the document: its model, its figures, and what both were made from and printed with.
 *  @param model the frozen model's bytes, carried unchanged
 *  @param digest SHA-256, 64 hexadecimal digits */
export function makeAttachments(
  briefing: Briefing,
  model: Uint8Array,
  program: ProgramIdentity,
  digest: (content: Uint8Array) => string,
): Attachment[] {
  const figures = writeObservationsCsv(briefing);
  const manifest = {
    schema: "biaogan.manifest/1",
    run: briefing.run,
    edition: briefing.edition,
    asOf: briefing.asOf,
    inputs: briefing.inputs,
    files: [
      { name: modelAttachment, sha256: digest(model) },
      { name: "observations.csv", sha256: digest(figures) },
    ],
    printedBy: { name: "biaogan", ...program },
  };
  return [
    {
      name: modelAttachment,
      mediaType: "application/json",
      description: "The briefing as data: every verdict with its grounds",
      relationship: "Source",
      content: model,
    },
    {
      name: "observations.csv",
      mediaType: "text/csv",
      description: "The figures behind it, with their sources",
      relationship: "Data",
      content: figures,
    },
    {
      name: "manifest.json",
      mediaType: "application/json",
      description: "Hashes of what it was made from and printed with",
      relationship: "Supplement",
      content: new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`),
    },
  ];
}
