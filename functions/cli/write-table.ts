import { columnsOf } from "./wrap-text.ts";

/** Writes rows for a terminal: each column as wide as its widest cell, the last one as long as it is.
 *  @param rows the heading first; all of the same length */
export function writeTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => rows.reduce((widest, row) => Math.max(widest, columnsOf(row[column] ?? "")), 0));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - columnsOf(cell)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** @returns `3 sent, 1 not sent`: those of which there are any, in the order given */
export function writeCounts(counts: Readonly<Record<string, number>>): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.length === 0 ? "none" : some.map(([name, count]) => `${count} ${name}`).join(", ");
}
