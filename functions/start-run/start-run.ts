import { monthBefore } from "../core/calendar.ts";
import type { RunStore, Workflow } from "../core/ports.ts";

/** The run that a schedule starts is the month's first issue; a correction is another revision, and somebody asks for it. */
const firstRevision = 1;

/** A month that was missed is looked for this far back: longer, and Step Functions would no longer know a name that ran (ninety days). */
const sweptMonths = 3;

export interface StartRunDeps {
  readonly runs: RunStore;
  readonly workflow: Workflow;
}

export interface StartRunInput {
  readonly trigger: "monthly" | "sweep";
  readonly series: string;
  /** The day for which the event was scheduled, in the office's time zone: YYYY-MM-DD. */
  readonly today: string;
  /** The first month that is reported on. */
  readonly firstPeriod: string;
  /** From this day of a month on, the month before should have been issued. */
  readonly overdueFrom: number;
}

export interface StartRunOutput {
  readonly started: readonly string[];
  readonly known: readonly string[];
  /** Months that should have been issued and are not. */
  readonly overdue: readonly string[];
}

/** Starts the month that has ended or, sweeping, each of the last three months, unless it was issued. Starting twice is starting once: an execution
 *  is named after its run.
 *  @throws StoreError when the database or the workflow's service does not answer */
export async function startRun(input: StartRunInput, { runs, workflow }: StartRunDeps): Promise<StartRunOutput> {
  const { trigger, series, today, firstPeriod } = input;
  const months = listMonths(today.slice(0, 7), trigger === "sweep" ? sweptMonths : 1).filter((month) => month >= firstPeriod);
  const [started, known, overdue]: [string[], string[], string[]] = [[], [], []];
  for (const period of months) {
    if ((await runs.ofPeriod(series, period)).some(({ state }) => state === "issued")) continue;
    const run = `${series}-${period}-r${firstRevision}`;
    const list = (await workflow.start(run, { series, period })) === "started" ? started : known;
    list.push(run);
    if (isOverdue(period, input)) overdue.push(period);
  }
  return { started, known, overdue };
}

/** @returns that many months before `month`, the latest first */
function listMonths(month: string, count: number): string[] {
  const months = [monthBefore(month)];
  while (months.length < count) months.push(monthBefore(months.at(-1) ?? month));
  return months;
}

function isOverdue(period: string, { today, overdueFrom }: StartRunInput): boolean {
  const isLatest = period === monthBefore(today.slice(0, 7));
  return !isLatest || Number(today.slice(8)) >= overdueFrom;
}
