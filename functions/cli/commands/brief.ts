import { join, resolve } from "node:path";
import type { Command } from "commander";
import { sha256 } from "../../adapters/content-hash.ts";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import { revisionDigest } from "../../adapters/program-digest.ts";
import { loadAllMessages } from "../../adapters/templates/locale-messages.ts";
import type { Edition } from "../../core/edition.ts";
import { InputError } from "../../core/errors.ts";
import { draftRun, type PlanRunInput, planRun } from "../../plan-run/plan-run.ts";
import { EditionsError, type FailedEdition } from "../editions-error.ts";
import { print, printJson } from "../print.ts";
import type { Made } from "../print-edition.ts";
import { runSteps } from "../progress.ts";
import { argumentError, readDay, readEditions, readMonth } from "../read-arguments.ts";
import type { Reprinted } from "../reprint.ts";
import {
  archiveDirOf,
  type CommonOptions,
  dataDirOf,
  officeFonts,
  openArchive,
  packageRoot,
  templatesDir,
  withLoadedStore,
} from "../workplace.ts";

interface BriefOptions extends CommonOptions {
  readonly period?: string;
  readonly asOf?: string;
  readonly edition: string[];
  readonly draft: boolean;
  readonly from?: string;
  readonly out?: string;
}

type Say = (detail: string) => void;
type Messages = Parameters<typeof planRun>[1]["messages"];

/** `biaogan brief`: judges a month's commitments, prints the briefing and publishes it to the archive. */
export function addBrief(program: Command): Command {
  return program
    .command("brief")
    .description("make the briefing of a month")
    .option("--period <YYYY-MM>", "the month reported on")
    .option("--as-of <YYYY-MM-DD>", "use only what was known at the end of this day (default: the month's last)")
    .option("--edition <name...>", "full, one-page, theme, owner, theme-<id>, owner-<id> or all, with -en or -zh-CN (default: full)", [])
    .option("--draft", "print with a watermark and publish nothing", false)
    .option("--from <file>", "make a briefing again from its PDF, or from the JSON of its model; nothing is judged or published")
    .option("--out <dir>", "put a copy of each PDF here")
    .action(brief);
}

async function brief(options: BriefOptions): Promise<void> {
  const messages = await loadAllMessages(templatesDir);
  if (options.from !== undefined) {
    if (options.period !== undefined) throw argumentError("--from", "the file says which month it is; leave --period out");
    return makeAgain(options.from, options, messages);
  }
  if (options.period === undefined) {
    throw argumentError("--period", "name the month as YYYY-MM, for example --period 2018-01");
  }
  const job = await readJob(options.period, options, messages);
  const { made, failed } = options.draft ? await makeDrafts(job) : await issue(job);
  if (options.json && made.length > 0) printJson(made.length === 1 && failed.length === 0 ? made[0] : made);
  if (!options.json) for (const { pdf, summary } of made) print(`${pdf}\n${summary}`);
  if (failed.length > 0) throw new EditionsError(failed);
}

/** What came of the editions that were asked for. */
interface Outcome {
  readonly made: readonly Made[];
  readonly failed: readonly FailedEdition[];
}

/** All that a briefing is made from. */
interface Job {
  readonly options: BriefOptions;
  readonly folder: Awaited<ReturnType<typeof readOfficeFolder>>;
  readonly input: PlanRunInput;
  readonly messages: Messages;
  readonly fonts: string | undefined;
}

async function readJob(period: string, options: BriefOptions, messages: Messages): Promise<Job> {
  const month = readMonth(period);
  const asOf = options.asOf === undefined ? month.end : readDay("--as-of", options.asOf);
  if (asOf < month.start) throw argumentError("--as-of", `${asOf} is before the month reported on, ${month.id}; name a day in it or later`);
  const dataDir = dataDirOf(options);
  const folder = await readOfficeFolder(dataDir);
  const editions = readEditions(options.edition, folder.office);
  const { firstIssue } = folder.office;
  if (month.id < firstIssue) throw argumentError("--period", `${month.id} is before the first issue, which is that of ${firstIssue}`);
  return { options, folder, input: { series: "monthly", period: month.id, asOf, editions }, messages, fonts: officeFonts(dataDir) };
}

