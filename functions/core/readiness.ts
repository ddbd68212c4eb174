import { type Period, parsePeriod } from "./calendar.ts";
import type { Metric } from "./metric.ts";
import { knownAt, type Observation } from "./observation.ts";
import type { Register } from "./ports.ts";

/** What has come in of the figures that an office waits for. */
export interface Readiness {
  readonly ready: boolean;
  /** How many have to be there, of how many that are waited for, and how many are. */
  readonly enough: number;
  readonly declared: number;
  readonly present: number;
  /** In the order of the office's declaration: the metric, the office that holds it, and the period whose figure is not there. */
  readonly missing: readonly MissingFigure[];
}

interface MissingFigure {
  readonly metric: string;
  readonly holder: string;
  readonly period: string;
}

const monthsOf = { A: 12, S: 6, Q: 3, M: 1 } as const;

/** Whether enough of the figures that an office waits for are there for the briefing on a month.
 *
 *  Waited for is, of each declared metric, the figure for the latest period of the metric's own frequency that had ended by the month's last
 *  day: of a monthly metric the month itself, of a quarterly one the last whole quarter, of a yearly one the last whole year, which is all
 *  that could have been published. A yearly figure for the year before is there in every month but those in which last year's is still to
 *  come, so that it holds nothing up that it could not tell anything about.
 *
 *  It is there when the office's own area has a value for that period, or for a longer one of up to a year that ends on the same day:
 *  monthly figures are often published as totals from January on only (1—11月, and the whole year instead of December). A shorter period
 *  that ends there does not do: December is not the year. Neither does a value that is missing on purpose (status M), which says that
 *  nobody has it, nor an estimate (E) that was known before the period had ended, which is a forecast and no news of it. Whether the value
 *  is final is not asked: a briefing shows provisional figures as such.
 *  @param register with the vintages of all days, or as it was known on one
 *  @param period the month reported on, YYYY-MM
 *  @param asOf YYYY-MM-DD, in the office's time zone: what became known later does not count; without it everything on record does
 *  @returns always ready, with nothing missing, of an office that declares nothing; a metric that is not on record, or irregular, is
 *  missing for the month (`biaogan validate` refuses both) */
export function assessReadiness(register: Pick<Register, "office" | "metrics" | "observations">, period: string, asOf?: string): Readiness {
  const { office, metrics } = register;
  if (!office.readiness) return { ready: true, enough: 0, declared: 0, present: 0, missing: [] };
  const { declared, enough } = office.readiness;
  const known = asOf === undefined ? register.observations : knownAt(register.observations, asOf);
  const own = known.filter((o) => o.refArea === office.refArea);
  const missing = declared.flatMap(({ metric, holder }): MissingFigure[] => {
    const due = latestEnded(metrics.find((m) => m.id === metric)?.frequency ?? "irregular", period);
    const there = due !== undefined && own.some((o) => o.metric === metric && tellsOf(o, due));
    return there ? [] : [{ metric, holder, period: due?.id ?? period }];
  });
  const present = declared.length - missing.length;
  return { ready: present >= enough, enough, declared: declared.length, present, missing };
}

/** @returns the latest period of a frequency that had ended by the month's last day; none of irregular figures, which are due at no time */
function latestEnded(frequency: Metric["frequency"], month: string): Period | undefined {
  if (frequency === "irregular") return undefined;
  if (frequency === "D") return parsePeriod(parsePeriod(month)?.end ?? "");
  const months = monthsOf[frequency];
  const ended = Math.floor((Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))) / months);
  const begin = (ended - 1) * months;
  const [year, part] = [Math.floor(begin / 12), (begin % 12) / months + 1];
  if (frequency === "A") return parsePeriod(`${year}`);
  return parsePeriod(frequency === "M" ? `${year}-${String(part).padStart(2, "0")}` : `${year}-${frequency}${part}`);
}

function tellsOf({ period, value, status, knownSince }: Observation, due: Period): boolean {
  const own = parsePeriod(period);
  if (!own || value === null || own.end !== due.end || own.start > due.start) return false;
  const withinYear = own.start > `${Number(own.end.slice(0, 4)) - 1}${own.end.slice(4)}`;
  return withinYear && !(status === "E" && knownSince <= own.end);
}
