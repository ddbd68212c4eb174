import { existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { openChromiumRenderer } from "../../adapters/chromium/chromium-renderer.ts";
import { countPages } from "../../adapters/chromium/finish-pdf.ts";
import { sha256 } from "../../adapters/content-hash.ts";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import { folderDigest, programDigest } from "../../adapters/program-digest.ts";
import { loadTemplates } from "../../adapters/templates/handlebars-templates.ts";
import { loadMessages } from "../../adapters/templates/locale-messages.ts";
import type { Briefing } from "../../core/briefing.ts";
import { runName } from "../../core/briefing-keys.ts";
import type { Translate } from "../../core/local-text.ts";
import type { DocumentRenderer } from "../../core/ports.ts";
import { type PlannedEdition, planRun } from "../../plan-run/plan-run.ts";
import { renderBriefing } from "../../render-briefing/render-briefing.ts";
import { print, printJson } from "../print.ts";
import { runSteps } from "../progress.ts";
import { readDay, readEditions, readMonth } from "../read-arguments.ts";
import {
  archiveDirOf,
  type CommonOptions,
  cacheDir,
  dataDirOf,
  openArchive,
  packageRoot,
  templatesDir,
  withLoadedStore,
} from "../workplace.ts";

interface BriefOptions extends CommonOptions {
  readonly period: string;
  readonly asOf?: string;
  readonly edition: string[];
  readonly out?: string;
}

/** What was made, one entry an edition. */
interface Made {
  readonly run: string;
  readonly edition: string;
  readonly period: string;
  readonly asOf: string;
  readonly pdf: string;
  readonly pages: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly summary: string;
}

/** `biaogan brief`: judges a month's commitments, prints the briefing and publishes it to the archive. */
export function addBrief(program: Command): Command {
  return program
    .command("brief")
    .description("make the briefing of a month")
    .requiredOption("--period <YYYY-MM>", "the month reported on")
    .option("--as-of <YYYY-MM-DD>", "use only what was known at the end of this day (default: the month's last)")
    .option("--edition <name...>", "full, full-zh-CN or full-en (default: full in the office's language)", [])
    .option("--out <dir>", "put a copy of each PDF here")
    .action(brief);
}

async function brief(options: BriefOptions): Promise<void> {
  const month = readMonth(options.period);
  const asOf = options.asOf === undefined ? month.end : readDay("--as-of", options.asOf);
  const dataDir = dataDirOf(options);
  const folder = await readOfficeFolder(dataDir);
  const editions = readEditions(options.edition, folder.office);
  const messages = { "zh-CN": await loadMessages(templatesDir, "zh-CN"), en: await loadMessages(templatesDir, "en") };
  const archive = openArchive(options);
  const fonts = officeFonts(dataDir);
  let plan: Awaited<ReturnType<typeof planRun>> | undefined;
  const made: Made[] = [];
  await runSteps([
    {
      title: "Judging what was said",
      run: async (say) => {
        say("reading the register from the database");
        plan = await withLoadedStore(folder, options, async ({ store }) => {
          const program = [await programDigest(packageRoot), fonts === undefined ? "" : await folderDigest(fonts)].join(" ");
          const deps = { store, archive, messages, digest: sha256, programDigest: program };
          return planRun({ series: "monthly", period: month.id, asOf, editions }, deps);
        });
      },
    },
    {
      title: "Printing",
      run: async (say) => {
        if (!plan) throw new Error("nothing was planned");
        const templates = await loadTemplates(templatesDir);
        const renderer = await openChromiumRenderer({
          cacheDir: cacheDir(),
          onProgress: say,
          ...(fonts === undefined ? {} : { extraFontsDir: fonts }),
        });
        try {
          for (const edition of plan.editions) {
            made.push(await printEdition(edition, runName(plan.run), renderer, { templates, archive, messages, options, say }));
          }
        } finally {
          await renderer.close();
        }
      },
    },
  ]);
  report(made, options);
}

/** An office's licensed fonts, which are looked for before those that ship. */
function officeFonts(dataDir: string): string | undefined {
  const dir = join(dataDir, "fonts");
  return existsSync(dir) ? dir : undefined;
}

interface PrintDeps {
  readonly templates: Awaited<ReturnType<typeof loadTemplates>>;
  readonly archive: ReturnType<typeof openArchive>;
  readonly messages: Readonly<Record<"zh-CN" | "en", Translate>>;
  readonly options: BriefOptions;
  readonly say: (detail: string) => void;
}

async function printEdition(planned: PlannedEdition, run: string, renderer: DocumentRenderer, deps: PrintDeps): Promise<Made> {
  const { briefing, edition, modelKey, documentKey } = planned;
  deps.say(`printing ${edition.id}`);
  const { archive, templates, options } = deps;
  const document = await renderBriefing({ modelKey, documentKey }, { archive, templates, renderer });
  const archived = join(archiveDirOf(options), documentKey);
  const pages = await countPages(document);
  return {
    run,
    edition: edition.id,
    period: briefing.period,
    asOf: briefing.asOf,
    pdf: options.out === undefined ? archived : await copyOut(archived, options.out, `${briefing.office.id}-${run}-${edition.id}.pdf`),
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

function report(made: readonly Made[], { json }: BriefOptions): void {
  if (json) printJson(made.length === 1 ? made[0] : made);
  else for (const { pdf, summary } of made) print(`${pdf}\n${summary}`);
}
