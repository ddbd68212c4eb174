import type { Command } from "commander";
import { type ImportSummary, importIntoFolder } from "../../adapters/office-folder/import-into-folder.ts";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import { type Observation, publishedDigits } from "../../core/observation.ts";
import { print, printJson } from "../print.ts";
import { type CommonOptions, dataDirOf, withLoadedStore } from "../workplace.ts";

/** `biaogan import`: takes a file of figures into the office's folder and the database, all of it or nothing. */
export function addImport(program: Command): Command {
  return program
    .command("import")
    .description("take the figures of a CSV file into the office's folder and the database")
    .argument(
      "<file.csv>",
      "columns METRIC,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS,KNOWN_SINCE,SOURCE_TITLE,SOURCE_URL,SOURCE_QUOTE,COMMENT",
    )
    .action(importFigures);
}

async function importFigures(file: string, options: CommonOptions): Promise<void> {
  const dir = dataDirOf(options);
  const summary = await importIntoFolder(dir, file);
  // The folder is the source of truth: were the database not to answer now, the next load would bring it up to date.
  await withLoadedStore(await readOfficeFolder(dir), options, async () => {});
  if (options.json) printJson({ ...summary, file: summary.file ?? null });
  else printSummary(summary);
}

function printSummary(summary: ImportSummary): void {
  const counts = `${summary.new.length} new, ${summary.revised.length} revised, ${summary.unchanged.length} unchanged`;
  print(summary.file === undefined ? `Nothing to take in: ${counts}.` : `Taken into ${summary.file}: ${counts}.`);
  for (const o of summary.new) print(`  new       ${nameOf(o)}: ${figureOf(o)}`);
  for (const { observation, previous } of summary.revised)
    print(`  revised   ${nameOf(observation)}: ${figureOf(previous)} → ${figureOf(observation)}`);
  for (const o of summary.unchanged) print(`  unchanged ${nameOf(o)}: ${figureOf(o)}`);
}

function nameOf({ metric, refArea, period }: Observation): string {
  return `${metric} ${refArea} ${period}`;
}

function figureOf({ value, decimals, unit, status, knownSince }: Observation): string {
  return `${value === null ? "missing" : `${publishedDigits({ value, decimals })} ${unit}`} (${status}, known since ${knownSince})`;
}
