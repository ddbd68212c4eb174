import type { Briefing } from "../core/briefing/briefing.ts";
import { thawModel } from "../core/briefing/frozen-model.ts";
import { editionKeys, parseRunName } from "../core/briefing-keys.ts";
import { InputError } from "../core/errors.ts";
import type { BriefingArchive } from "../core/ports.ts";

/** Reads the issue that a correction takes the place of, as it was frozen.
 *  @returns undefined when the issue supersedes none; `unreadable` when the earlier one's model is gone or is that of another version of the
 *  program, which does not keep the correction from its readers */
export async function readPrevious(
  archive: Pick<BriefingArchive, "get">,
  { office, supersedes, edition }: Briefing,
): Promise<Briefing | "unreadable" | undefined> {
  if (!supersedes) return undefined;
  const { model } = editionKeys(office.id, parseRunName(supersedes.run), edition);
  const bytes = await archive.get(model);
  if (!bytes) return "unreadable";
  try {
    return thawModel(bytes, model);
  } catch (error) {
    if (error instanceof InputError) return "unreadable";
    throw error;
  }
}
