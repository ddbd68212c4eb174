import { z } from "zod";
import { isoDateSchema, periodSchema } from "./calendar.ts";
import { suggestName } from "./checks/suggest-name.ts";
import type { Metric } from "./metric.ts";
import { type Observation, observationSchema, observationStatusSchema } from "./observation.ts";
import { sourceRankSchema } from "./source.ts";

/** Columns of an observations file in their order: SDMX-CSV names first, then where the figure comes from. */
export const observationColumns = [
  "METRIC",
  "REF_AREA",
  "TIME_PERIOD",
  "OBS_VALUE",
  "UNIT_MEASURE",
  "UNIT_MULT",
  "OBS_STATUS",
  "KNOWN_SINCE",
  "SOURCE_TITLE",
  "SOURCE_URL",
  "SOURCE_QUOTE",
  "COMMENT",
] as const;

/** May be left out: without them a source is an original of unnamed publisher, under the metric's first definition. */
export const optionalObservationColumns = ["PUBLISHER", "SOURCE_RANK", "DEFINITION"] as const;

const rowSchema = z.strictObject({
  METRIC: z.string().min(1, "name the metric"),
  REF_AREA: z.string().min(1, "name the reference area"),
  TIME_PERIOD: periodSchema,
  OBS_VALUE: z.string(),
  UNIT_MEASURE: z.string().min(1, "name the unit"),
  UNIT_MULT: z.string().regex(/^-?\d{1,2}$/, "write the power of ten as a whole number (0 for none)"),
  OBS_STATUS: observationStatusSchema,
  KNOWN_SINCE: isoDateSchema,
  SOURCE_TITLE: z.string().min(1, "name the source: no figure without one"),
  SOURCE_URL: z.url({ protocol: /^https?$/, error: "write the http(s) address of the source" }),
  SOURCE_QUOTE: z.string().min(1, "quote the passage that says it"),
  COMMENT: z.string().default(""),
  PUBLISHER: z.string().default(""),
  SOURCE_RANK: z.union([sourceRankSchema, z.literal("")]).default(""),
  DEFINITION: z.string().default(""),
});

type Cells = z.infer<typeof rowSchema>;

/** A row that cannot be used, and the column that says why. */
export interface RowProblem {
  readonly field: string;
  readonly message: string;
}

/** Reads one row of an observations file into the metric's own unit.
 *  @param row column name → text as it stands in the file
 *  @param metrics every metric of the office, by id
 *  @param areas ids of the office's reference areas
 *  @returns the observation, or every problem of the row */
export function readObservationRow(
  row: Readonly<Record<string, string>>,
  metrics: ReadonlyMap<string, Metric>,
  areas: ReadonlySet<string>,
): { ok: true; observation: Observation } | { ok: false; problems: RowProblem[] } {
  const parsed = rowSchema.safeParse(row);
  const metric = metrics.get(row["METRIC"] ?? "");
  const known = { metrics, areas };
  const schemaProblems = (parsed.error?.issues ?? []).map((i) => ({ field: i.path.join("."), message: i.message }));
  const named = new Set(schemaProblems.map((p) => p.field));
  const problems = [...schemaProblems, ...[...checkCells(row, metric, known)].filter((p) => !named.has(p.field))];
  if (problems.length > 0 || !parsed.success || !metric) return { ok: false, problems };
  return { ok: true, observation: toObservation(parsed.data, metric) };
}

type Known = { readonly metrics: ReadonlyMap<string, Metric>; readonly areas: ReadonlySet<string> };

/** What the schema of a row cannot know: the office's metrics and areas, and which numbers go with which status. */
function* checkCells(row: Readonly<Record<string, string>>, metric: Metric | undefined, { metrics, areas }: Known): Generator<RowProblem> {
  const { METRIC = "", REF_AREA = "", OBS_VALUE = "", OBS_STATUS = "" } = row;
  if (metric) yield* checkAgainstMetric(row, metric);
  else
    yield {
      field: "METRIC",
      message: `${METRIC} is not a metric of this office${suggestName(METRIC, metrics.keys()) || " (see metrics/)"}`,
    };
  if (!areas.has(REF_AREA)) {
    const hint = suggestName(REF_AREA, areas) || " (see areas in office.yaml)";
    yield { field: "REF_AREA", message: `${REF_AREA} is not an area of this office${hint}` };
  }
  const wrong = explainValue(OBS_VALUE, OBS_STATUS);
  if (wrong !== undefined) yield { field: "OBS_VALUE", message: wrong };
}

function* checkAgainstMetric(row: Readonly<Record<string, string>>, metric: Metric): Generator<RowProblem> {
  const { UNIT_MEASURE = "", DEFINITION = "" } = row;
  if (unitShift(metric, UNIT_MEASURE, 0) === undefined) {
    yield { field: "UNIT_MEASURE", message: `${metric.id} is measured in ${metric.unit.id}, not in ${UNIT_MEASURE}` };
  }
  if (DEFINITION !== "" && !metric.definitions.some((d) => d.id === DEFINITION)) {
    yield { field: "DEFINITION", message: `${metric.id} has no definition ${DEFINITION}` };
  }
}

function toObservation(cells: Cells, metric: Metric): Observation {
  const published = cells.OBS_VALUE;
  const shift = unitShift(metric, cells.UNIT_MEASURE, Number(cells.UNIT_MULT)) ?? 0;
  return observationSchema.parse({
    metric: metric.id,
    refArea: cells.REF_AREA,
    period: cells.TIME_PERIOD,
    value: published === "" ? null : Number(shiftPoint(published, shift)),
    decimals: decimalsOf(published) - shift,
    unit: metric.unit.id,
    status: cells.OBS_STATUS,
    knownSince: cells.KNOWN_SINCE,
    source: {
      title: cells.SOURCE_TITLE,
      ...(cells.PUBLISHER === "" ? {} : { publisher: cells.PUBLISHER }),
      url: cells.SOURCE_URL,
      quote: cells.SOURCE_QUOTE,
      rank: cells.SOURCE_RANK === "" ? "original" : cells.SOURCE_RANK,
    },
    ...(cells.DEFINITION === "" ? {} : { definition: cells.DEFINITION }),
    ...(cells.COMMENT === "" ? {} : { comment: cells.COMMENT }),
  });
}

/** At most as many digits as any statistic has: with the powers of ten allowed, every value stays a finite number. */
const numberPattern = /^[+-]?\d{1,30}(\.\d{1,15})?$/;

/** @returns what is wrong with the number, undefined when nothing is */
function explainValue(text: string, status: string): string | undefined {
  if (status === "M") return text === "" ? undefined : "a missing value (M) has no number; leave it empty";
  if (numberPattern.test(text)) return undefined;
  if (text === "") return "the value is missing (status M says so on purpose)";
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return "has more digits than any figure: at most 30 before the point and 15 after it";
  const bare = text.replaceAll(/[,，\s]/g, "");
  return `"${text}" is not a number${numberPattern.test(bare) ? ` (write ${bare})` : ""}`;
}

/** @returns by how many powers of ten the published number is moved into the metric's unit; undefined when the units differ. */
function unitShift(metric: Metric, measure: string, mult: number): number | undefined {
  if (measure === metric.unit.id) return mult;
  if (measure === metric.unit.measure && metric.unit.mult !== undefined) return mult - metric.unit.mult;
  return undefined;
}

function decimalsOf(text: string): number {
  return text.split(".")[1]?.length ?? 0;
}

/** Moves the decimal point in the text, so that 260.6 × 10 is 2606 and not 2605.9999. */
function shiftPoint(text: string, places: number): string {
  return `${text}e${places}`;
}
