import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { sha256 } from "../../adapters/content-hash.ts";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import { folderDigest, programDigest } from "../../adapters/program-digest.ts";
import { loadTemplates } from "../../adapters/templates/handlebars-templates.ts";
import { loadMessages } from "../../adapters/templates/locale-messages.ts";
import { runName } from "../../core/briefing-keys.ts";
import { planRun } from "../../plan-run/plan-run.ts";
import { print, printJson } from "../print.ts";
import type { Made } from "../print-edition.ts";
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

type Plan = Awaited<ReturnType<typeof planRun>>;
type Say = (detail: string) => void;

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
  const job = {
    options,
    folder,
    input: { series: "monthly", period: month.id, asOf, editions },
    archive: openArchive(options),
    messages: { "zh-CN": await loadMessages(templatesDir, "zh-CN"), en: await loadMessages(templatesDir, "en") },
    fonts: officeFonts(dataDir),
  };
  let plan: Plan | undefined;
  let made: Made[] = [];
  await runSteps([
    {
      title: "Judging what was said",
      run: async (say) => {
        plan = await judge(job, say);
      },
    },
    {
      title: "Printing",
      run: async (say) => {
        made = plan ? await printAll(plan, job, say) : [];
      },
    },
  ]);
  if (options.json) printJson(made.length === 1 ? made[0] : made);
  else for (const { pdf, summary } of made) print(`${pdf}\n${summary}`);
}

/** All that a briefing is made from. */
interface Job {
  readonly options: BriefOptions;
  readonly folder: Awaited<ReturnType<typeof readOfficeFolder>>;
  readonly input: Parameters<typeof planRun>[0];
  readonly archive: ReturnType<typeof openArchive>;
  readonly messages: Parameters<typeof planRun>[1]["messages"];
  readonly fonts: string | undefined;
}

async function judge({ options, folder, input, archive, messages, fonts }: Job, say: Say): Promise<Plan> {
  const program = [await programDigest(packageRoot), fonts === undefined ? "" : await folderDigest(fonts)].join(" ");
  say("reading the register from the database");
  return withLoadedStore(folder, options, ({ store }) =>
    planRun(input, { store, archive, messages, digest: sha256, programDigest: program }),
  );
}

/** Browser and PDF library are loaded here: no other command needs them. */
async function printAll({ run, editions }: Plan, { options, archive, messages, fonts }: Job, say: Say): Promise<Made[]> {
  const { openChromiumRenderer } = await import("../../adapters/chromium/chromium-renderer.ts");
  const { printEdition } = await import("../print-edition.ts");
  const templates = await loadTemplates(templatesDir);
  const renderer = await openChromiumRenderer({ cacheDir: cacheDir(), onProgress: say, extraFontsDir: fonts });
  const deps = { archive, templates, renderer, messages, archiveDir: archiveDirOf(options), out: options.out };
  try {
    const made: Made[] = [];
    for (const edition of editions) {
      say(`printing ${edition.edition.id}`);
      made.push(await printEdition(edition, runName(run), deps));
    }
    return made;
  } finally {
    await renderer.close();
  }
}

/** An office's licensed fonts, which are looked for before those that ship. */
function officeFonts(dataDir: string): string | undefined {
  const dir = join(dataDir, "fonts");
  return existsSync(dir) ? dir : undefined;
}