async function issue(job: Job): Promise<Outcome> {
  const { options, folder, input, messages, fonts } = job;
  const archive = openArchive(options);
  const deps = { archive, messages, digest: sha256, programDigest: await revisionDigest(packageRoot, fonts) };
  const plan = await judge(job, () => withLoadedStore(folder, options, ({ store }) => planRun(input, { ...deps, store })));
  reportEmpty(plan.empty, plan.editions.length, input);
  const to = { archiveDir: archiveDirOf(options), out: options.out, messages };
  const { publishEdition } = await import("../print-edition.ts");
  return printEach(plan.editions, fonts, (planned, printer) => publishEdition(planned, { ...printer, archive }, to));
}

async function makeDrafts(job: Job): Promise<Outcome> {
  const { options, folder, input, messages, fonts } = job;
  const deps = { messages, digest: sha256 };
  const plan = await judge(job, () => withLoadedStore(folder, options, ({ store }) => draftRun(input, { ...deps, store })));
  reportEmpty(plan.empty, plan.composed.length, input);
  const to = { out: options.out ?? join(resolve(options.store), "drafts"), messages };
  const { printDraft } = await import("../print-edition.ts");
  return printEach(plan.composed, fonts, ({ briefing }, printer) => printDraft(briefing, printer, to));
}

async function makeAgain(file: string, options: BriefOptions, messages: Messages): Promise<void> {
  const { withPrinter } = await import("../open-printer.ts");
  const { reprint } = await import("../reprint.ts");
  const to = { out: options.out ?? ".", messages };
  let made: Reprinted | undefined;
  await runSteps([
    {
      title: "Printing",
      run: async (say) => {
        made = await withPrinter(officeFonts(dataDirOf(options)), say, (printer) => reprint(file, printer, to));
      },
    },
  ]);
  if (!made) return;
  if (options.json) return printJson(made);
  print(`${made.pdf}\n${made.summary}`);
  if (made.identical !== null) {
    print(
      made.identical ? `the same bytes as ${file}` : `other bytes than ${file}: another version of the program, templates or fonts made it`,
    );
  }
}

async function judge<T>({ input }: Job, plan: () => Promise<T>): Promise<T> {
  let planned: T | undefined;
  await runSteps([
    {
      title: "Judging what was said",
      run: async (say) => {
        say(`as known on ${input.asOf}`);
        planned = await plan();
      },
    },
  ]);
  if (planned === undefined) throw new Error("the plan was not made");
  return planned;
}

/** Prints what can be printed: an edition that fails keeps no other from its reader. Browser and PDF library are loaded here: no other
 *  command needs them. */
async function printEach<T extends { readonly edition: Edition }>(
  planned: readonly T[],
  fonts: string | undefined,
  printOne: (edition: T, printer: Parameters<typeof import("../print-edition.ts").printDraft>[1]) => Promise<Made>,
): Promise<Outcome> {
  const { withPrinter } = await import("../open-printer.ts");
  const [made, failed]: [Made[], FailedEdition[]] = [[], []];
  const printAll = (say: Say) =>
    withPrinter(fonts, say, async (printer) => {
      for (const [index, edition] of planned.entries()) {
        const { id } = edition.edition;
        say(`${id} (${index + 1} of ${planned.length})`);
        await printOne(edition, printer).then(
          (one) => made.push(one),
          (error: unknown) => failed.push({ id, error }),
        );
      }
    });
  await runSteps([{ title: "Printing", run: printAll }]);
  return { made, failed };
}

/** Says which editions are not made. @throws InputError when none is left */
function reportEmpty(empty: readonly Edition[], made: number, { asOf }: PlanRunInput): void {
  const reason = `nothing had been said on this subject by ${asOf}`;
  if (made === 0 && empty.length > 0) throw new InputError(empty.map((e) => ({ file: "--edition", field: e.id, message: reason })));
  for (const { id } of empty) process.stderr.write(`${id}: not made; ${reason}\n`);
}
