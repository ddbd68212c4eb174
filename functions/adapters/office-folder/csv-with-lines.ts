import { CsvError, type Options } from "csv-parse";
import { parse } from "csv-parse/sync";
import { suggestName } from "../../core/checks/suggest-name.ts";
import type { Problem } from "../../core/errors.ts";
import type { Reading } from "./office-files.ts";

/** A row of a CSV file: column → text, and the 1-based line on which it begins. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A CSV file with a header. */
export interface CsvTable {
  /** In the order of the file. */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/** Which columns a file may have; their order is free. */
export interface CsvColumns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

interface Line {
  readonly record: string[];
  readonly line: number;
}

/** Reads comma-separated values (RFC 4180; a byte order mark and empty lines are passed over).
 *  @param file its name in problems
 *  @returns the rows that fit the header, and every problem; no rows when the header itself is wrong */
export function parseCsv(text: string, file: string, allowed: CsvColumns): Reading<CsvTable> {
  const { value: lines, problems } = splitLines(text, file);
  const [header, ...body] = lines;
  if (!header)
    return {
      value: { columns: [], rows: [] },
      problems: problems.length > 0 ? problems : [{ file, line: 1, message: "has no header row" }],
    };
  const columns = header.record.map((name) => name.trim());
  const wrong = headerProblems(columns, allowed).map((problem) => ({ file, line: header.line, ...problem }));
  if (wrong.length > 0) return { value: { columns, rows: [] }, problems: wrong };
  const ragged = body.filter(({ record }) => record.length !== columns.length);
  return {
    value: {
      columns,
      rows: body.filter((row) => !ragged.includes(row)).map(({ record, line }) => ({ line, cells: zip(columns, record) })),
    },
    problems: ragged.map(({ record, line }) => ({ file, line, message: explainRagged(record.length, columns.length) })),
  };
}

/** @returns one line of CSV without its end; cells that need it are quoted */
export function formatCsvLine(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
}

function splitLines(text: string, file: string): Reading<Line[]> {
  const value: Line[] = [];
  const options: Options<string[], string[]> = {
    bom: true,
    record_delimiter: "\n",
    relax_column_count: true,
    skip_empty_lines: true,
    on_record(record, { lines }) {
      // The parser counts to the line on which a record ends; line breaks inside quotes lie before that.
      value.push({ record, line: lines - countLineBreaks(record) });
      return null;
    },
  };
  try {
    // One kind of line end: the parser counts a Windows line end inside quotes as two lines.
    parse(text.replaceAll(/\r\n?/g, "\n"), options);
    return { value, problems: [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error["lines"] === "number" ? { line: error["lines"] } : {};
    return { value, problems: [{ file, ...line, message: `is not valid CSV: ${error.message}` }] };
  }
}

function countLineBreaks(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + (cell.split("\n").length - 1), 0);
}

function headerProblems(columns: readonly string[], { required, optional }: CsvColumns): Omit<Problem, "file">[] {
  const [only = "", ...others] = columns;
  const separator = /[;\t]/.exec(only)?.[0];
  if (others.length === 0 && separator) {
    return [{ message: `the cells are separated by ${separator === ";" ? "semicolons" : "tabs"}; save the file with commas` }];
  }
  const known = [...required, ...optional];
  const missing = required.filter((name) => !columns.includes(name));
  const unknown = columns.filter((name) => !known.includes(name));
  const repeated = columns.filter((name, index) => known.includes(name) && columns.indexOf(name) < index);
  return [
    ...missing.map((field) => ({ field, message: "this column is missing" })),
    ...unknown.map((field) => ({
      field,
      message: `is not a column of this file${suggestName(field, known) || `; the columns are ${known.join(", ")}`}`,
    })),
    ...repeated.map((field) => ({ field, message: "this column stands twice" })),
  ];
}

function explainRagged(found: number, expected: number): string {
  const hint = found > expected ? "; a cell with a comma in it stands in quotes" : "";
  return `has ${found} cells, the header has ${expected}${hint}`;
}

function zip(columns: readonly string[], record: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.map((name, index) => [name, record[index] ?? ""]));
}
