import { type Command, Option } from "commander";
import {
  addSubscription,
  pauseSubscription,
  type SubscriptionsEdit,
  unknownReader,
} from "../../adapters/office-folder/edit-subscriptions.ts";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import type { LoadSummary, OfficeFolder } from "../../core/ports.ts";
import { mailbox, type Subscription } from "../../core/subscription.ts";
import type { Suppression } from "../../core/suppression.ts";
import { print, printJson } from "../print.ts";
import { type CommonOptions, dataDirOf, openStore, tableOption } from "../workplace.ts";
import { writeTable } from "../write-table.ts";

interface TableOptions extends CommonOptions {
  readonly table?: string;
}

/** What `add` is told; its names are those of the YAML but for `edition` and `file`. */
interface AddOptions extends TableOptions {
  readonly id: string;
  readonly name: string;
  readonly office?: string;
  readonly address: string;
  readonly language?: string;
  readonly edition: string[];
  readonly from: string;
  readonly until?: string;
  readonly list?: string;
  readonly form?: string;
  readonly file?: string;
}

/** `biaogan subscriptions`: who gets which editions. Changes go into the office's folder, which is the source of truth, and then into the database. */
export function addSubscriptions(program: Command): Command[] {
  const group = program.command("subscriptions").description("who gets which editions: list, add, pause, resume, clear");
  const id = "the subscription's id";
  const commands = [
    group.command("list").description("list the readers, and the addresses that are not written to").action(listReaders),
    group
      .command("add")
      .description("add a reader to the office's folder and the database")
      .requiredOption("--id <id>", "names the reader in the ledger: small letters, digits and dashes")
      .requiredOption("--name <name>", "how the mail addresses the reader")
      .requiredOption("--address <address>", "one mail address, alone")
      .requiredOption("--edition <name...>", "as for brief: full, one-page, theme-<id>, owner-<id>, all, with -en or -zh-CN")
      .requiredOption("--from <YYYY-MM-DD>", "the first day of an issue that is sent")
      .option("--until <YYYY-MM-DD>", "the last one")
      .option("--language <language>", "of editions named without one: zh-CN or en (default: the office's)")
      .option("--office <name>", "where the reader sits")
      .option("--list <list>", "report (报), send (送) or issue (发)")
      .option("--form <form>", "attachment, link or both (default: attachment)")
      .option("--file <name.yaml>", "the list that it goes into, where there are several")
      .action(addReader),
    group
      .command("pause")
      .description("send a reader nothing until it is resumed")
      .argument("<id>", id)
      .action((reader: string, options: TableOptions) => pauseReader(reader, true, options)),
    group
      .command("resume")
      .description("send a reader that rests the issues to come")
      .argument("<id>", id)
      .action((reader: string, options: TableOptions) => pauseReader(reader, false, options)),
    group
      .command("clear")
      .description("write again to an address that bounced for good or complained, once it is right again")
      .argument("<id>", id)
      .action(clearReader),
  ];
  for (const command of commands) command.addOption(new Option("--table <name>", tableOption));
  return commands;
}

async function listReaders(options: TableOptions): Promise<void> {
  const { office, subscriptions } = await readOfficeFolder(dataDirOf(options));
  const suppressed = await withTable(
    office.id,
    options,
    async (open) => new Map((await open.suppressions.list()).map((s) => [s.address, s])),
  );
  const readers = subscriptions.map((reader) => ({ ...reader, suppressed: suppressed.get(mailbox(reader.address)) ?? null }));
  if (options.json) {
    printJson(readers);
    return;
  }
  const rows = readers.map((r) => [r.id, r.name, r.address, r.language, r.editions.join(" "), r.form, writeTime(r), writeState(r)]);
  if (rows.length > 0) print(writeTable([["READER", "NAME", "ADDRESS", "LANGUAGE", "EDITIONS", "FORM", "FROM–UNTIL", "STATE"], ...rows]));
  else print("The office has no subscription yet; biaogan subscriptions add makes one.");
}

function writeTime({ from, until }: Subscription): string {
  return `${from}–${until ?? ""}`;
}

function writeState({ paused, suppressed }: Subscription & { readonly suppressed: Suppression | null }): string {
  if (suppressed) return `${suppressed.cause} on ${suppressed.since.slice(0, 10)}, not written to`;
  return paused ? "rests" : "";
}

async function addReader(options: AddOptions): Promise<void> {
  const dir = dataDirOf(options);
  const { office } = await readOfficeFolder(dir);
  const { id, name, address, edition, from, until, list, form, language = office.language } = options;
  const entry = { id, name, office: options.office, address, language, editions: edition, from, until, list, form };
  // What was not said does not stand in the file.
  const said = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
  const edit = await addSubscription(dir, said, options.file);
  await loadAndTell(edit, options, `${id} was added to ${edit.file}.`);
}

async function pauseReader(id: string, paused: boolean, options: TableOptions): Promise<void> {
  const edit = await pauseSubscription(dataDirOf(options), id, paused);
  const state = paused ? "rests" : "gets its editions";
  await loadAndTell(edit, options, edit.changed ? `${id} ${state} from now on (${edit.file}).` : `${id} ${state} already (${edit.file}).`);
}

/** The folder is the source of truth: were the database not to answer now, the next load would bring it up to date. */
async function loadAndTell({ file, changed, folder }: SubscriptionsEdit, options: TableOptions, text: string): Promise<void> {
  const loaded: LoadSummary = await withTable(folder.office.id, options, (open) => open.subscriptions.load(folder.subscriptions));
  if (options.json) printJson({ file, changed, loaded });
  else print(text);
}

async function clearReader(id: string, options: TableOptions): Promise<void> {
  const { office, subscriptions } = await readOfficeFolder(dataDirOf(options));
  const { address } = findReader(id, subscriptions);
  const cleared = await withTable(office.id, options, (open) => open.suppressions.clear(mailbox(address), new Date().toISOString()));
  if (options.json) printJson({ id, cleared });
  else print(cleared ? `${id} is written to again.` : `${id} was not suppressed; nothing was changed.`);
}

function findReader(id: string, subscriptions: OfficeFolder["subscriptions"]): Subscription {
  const reader = subscriptions.find((subscription) => subscription.id === id);
  if (reader) return reader;
  throw unknownReader(
    id,
    subscriptions.map((subscription) => subscription.id),
  );
}

async function withTable<T>(
  officeId: string,
  options: TableOptions,
  work: (open: Awaited<ReturnType<typeof openStore>>) => Promise<T>,
): Promise<T> {
  const open = await openStore(officeId, options, options.table);
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}
