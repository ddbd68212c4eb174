import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { sha256 } from "../adapters/content-hash.ts";
import { countPages } from "../adapters/pdf/finish-pdf.ts";
import type { Briefing } from "../core/briefing/briefing.ts";
import { documentName } from "../core/briefing/document-name.ts";
import { freezeModel } from "../core/briefing/frozen-model.ts";
import type { Locale, Translate } from "../core/local-text.ts";
import type { BriefingArchive } from "../core/ports.ts";
import type { PlannedEdition } from "../plan-run/plan-run.ts";
import { type PrintBriefingDeps, printBriefing } from "../render-briefing/print-briefing.ts";
import { renderBriefing } from "../render-briefing/render-briefing.ts";

/** What was made of one edition. */
export interface Made {
  readonly run: string;
  readonly edition: string;
  readonly status: Briefing["status"];
  readonly period: string;
  readonly asOf: string;
  readonly pdf: string;
  readonly pages: number;
  readonly bytes: number;
  readonly sha256: string;
  /** One line that says what is in it. */
  readonly summary: string;
}

type Messages = Readonly<Record<Locale, Translate>>;

/** Prints one planned edition, publishes it and puts a copy where it was asked for.
 *  @param to the archive's folder, and where a copy goes */
export async function publishEdition(
  { briefing, modelKey, documentKey }: PlannedEdition,
  deps: PrintBriefingDeps & { readonly archive: BriefingArchive },
  to: { readonly archiveDir: string; readonly out: string | undefined; readonly messages: Messages },
): Promise<Made> {
  const { document } = await renderBriefing({ modelKey, documentKey }, deps);
  const archived = join(to.archiveDir, documentKey);
  const pdf = to.out === undefined ? archived : await placeIn(to.out, documentName(briefing), (path) => copyFile(archived, path));
  return describe(briefing, document, pdf, to.messages);
}

/** Prints a draft into a folder; nothing is published. */
export async function printDraft(briefing: Briefing, deps: PrintBriefingDeps, to: { out: string; messages: Messages }): Promise<Made> {
  const name = documentName(briefing);
  const document = await printBriefing(freezeModel(briefing), name, deps);
  const pdf = await placeIn(to.out, name, (path) => writeFile(path, document));
  return describe(briefing, document, pdf, to.messages);
}

/** Makes the folder and lets `write` put the file into it.
 *  @returns the file's path */
export async function placeIn(folder: string, name: string, write: (path: string) => Promise<void>): Promise<string> {
  await mkdir(resolve(folder), { recursive: true });
  const path = join(resolve(folder), name);
  await write(path);
  return path;
}

export async function describe(briefing: Briefing, document: Uint8Array, pdf: string, messages: Messages): Promise<Made> {
  const pages = await countPages(document);
  return {
    run: briefing.run,
    edition: briefing.edition,
    status: briefing.status,
    period: briefing.period,
    asOf: briefing.asOf,
    pdf,
    pages,
    bytes: document.byteLength,
    sha256: sha256(document),
    summary: summarise(briefing, pages, messages[briefing.locale]),
  };
}

function summarise(briefing: Briefing, pages: number, translate: Translate): string {
  const count = (signal: string) => briefing.counts.find((c) => c.signal === signal)?.count ?? 0;
  const total = briefing.counts.reduce((sum, c) => sum + c.count, 0);
  const [open, notScored] = [count("cannot judge"), count("not scored")];
  const values = { title: briefing.title, total, judged: total - open - notScored, open, notScored, pages, asOf: briefing.asOf };
  return translate({ id: "result.line", values });
}
