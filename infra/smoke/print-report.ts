import type { StepResult } from "./smoke-step.ts";

const marks = { passed: "✓", failed: "✗", "not reached": "–" } as const;
const maxCellWidth = 72;

/** @returns one table: step, outcome, seconds, what it found and what it proves; below it what to do about what failed */
export function formatReport(results: readonly StepResult[]): string {
  const head = ["", "step", "outcome", "s", "found", "proves"];
  const rows = results.map(({ step, outcome, seconds, found, proves }) => [
    marks[outcome],
    step,
    outcome,
    seconds.toFixed(1),
    shorten(found),
    proves,
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const failed = results.filter(({ outcome }) => outcome === "failed");
  return [
    line(head),
    line(widths.map((width) => "─".repeat(width))),
    ...rows.map(line),
    ...failed.map(({ step, found, advice }) => `\n${step} failed: ${found}\n  → ${advice}`),
  ].join("\n");
}

/** What a step found in full stands below the table, or in the JSON. */
function shorten(text: string): string {
  const [first = "", ...more] = text.split("\n");
  const cut = first.slice(0, maxCellWidth);
  return cut.length < first.length || more.length > 0 ? `${cut.slice(0, maxCellWidth - 1)}…` : cut;
}
