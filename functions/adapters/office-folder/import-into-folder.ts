import { mkdir, realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import { checkRegister } from "../../core/checks/check-register.ts";
import { planImport, type Refusal } from "../../core/checks/import-observations.ts";
import { InputError, type Problem } from "../../core/errors.ts";
import type { Observation } from "../../core/observation.ts";
import { observationColumns, optionalObservationColumns } from "../../core/observation-row.ts";
import type { OfficeFolder } from "../../core/ports.ts";
import { formatCsvLine, parseCsv } from "./csv-with-lines.ts";
import { type ObservationFile, type ObservationRow, parseObservationFile } from "./observation-file.ts";
import { readTextFile } from "./office-files.ts";
import { readOfficeFolder } from "./office-folder.ts";
import { readIfThere, replaceFile } from "./replace-file.ts";

const maxStemLength = 60;

/** What an import did to the office's folder. */
export interface ImportSummary {
  /** Where the figures now stand, relative to the folder; undefined when nothing was new. */
  readonly file: string | undefined;
  readonly new: readonly Observation[];
  /** Each with the figure that stood until now (the best vintage on record). */
  readonly revised: readonly { readonly observation: Observation; readonly previous: Observation }[];
  readonly unchanged: readonly Observation[];
}

/** Takes the figures of a CSV file into an office's folder, all or none: what is new or revised is appended to the file of the same
 *  name in observations/ (made when there is none). What stands there already stays as it is, to the byte.
 *  @param dir the office's folder, which must be sound
 *  @param file path of the CSV; its columns are those of every observations file
 *  @throws InputError with every problem, each with line and column; nothing was written */
export async function importIntoFolder(dir: string, file: string): Promise<ImportSummary> {
  const folder = await readOfficeFolder(dir);
  const { columns, rows } = await readImport(file, folder);
  const plan = planImport(rows, folder.observations, folder.metrics);
  assertNone(plan.refused.map((refusal) => explainRefusal(refusal, file)));
  const added = [...plan.new, ...plan.revised.map(({ row }) => row)].toSorted((a, b) => a.line - b.line);
  assertFits(folder, added, file);
  return {
    file: added.length > 0 ? await writeRows(dir, stemOf(file), columns, added) : undefined,
    new: plan.new.map(({ observation }) => observation),
    revised: plan.revised.map(({ row, previous }) => ({ observation: row.observation, previous })),
    unchanged: plan.unchanged.map(({ observation }) => observation),
  };
}

async function readImport(file: string, { metrics, office }: OfficeFolder): Promise<ObservationFile> {
  // Whoever names a link means what it leads to.
  const path = await realpath(file).catch(() => file);
  const { value: content, problems: unread } = await readTextFile(path, file);
  if (!content) throw new InputError(unread);
  const { value: table, problems } = parseObservationFile(content.text, file, {
    metrics: new Map(metrics.map((metric) => [metric.id, metric])),
    areas: new Set(office.areas.map((area) => area.id)),
  });
  assertNone(problems);
  if (table.rows.length === 0) throw new InputError([{ file, line: 1, message: "has a header but no row; there is nothing to import" }]);
  return table;
}

function assertNone(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InputError(problems);
}

function explainRefusal({ row, other, field, message }: Refusal<ObservationRow>, file: string): Problem {
  return { file, line: row.line, field, message: other ? `${message}, first on line ${other.line}` : message };
}

/** The register as it would be, held together by the same checks as one that is read. */
function assertFits(folder: OfficeFolder, added: readonly ObservationRow[], file: string): void {
  const observations = [...folder.observations, ...added.map(({ observation }) => observation)];
  // The texts' digests were checked when the folder was read.
  const findings = checkRegister({ ...folder, observations }, new Map());
  assertNone(
    findings.map(({ index, field, message }) => ({ file, line: added[index - folder.observations.length]?.line, field, message })),
  );
}

/** @returns where the rows were written, relative to the folder */
async function writeRows(dir: string, stem: string, columns: readonly string[], rows: readonly ObservationRow[]): Promise<string> {
  const { path, before, columns: order } = await chooseTarget(dir, stem, columns, rows);
  const after = appendRows(before, order, rows);
  // What will be there is read once more as a whole before anything is there.
  await readOfficeFolder(dir, new Map([[path, after]]));
  await mkdir(join(dir, "observations"), { recursive: true });
  await replaceFile(join(dir, path), path, before, after);
  return path;
}

interface Target {
  readonly path: string;
  /** Undefined when there is no such file yet. */
  readonly before: Uint8Array | undefined;
  readonly columns: readonly string[];
}

/** A file that lacks a column which the rows fill cannot take them without being rewritten: the next name is tried. */
async function chooseTarget(dir: string, stem: string, columns: readonly string[], rows: readonly ObservationRow[]): Promise<Target> {
  for (let attempt = 1; ; attempt++) {
    const path = `observations/${attempt === 1 ? stem : `${stem}-${attempt}`}.csv`;
    const before = await readIfThere(join(dir, path));
    if (!before) return { path, before, columns };
    const there = headerOf(before);
    const lacking = columns.filter((name) => !there.includes(name) && rows.some(({ cells }) => cells[name] !== ""));
    if (lacking.length === 0) return { path, before, columns: there };
  }
}

function headerOf(bytes: Uint8Array): readonly string[] {
  return parseCsv(new TextDecoder().decode(bytes), "", { required: observationColumns, optional: optionalObservationColumns }).value
    .columns;
}

function appendRows(before: Uint8Array | undefined, columns: readonly string[], rows: readonly ObservationRow[]): Uint8Array {
  const start = before ? new TextDecoder().decode(before) : `${formatCsvLine(columns)}\n`;
  const lineEnd = /\r\n|\n|\r/.exec(start)?.[0] ?? "\n";
  const gap = /[\r\n]$/.test(start) ? "" : lineEnd;
  const lines = rows.map(({ cells }) => `${formatCsvLine(columns.map((name) => cells[name] ?? ""))}${lineEnd}`);
  return Buffer.concat([before ?? Buffer.from(start), Buffer.from(gap + lines.join(""))]);
}

/** @returns the file's name without .csv, as a slug: whatever it was called, it stays inside observations/ */
function stemOf(file: string): string {
  const stem = basename(file)
    .replace(/\.csv$/i, "")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, maxStemLength)
    .replace(/-$/, "");
  return stem === "" ? "imported" : stem;
}
