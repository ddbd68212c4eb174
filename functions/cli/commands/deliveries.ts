import { type Command, Option } from "commander";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import { parseRunName } from "../../core/briefing-keys.ts";
import type { RunDeliveries } from "../../core/delivery.ts";
import { print, printJson } from "../print.ts";
import { type CommonOptions, dataDirOf, openStore, tableOption } from "../workplace.ts";
import { writeCounts, writeTable } from "../write-table.ts";

interface DeliveriesOptions extends CommonOptions {
  readonly run: string;
  readonly table?: string;
}

/** `biaogan deliveries`: what the ledger knows of a run's mails. */
export function addDeliveries(program: Command): Command {
  return program
    .command("deliveries")
    .description("list what became of a run's mails: state, since when, and why")
    .requiredOption("--run <run>", "what was issued, such as monthly-2018-01-r1")
    .addOption(new Option("--table <name>", tableOption))
    .action(listDeliveries);
}

async function listDeliveries(options: DeliveriesOptions): Promise<void> {
  const run = parseRunName(options.run);
  const { office } = await readOfficeFolder(dataDirOf(options));
  const { ledger, close } = await openStore(office.id, options, options.table);
  try {
    show(options, await ledger.ofRun(run));
  } finally {
    await close();
  }
}

function show({ run, json }: DeliveriesOptions, { deliveries, counts }: RunDeliveries): void {
  if (json) {
    printJson({ run, counts, deliveries });
    return;
  }
  const rows = deliveries.map((d) => [d.recipient, d.edition, d.state, d.changedAt, d.reason ?? ""]);
  if (rows.length > 0) print(`${writeTable([["READER", "EDITION", "STATE", "SINCE (UTC)", "WHY"], ...rows])}\n`);
  print(`${run}: ${writeCounts(counts)}.`);
}
