import { type Briefing, briefingSchema } from "../core/briefing.ts";
import { InputError } from "../core/errors.ts";
import type { Locale } from "../core/local-text.ts";
import type { BriefingArchive, DocumentRenderer } from "../core/ports.ts";
import { presentBriefing } from "./present-briefing.ts";

export interface RenderBriefingDeps {
  readonly archive: BriefingArchive;
  readonly renderer: DocumentRenderer;
  readonly templates: { render(name: string, view: object, locale: Locale): string };
}

/** Prints a frozen model and publishes the document.
 *  @param input keys in the archive; the document's is never overwritten
 *  @returns the document's bytes
 *  @throws InputError when the model is missing or is none; MissingGlyphError, RenderError, ArchiveConflictError */
export async function renderBriefing(
  input: { modelKey: string; documentKey: string },
  deps: RenderBriefingDeps,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const briefing = await readModel(input.modelKey, deps.archive);
  const html = deps.templates.render(`briefing/${templateOf(briefing)}`, presentBriefing(briefing), briefing.locale);
  const document = await deps.renderer.render(
    html,
    {
      title: `${briefing.title}`,
      author: briefing.office.issuer,
      subject: briefing.finding,
      language: briefing.locale,
      // The end of the day on which the briefing's facts were known, never the clock: the same model gives the same bytes.
      date: `${briefing.asOf}T00:00:00Z`,
      attachments: [],
    },
    signal,
  );
  await deps.archive.put(input.documentKey, document, "application/pdf");
  return document;
}

async function readModel(key: string, archive: BriefingArchive): Promise<Briefing> {
  const bytes = await archive.get(key);
  if (!bytes) throw new InputError([{ file: key, message: "there is no frozen model under this key; plan the run first" }]);
  const parsed = briefingSchema.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues.map((i) => ({ file: key, field: i.path.join("."), message: i.message })),
    { cause: parsed.error },
  );
}

/** `full-zh-CN` is printed by the template `full`. */
function templateOf({ edition, locale }: Briefing): string {
  return edition.slice(0, -locale.length - 1);
}
