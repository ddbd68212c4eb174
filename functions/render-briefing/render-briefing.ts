import { thawModel } from "../core/briefing/frozen-model.ts";
import { InputError } from "../core/errors.ts";
import type { BriefingArchive } from "../core/ports.ts";
import { type PrintBriefingDeps, printBriefing } from "./print-briefing.ts";

export interface RenderBriefingDeps extends PrintBriefingDeps {
  readonly archive: BriefingArchive;
}

/** What was published, and whether it had been before. */
export interface Rendered {
  readonly document: Uint8Array;
  readonly outcome: "issued" | "unchanged";
}

/** Prints a frozen model and publishes the document. What is published is not printed again, also not by another version of the program:
 *  its bytes could differ, and readers have the first.
 *  @param input keys in the archive; the document's is never overwritten
 *  @throws InputError when the model is missing, is none or is a draft; ContentError, MissingGlyphError, LayoutError, RenderError when it
 *  cannot be shown as it is; ArchiveConflictError */
export async function renderBriefing(
  { modelKey, documentKey }: { modelKey: string; documentKey: string },
  deps: RenderBriefingDeps,
  signal?: AbortSignal,
): Promise<Rendered> {
  const present = await deps.archive.get(documentKey);
  if (present) return { document: present, outcome: "unchanged" };
  const model = await deps.archive.get(modelKey);
  if (!model) throw new InputError([{ file: modelKey, message: "there is no frozen model under this key; plan the run first" }]);
  if (thawModel(model, modelKey).status === "draft") {
    throw new InputError([{ file: modelKey, field: "status", message: "a draft is not published; make the briefing without --draft" }]);
  }
  const document = await printBriefing(model, modelKey, deps, signal);
  const stored = await deps.archive.put(documentKey, document, "application/pdf");
  return { document, outcome: stored === "created" ? "issued" : "unchanged" };
}
