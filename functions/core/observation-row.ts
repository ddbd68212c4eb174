import { z } from "zod";
import { isoDateSchema, periodSchema } from "./calendar.ts";
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
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.map((i) => ({ field: i.path.join("."), message: i.message })) };
  }
  const cells = parsed.data;
  const metric = metrics.get(cells.METRIC);
  const value = readValue(cells.OBS_VALUE, cells.OBS_STATUS);
  const problems = [...(metric ? checkAgainstMetric(cells, metric) : [unknownMetric(cells.METRIC)])];
  if (!areas.has(cells.REF_AREA)) {
    problems.push({ field: "REF_AREA", message: `${cells.REF_AREA} is not an area of this office (see areas in office.yaml)` });
  }
  if ("message" in value) problems.push({ field: "OBS_VALUE", message: value.message });
  if (problems.length > 0 || !metric || "message" in value) return { ok: false, problems };
  return { ok: true, observation: toObservation(cells, metric, value.text) };
}

function unknownMetric(id: string): RowProblem {
  return { field: "METRIC", message: `${id} is not a metric of this office (see metrics/)` };
}

function* checkAgainstMetric(cells: Cells, metric: Metric): Generator<RowProblem> {
  if (unitShift(metric, cells.UNIT_MEASURE, Number(cells.UNIT_MULT)) === undefined) {
    yield { field: "UNIT_MEASURE", message: `${metric.id} is measured in ${metric.unit.id}, not in ${cells.UNIT_MEASURE}` };
  }
  if (cells.DEFINITION !== "" && !metric.definitions.some((d) => d.id === cells.DEFINITION)) {
    yield { field: "DEFINITION", message: `${metric.id} has no definition ${cells.DEFINITION}` };
  }
}

function toObservation(cells: Cells, metric: Metric, published: string): Observation {
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

function readValue(text: string, status: string): { text: string } | { message: string } {
  if (status === "M") return text === "" ? { text } : { message: "a missing value (M) has no number; leave it empty" };
  if (/^[+-]?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text))) return { text };
  const bare = text.replaceAll(/[,，\s]/g, "");
  const hint = /^[+-]?\d+(\.\d+)?$/.test(bare) ? ` (write ${bare})` : "";
  return { message: text === "" ? "the value is missing (status M says so on purpose)" : `"${text}" is not a number${hint}` };
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
