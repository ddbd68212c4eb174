import type { Problem } from "../../core/errors.ts";
import type { Metric } from "../../core/metric.ts";
import type { Observation } from "../../core/observation.ts";
import { observationColumns, optionalObservationColumns, readObservationRow } from "../../core/observation-row.ts";
import { type CsvRow, parseCsv } from "./csv-with-lines.ts";
import { type Entry, joinReadings } from "./office-entries.ts";
import type { OfficeFiles, Reading } from "./office-files.ts";

/** A row of an observations file, as it stands there and as what it means. */
export interface ObservationRow extends CsvRow {
  readonly observation: Observation;
}

/** An observations file whose rows could be read. */
export interface ObservationFile {
  readonly columns: readonly string[];
  readonly rows: readonly ObservationRow[];
}

/** What the rows may refer to. */
export interface RowContext {
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly areas: ReadonlySet<string>;
}

/** Reads an observations file (the columns are those of observation-row).
 *  @param file its name in problems
 *  @returns the rows that are right, and every problem with its line and column */
export function parseObservationFile(text: string, file: string, context: RowContext): Reading<ObservationFile> {
  const { value, problems } = parseCsv(text, file, { required: observationColumns, optional: optionalObservationColumns });
  const rows: ObservationRow[] = [];
  const wrong: Problem[] = [];
  for (const row of value.rows) {
    const read = readObservationRow(row.cells, context.metrics, context.areas);
    if (read.ok) rows.push({ ...row, observation: read.observation });
    else wrong.push(...read.problems.map((problem) => ({ file, line: row.line, ...problem })));
  }
  return { value: { columns: value.columns, rows }, problems: [...problems, ...wrong] };
}

/** Reads every file of `observations/`. */
export async function readObservationFiles(files: OfficeFiles, context: RowContext): Promise<Reading<Entry<Observation>[]>> {
  const { value: paths, problems } = await files.list("observations", [".csv"]);
  const read = await Promise.all(
    paths.map(async (path) => {
      const { value: file, problems: unread } = await files.read(path);
      if (!file) return { value: [], problems: unread };
      const { value: table, problems: wrong } = parseObservationFile(file.text, path, context);
      return {
        value: table.rows.map(({ observation, line }) => ({ value: observation, file: path, lineOf: () => line })),
        problems: wrong,
      };
    }),
  );
  return joinReadings([{ value: [], problems }, ...read]);
}
