import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import { smtpLeaseMs } from "../../adapters/mail/smtp-mailer.ts";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import { loadTemplates } from "../../adapters/templates/handlebars-templates.ts";
import { loadAllMessages } from "../../adapters/templates/locale-messages.ts";
import { parseRunName } from "../../core/briefing-keys.ts";
import { textIn } from "../../core/local-text.ts";
import type { OfficeFolder } from "../../core/ports.ts";
import { unlimitedQuota } from "../../core/unlimited-quota.ts";
import { type DeliverRunDeps, deliverRun, previewRun } from "../../deliver-briefing/deliver-run.ts";
import type { ReportedMail } from "../../deliver-briefing/report-mail.ts";
import { DeliveriesError, isUndelivered } from "../deliveries-error.ts";
import { openWayOut, readMailOffers, type WayOut } from "../mail-settings.ts";
import { print, printJson } from "../print.ts";
import { runSteps } from "../progress.ts";
import { type CommonOptions, dataDirOf, isDatabaseOurs, openArchive, openStore, templatesDir } from "../workplace.ts";
import { countOutcomes, writeReport } from "../write-report.ts";
import { writeCounts } from "../write-table.ts";

interface DeliverOptions extends CommonOptions {
  readonly run: string;
  readonly dryRun: boolean;
  readonly failedOnly: boolean;
}

/** `biaogan deliver`: sends a run's issues to the office's readers, each once. */
export function addDeliver(program: Command): Command {
  return program
    .command("deliver")
    .description(
      "send a run's issues to the office's readers, each once: into the outbox, or through the relay that BIAOGAN_SMTP_URL names",
    )
    .requiredOption("--run <run>", "what was issued, such as monthly-2018-01-r1")
    .option("--dry-run", "show who would get which edition and who would not; nothing is sent or written", false)
    .option("--failed-only", "send only what was tried before and surely not accepted", false)
    .action(deliver);
}

async function deliver(options: DeliverOptions): Promise<void> {
  // Before anything is opened: what is misspelt is told at once.
  parseRunName(options.run);
  const folder = await readOfficeFolder(dataDirOf(options));
  const now = () => new Date().toISOString();
  const out = openWayOut(process.env, options.store, textIn(folder.office.issuer, folder.office.language), now);
  if (out.hint !== undefined) process.stderr.write(`${out.hint}\n`);
  const offers = await readMailOffers(process.env, options.store, { now, dryRun: options.dryRun });
  const mails = await withDeps(folder, options, { out, now, offers }, (deps) =>
    (options.dryRun ? preview : send)(folder, options, deps, out),
  );
  report(options, out, folder, mails);
  if (!options.dryRun && mails.some(isUndelivered)) throw new DeliveriesError(options.run, mails);
}

async function withDeps<T>(
  folder: OfficeFolder,
  options: DeliverOptions,
  { out, now, offers }: { readonly out: WayOut; readonly now: () => string; readonly offers: Awaited<ReturnType<typeof readMailOffers>> },
  work: (deps: DeliverRunDeps) => Promise<T>,
): Promise<T> {
  const open = await openStore(folder.office.id, options);
  try {
    if (!options.dryRun) await open.subscriptions.load(folder.subscriptions);
    return await work({
      ...offers,
      ledger: open.ledger,
      subscriptions: open.subscriptions,
      suppressions: open.suppressions,
      archive: openArchive(options),
      mailer: out.mailer,
      quota: unlimitedQuota,
      templates: await loadTemplates(templatesDir),
      messages: await loadAllMessages(templatesDir),
      newClaim: randomUUID,
      now,
      sleep,
      // Whoever has the embedded database to himself knows that no other worker lives.
      leaseMs: isDatabaseOurs() ? 0 : smtpLeaseMs,
    });
  } finally {
    await open.close();
  }
}

function preview(folder: OfficeFolder, options: DeliverOptions, deps: DeliverRunDeps): Promise<ReportedMail[]> {
  return withProgress("Composing", (say) => previewRun({ ...folder, ...options }, deps, say));
}

function send(folder: OfficeFolder, options: DeliverOptions, deps: DeliverRunDeps, out: WayOut): Promise<ReportedMail[]> {
  const stop = onInterrupt();
  return withProgress("Sending", async (say) => {
    say(out.name);
    await out.check();
    return deliverRun({ ...folder, ...options }, deps, say, stop);
  });
}

/** @returns what the first Ctrl-C ends: a mail that is under way gets its answer, for without one nobody would know. A second one ends the program */
function onInterrupt(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}

async function withProgress<T>(title: string, work: (say: (detail: string) => void) => Promise<T>): Promise<T> {
  let done: { readonly value: T } | undefined;
  const run = async (say: (detail: string) => void) => {
    done = { value: await work(say) };
  };
  await runSteps([{ title, run }], { endsItself: true });
  if (!done) throw new Error(`${title} did not run`);
  return done.value;
}

function report({ run, dryRun, json }: DeliverOptions, out: WayOut, { subscriptions }: OfficeFolder, mails: readonly ReportedMail[]): void {
  const addresses = new Map(subscriptions.map(({ id, address }) => [id, address]));
  const rows = mails.map((mail) => ({ ...mail, address: addresses.get(mail.recipient) ?? null }));
  const counts = countOutcomes(mails);
  if (json) {
    printJson({ run, dryRun, out: out.name, counts, mails: rows });
    return;
  }
  if (rows.length > 0) print(`${writeReport(rows)}\n`);
  print(`${run}, ${dryRun ? "if it were sent now to" : "sent to"} ${out.name}: ${writeCounts(counts)}.`);
}
