import { stringify } from "csv-stringify/sync";
import type { Briefing } from "../core/briefing/briefing.ts";

const columns = [
  { key: "metric", header: "METRIC" },
  { key: "metricName", header: "METRIC_NAME" },
  { key: "frequency", header: "FREQ" },
  { key: "refArea", header: "REF_AREA" },
  { key: "period", header: "TIME_PERIOD" },
  { key: "value", header: "OBS_VALUE" },
  { key: "unit", header: "UNIT_MEASURE" },
  { key: "status", header: "OBS_STATUS" },
  { key: "knownSince", header: "KNOWN_SINCE" },
  { key: "definition", header: "DEFINITION" },
  { key: "role", header: "ROLE" },
  { key: "sourceTitle", header: "SOURCE_TITLE" },
  { key: "sourceUrl", header: "SOURCE_URL" },
  { key: "sourceQuote", header: "SOURCE_QUOTE" },
  { key: "sourceRank", header: "SOURCE_RANK" },
];

/** What a spreadsheet would take for a formula (OWASP, CSV injection); a negative number is none. */
const FORMULA = /^(?:[=+@\t\r＝＋＠]|[-－](?!\d+(?:\.\d+)?$))/;

/** The briefing's figures as a table: SDMX's column names, UTF-8 with a byte order mark (so that Excel reads Chinese), CRLF (RFC 4180).
 *  A text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function writeObservationsCsv({ observations }: Pick<Briefing, "observations">): Uint8Array {
  const rows = observations.map((row) => Object.fromEntries(Object.entries(row).map(([key, text]) => [key, defuse(text)])));
  return new TextEncoder().encode(stringify(rows, { header: true, columns, bom: true, record_delimiter: "windows" }));
}

function defuse(text = ""): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
