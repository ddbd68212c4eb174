import { copyFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { countPages } from "../adapters/chromium/finish-pdf.ts";
import { sha256 } from "../adapters/content-hash.ts";
import type { Briefing } from "../core/briefing.ts";
import type { Locale, Translate } from "../core/local-text.ts";
import type { PlannedEdition } from "../plan-run/plan-run.ts";
import { type RenderBriefingDeps, renderBriefing } from "../render-briefing/render-briefing.ts";

/** What was made of one edition. */
export interface Made {
  readonly run: string;
  readonly edition: string;
  readonly period: string;
  readonly asOf: string;
  readonly pdf: string;
  readonly pages: number;
  readonly bytes: number;
  readonly sha256: string;
  /** One line that says what is in it. */
  readonly summary: string;
}

export interface PrintDeps extends RenderBriefingDeps {
  readonly archiveDir: string;
  readonly messages: Readonly<Record<Locale, Translate>>;
  /** Where a copy goes; undefined for none. */
  readonly out: string | undefined;
}

/** Prints one planned edition, publishes it and puts a copy where it was asked for. */
export async function printEdition(
  { briefing, edition, modelKey, documentKey }: PlannedEdition,
  run: string,
  deps: PrintDeps,
): Promise<Made> {
  const document = await renderBriefing({ modelKey, documentKey }, deps);
  const archived = join(deps.archiveDir, documentKey);
  const pages = await countPages(document);
  return {
    run,
    edition: edition.id,
    period: briefing.period,
    asOf: briefing.asOf,
    pdf: deps.out === undefined ? archived : await copyOut(archived, deps.out, `${briefing.office.id}-${run}-${edition.id}.pdf`),
    pages,
    bytes: document.byteLength,
    sha256: sha256(document),
    summary: summarise(briefing, pages, deps.messages[edition.locale]),
  };
}

async function copyOut(from: string, folder: string, name: string): Promise<string> {
  await mkdir(resolve(folder), { recursive: true });
  const to = join(resolve(folder), name);
  await copyFile(from, to);
  return to;
}

function summarise(briefing: Briefing, pages: number, translate: Translate): string {
  const count = (signal: string) => briefing.counts.find((c) => c.signal === signal)?.count ?? 0;
  const total = briefing.counts.reduce((sum, c) => sum + c.count, 0);
  const [open, notScored] = [count("cannot judge"), count("not scored")];
  const values = { title: briefing.title, total, judged: total - open - notScored, open, notScored, pages, asOf: briefing.asOf };
  return translate({ id: "result.line", values });
}
