import type { StepResult } from "./smoke-step.ts";

const marks = { passed: "✓", failed: "✗", "not reached": "–" } as const;

/** @returns one table: step, outcome, seconds and what it proves; below it what each step found, and what to do about one that failed */
export function formatReport(results: readonly StepResult[]): string {
  const head = ["", "step", "outcome", "s", "what it proves"];
  const rows = results.map(({ step, outcome, seconds, proves }) => [marks[outcome], step, outcome, seconds.toFixed(1), proves]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  const found = results.filter((result) => result.found !== "");
  return [
    line(head),
    line(widths.map((width) => "─".repeat(width))),
    ...rows.map(line),
    "",
    ...found.map((result) => `${result.step}: ${result.found}${result.advice === undefined ? "" : `\n  → ${result.advice}`}`),
  ].join("\n");
}
