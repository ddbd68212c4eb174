import type { Metric } from "../metric.ts";
import { compareVintages, type Observation, publishedDigits } from "../observation.ts";
import { vintageKey } from "./check-register.ts";

/** A revision and the figure that stood for the same thing until now (the best vintage on record). */
interface Revision<Row> {
  readonly row: Row;
  readonly previous: Observation;
}

/** A row that cannot be taken in. */
export interface Refusal<Row> {
  readonly row: Row;
  readonly field: string;
  readonly message: string;
  /** The earlier row of the same file, where two clash. */
  readonly other?: Row;
}

/** The rows of an import by what they would do to the record; every row is in exactly one list. */
export interface ImportPlan<Row> {
  readonly new: readonly Row[];
  readonly revised: readonly Revision<Row>[];
  readonly unchanged: readonly Row[];
  readonly refused: readonly Refusal<Row>[];
}

type Placed<Row> =
  | { readonly as: "new" | "unchanged"; readonly row: Row }
  | { readonly as: "revised"; readonly row: Row; readonly previous: Observation }
  | { readonly as: "refused"; readonly row: Row; readonly refusal: Refusal<Row> };

/** Compares a file's rows with the record, one against all that the office already has.
 *  `new`: no figure yet for that metric, area, period and definition. `revised`: there is one, this is another vintage of it.
 *  `unchanged`: the very same vintage (see observationKey) with the same value; other words in its source are not looked at.
 *  `refused`: the same vintage with another value (what was published on a date is never changed), or twice in the file.
 *  @param existing every observation on record
 *  @param metrics of the office */
export function planImport<Row extends { readonly observation: Observation }>(
  rows: readonly Row[],
  existing: readonly Observation[],
  metrics: readonly Metric[],
): ImportPlan<Row> {
  const place = placer<Row>(existing, new Map(metrics.map((metric) => [metric.id, metric])));
  const placed = rows.map(place);
  return {
    new: placed.filter((p) => p.as === "new").map((p) => p.row),
    revised: placed.filter((p) => p.as === "revised").map(({ row, previous }) => ({ row, previous })),
    unchanged: placed.filter((p) => p.as === "unchanged").map((p) => p.row),
    refused: placed.filter((p) => p.as === "refused").map((p) => p.refusal),
  };
}

function placer<Row extends { readonly observation: Observation }>(existing: readonly Observation[], metrics: ReadonlyMap<string, Metric>) {
  const keyOf = (o: Observation) => vintageKey(o, metrics.get(o.metric));
  const seriesOf = (o: Observation) => seriesKey(o, metrics.get(o.metric));
  const onRecord = new Map(existing.map((o) => [keyOf(o), o]));
  const bySeries = Map.groupBy(existing, seriesOf);
  const inFile = new Map<string, Row>();
  return (row: Row): Placed<Row> => {
    const key = keyOf(row.observation);
    const other = inFile.get(key);
    if (other) return { as: "refused", row, refusal: repetition(row, other) };
    inFile.set(key, row);
    const same = onRecord.get(key);
    if (same && same.value !== row.observation.value) return { as: "refused", row, refusal: contradiction(row, same) };
    if (same) return { as: "unchanged", row };
    const [previous] = (bySeries.get(seriesOf(row.observation)) ?? []).toSorted(compareVintages);
    return previous ? { as: "revised", row, previous } : { as: "new", row };
  };
}

function seriesKey(o: Observation, metric: Metric | undefined): string {
  return [o.metric, o.refArea, o.period, o.definition ?? metric?.definitions[0]?.id ?? ""].join("|");
}

function repetition<Row>(row: Row, other: Row): Refusal<Row> {
  return { row, other, field: "KNOWN_SINCE", message: "the same figure of the same source and date stands twice in this file" };
}

function contradiction<Row extends { readonly observation: Observation }>(row: Row, same: Observation): Refusal<Row> {
  const value = same.value === null ? "missing" : `${publishedDigits({ value: same.value, decimals: same.decimals })} ${same.unit}`;
  const message = `this source is already on record with ${value} for ${same.period}, known since ${same.knownSince}; what was published is never changed: give the correction its own KNOWN_SINCE`;
  return { row, field: "OBS_VALUE", message };
}
