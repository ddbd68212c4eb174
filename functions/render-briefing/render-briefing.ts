import { thawModel } from "../core/briefing/frozen-model.ts";
import { InputError } from "../core/errors.ts";
import type { BriefingArchive } from "../core/ports.ts";
import { type PrintBriefingDeps, printBriefing } from "./print-briefing.ts";

export interface RenderBriefingDeps extends PrintBriefingDeps {
  readonly archive: BriefingArchive;
}

/** Prints a frozen model and publishes the document.
 *  @param input keys in the archive; the document's is never overwritten
 *  @returns the document's bytes
 *  @throws InputError when the model is missing, is none or is a draft; ContentError, MissingGlyphError, LayoutError, RenderError when it
 *  cannot be shown as it is; ArchiveConflictError */
export async function renderBriefing(
  { modelKey, documentKey }: { modelKey: string; documentKey: string },
  deps: RenderBriefingDeps,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const model = await deps.archive.get(modelKey);
  if (!model) throw new InputError([{ file: modelKey, message: "there is no frozen model under this key; plan the run first" }]);
  if (thawModel(model, modelKey).status === "draft") {
    throw new InputError([{ file: modelKey, field: "status", message: "a draft is not published; make the briefing without --draft" }]);
  }
  const document = await printBriefing(model, modelKey, deps, signal);
  await deps.archive.put(documentKey, document, "application/pdf");
  return document;
}
