import type { Signal } from "./assessment/assessment.ts";
import type { Briefing, ObservationRow } from "./briefing/briefing.ts";
import type { BriefingItem } from "./briefing/briefing-item.ts";

interface Standing {
  readonly signal: Signal;
  /** The verdict's word in the edition's language. */
  readonly name: string;
}

/** A figure for one period that is another now. */
export interface CorrectedFigure {
  readonly metricName: string;
  /** The area's code, where both issues have figures of several areas for the metric; null where there is no doubt. */
  readonly refArea: string | null;
  /** As in the register: 2018-01, 2024-Q2. */
  readonly period: string;
  readonly unit: string;
  readonly old: string;
  /** null: it is on record no longer. */
  readonly new: string | null;
  /** The title of the new figure's source; of the old one's where there is no new figure. */
  readonly source: string;
}

/** What is different in an issue from the one that it supersedes. */
export interface IssueDifferences {
  /** Other verdicts or signals, in the later issue's order. */
  readonly verdicts: readonly { readonly title: string; readonly from: Standing; readonly to: Standing }[];
  /** In the order of the later issue, then what was withdrawn in the order of the earlier one. */
  readonly figures: readonly CorrectedFigure[];
  /** Statements that only the later issue has, and only the earlier one, by title; a leader's page names a few of its statements, and none here. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Compares two frozen models of one edition. Figures that are new because a period has one now are not counted: they correct nothing.
 *  @param earlier, later in one language */
export function compareIssues(earlier: Briefing, later: Briefing): IssueDifferences {
  const [before, after] = [statementsOf(earlier), statementsOf(later)];
  const only = (one: typeof before, other: typeof before) =>
    later.scope === "one-page" ? [] : [...one.values()].filter((s) => !other.has(s.commitmentId)).map((s) => s.title);
  return {
    verdicts: [...after.values()].flatMap((now) => {
      const then = before.get(now.commitmentId);
      const same = !then || (then.verdict === now.verdict && then.signal === now.signal);
      return same ? [] : [{ title: now.title, from: standing(then), to: standing(now) }];
    }),
    figures: compareFigures(earlier.observations, later.observations),
    added: only(after, before),
    removed: only(before, after),
  };
}

function statementsOf({ themes }: Briefing): ReadonlyMap<string, BriefingItem> {
  const items = themes.flatMap(({ groups, open }) => [...groups.flatMap((group) => group.items), ...open]);
  return new Map(items.map((item) => [item.commitmentId, item]));
}

function standing({ signal, verdictName }: BriefingItem): Standing {
  return { signal, name: verdictName };
}

function compareFigures(earlier: readonly ObservationRow[], later: readonly ObservationRow[]): CorrectedFigure[] {
  const [before, after] = [figuresOf(earlier), figuresOf(later)];
  const areas = Map.groupBy([...before.values(), ...after.values()], (row) => row.metric);
  const severalAreas = (metric: string) => new Set(areas.get(metric)?.map((row) => row.refArea)).size > 1;
  const told = (row: ObservationRow, old: string, now: string | null): CorrectedFigure => ({
    metricName: row.metricName,
    refArea: severalAreas(row.metric) ? row.refArea : null,
    period: row.period,
    unit: row.unit,
    old,
    new: now,
    source: row.sourceTitle,
  });
  const revised = [...after].flatMap(([key, now]) => {
    const then = before.get(key);
    return then && Number(then.value) !== Number(now.value) ? [told(now, then.value, now.value)] : [];
  });
  // An issue has all that is known of a metric and area that it uses: what is missing there was withdrawn, elsewhere it may only not be used.
  const known = new Set(later.map(keyOf));
  const used = new Set(later.map((row) => `${row.metric}|${row.refArea}`));
  const isWithdrawn = (key: string, row: ObservationRow) => !known.has(key) && used.has(`${row.metric}|${row.refArea}`);
  const withdrawn = [...before].flatMap(([key, then]) => (isWithdrawn(key, then) ? [told(then, then.value, null)] : []));
  return [...revised, ...withdrawn];
}

function figuresOf(rows: readonly ObservationRow[]): ReadonlyMap<string, ObservationRow> {
  return new Map(rows.filter(({ role }) => role !== "superseded").map((row) => [keyOf(row), row]));
}

function keyOf({ metric, refArea, period, definition = "" }: ObservationRow): string {
  return JSON.stringify([metric, refArea, period, definition]);
}
