import type { RunId } from "./briefing-keys.ts";
import type { Commitment, Exclusion } from "./commitment.ts";
import type { Evidence } from "./evidence.ts";
import type { Metric } from "./metric.ts";
import type { Observation } from "./observation.ts";
import type { Office } from "./office.ts";
import type { RunRecord } from "./run-record.ts";
import type { Speech } from "./speech.ts";

/** Everything that an office has on record, of all dates. */
export interface Register {
  readonly office: Office;
  readonly speeches: readonly Speech[];
  readonly commitments: readonly Commitment[];
  readonly metrics: readonly Metric[];
  readonly observations: readonly Observation[];
  readonly evidence: readonly Evidence[];
}

/** A register as it lies in an office's folder: with the speeches' texts and what the coverage check may pass over. */
export interface OfficeFolder extends Register {
  /** Speech id → its text as stored. */
  readonly texts: ReadonlyMap<string, string>;
  readonly exclusions: readonly Exclusion[];
}

/** What `load` did to the table. */
export interface LoadSummary {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
}

/** The database of record behind a run. Reads are consistent; every method throws StoreError when the database does not answer. */
export interface RegisterStore {
  /** Makes the table hold exactly this register. Doing it twice changes nothing. */
  load(register: Register): Promise<LoadSummary>;
  /** @throws StoreError when nothing was ever loaded */
  read(): Promise<Register>;
  /** All vintages of one metric, of one area or of all. */
  observationsOf(metric: string, refArea?: string): Promise<Observation[]>;
}

/** What became of each run. Every method throws StoreError when the database does not answer. */
export interface RunStore {
  /** Puts the record in the place of the one the run had. */
  put(record: RunRecord): Promise<void>;
  get(run: RunId): Promise<RunRecord | undefined>;
  /** @returns the runs of a month, by revision */
  ofPeriod(series: string, period: string): Promise<RunRecord[]>;
}

/** What carries a run out step by step. */
export interface Workflow {
  /** Starts the execution of that name, once: a name that runs or ran before is not started again.
   *  @throws StoreError when the workflow's service does not answer */
  start(name: string, input: object): Promise<"started" | "known">;
}

/** Which days an office works. */
export interface WorkingCalendar {
  /** @param day a civil date, YYYY-MM-DD
   *  @throws CalendarError when that is not on record for the day's year; it never guesses */
  isWorkingDay(day: string): boolean;
}

/** Where published things stay for good. Keys are relative paths with `/`, for example `briefings/<office>/<run>/full-zh-CN.pdf`. */
export interface BriefingArchive {
  /** Publishes under a key that is never overwritten: the same content again is a no-op.
   *  @returns `created` or `unchanged`
   *  @throws ArchiveConflictError when the key holds other bytes */
  put(key: string, content: Uint8Array, contentType: string): Promise<"created" | "unchanged">;
  /** @returns undefined when nothing is stored under the key */
  get(key: string): Promise<Uint8Array | undefined>;
  /** @returns the keys that start with `prefix`, ascending */
  list(prefix: string): Promise<string[]>;
}

/** A file that travels inside the document, so that a program can read what a person reads. */
export interface Attachment {
  /** File name without folders, ASCII, for example `briefing.json`. */
  readonly name: string;
  readonly mediaType: string;
  /** One line for a reader's list of attachments. */
  readonly description: string;
  /** PDF 2.0's AFRelationship: what the document was made from, the data behind its charts and tables, or something that goes with it. */
  readonly relationship: "Source" | "Data" | "Supplement";
  readonly content: Uint8Array;
}

/** What prints: all that decides, beside the model, how a document looks. */
export interface ProgramIdentity {
  readonly version: string;
  /** SHA-256 of the program's files with the versions it is pinned to. */
  readonly program: string;
  /** SHA-256 of the templates, styles and locales. */
  readonly templates: string;
  /** Each font file with its SHA-256. */
  readonly fonts: readonly { readonly file: string; readonly sha256: string }[];
}

/** What a printed document says of itself. */
export interface DocumentInfo {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  /** BCP 47, for example zh-CN. */
  readonly language: string;
  /** ISO 8601 with offset; the file's creation date, taken from the briefing and never from the clock. */
  readonly date: string;
  readonly attachments: readonly Attachment[];
  /** Set across every page, in a layer of its own, of what must not pass for an issued document. */
  readonly watermark?: string;
  /** More pages than this stop the printing. */
  readonly maxPages?: number;
}

/** Prints one self-contained HTML page (no script, no request) as a tagged A4 PDF; the same HTML and info give the same bytes.
 *  Every element with `data-page-of="anchor"` is filled with the number of the page on which that anchor lies. */
export interface DocumentRenderer {
  /** @param html complete; everything it shows is inline
   *  @throws MissingGlyphError for a character no font has; LayoutError when the pages are not fit to be read (a heading alone at a page's
   *  foot, text outside its box or over other text, too many pages); RenderError when it cannot be printed or asks for a resource */
  render(html: string, info: DocumentInfo, signal?: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}
