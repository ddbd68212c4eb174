import type { RunId } from "./briefing-keys.ts";
import type { Commitment, Exclusion } from "./commitment.ts";
import type { Delivery, DeliveryKey, RunDeliveries } from "./delivery.ts";
import type { DeliveryEvent, DeliveryMove } from "./delivery-moves.ts";
import type { Evidence } from "./evidence.ts";
import type { Unsubscribe } from "./list-unsubscribe.ts";
import type { Metric } from "./metric.ts";
import type { Observation } from "./observation.ts";
import type { Office } from "./office.ts";
import type { RunRecord } from "./run-record.ts";
import type { Speech } from "./speech.ts";
import type { Subscription } from "./subscription.ts";
import type { Suppression } from "./suppression.ts";

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
  /** No part of the register: who reads a briefing changes nothing in it. */
  readonly subscriptions: readonly Subscription[];
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

/** Who gets which editions. Personal data: they are in no register, no briefing and no log. Every method throws StoreError when the database
 *  does not answer. */
export interface SubscriptionStore {
  /** Makes the table hold exactly these. Doing it twice changes nothing; a load that broke off is mended by the next. */
  load(subscriptions: readonly Subscription[]): Promise<LoadSummary>;
  /** @returns all of them by id, those that have ended or rest included */
  list(): Promise<Subscription[]>;
  get(id: string): Promise<Subscription | undefined>;
}

/** To whom nothing is sent any more. Personal data, like subscriptions. Addresses are compared as `mailbox` writes them. Every method throws
 *  StoreError when the database does not answer. */
export interface SuppressionList {
  find(address: string): Promise<Suppression | undefined>;
  /** @returns all of them by address */
  list(): Promise<Suppression[]>;
  /** Suppresses an address; of several for one address the graver stands. One from before the address was last cleared does nothing: the mail
   *  service tells late and repeats itself, and what was mended since is not undone by old news. */
  add(suppression: Suppression): Promise<void>;
  /** Lets mails go to an address again, and keeps when that was.
   *  @param at ISO 8601 in UTC
   *  @returns whether it was suppressed */
  clear(address: string, at: string): Promise<boolean>;
}

/** What a mail service allows an account. */
export interface SendingLimits {
  /** Mails a second. */
  readonly perSecond: number;
  /** Mails in any 24 hours; absent where there is no such limit. */
  readonly perDay?: number;
  /** Mails sent in the last 24 hours, as far as the service has counted. */
  readonly sentLastDay: number;
}

/** Whether a mail may be sent, and when. */
export type SendingLeave =
  /** One mail, after that time; who does not send it leaves its place empty. */
  | { readonly outcome: "granted"; readonly waitMs: number }
  /** No place is kept; ask again after that time. */
  | { readonly outcome: "refused"; readonly reason: string; readonly retryAfterMs: number };

/** Leave to send, one mail at a time, at the rate and up to the number that the mail service allows: shared by all workers wherever they run,
 *  and given in the order in which they ask. */
export interface SendingQuota {
  /** @throws MailThrottledError when the limits cannot be read; StoreError when the database does not answer */
  ask(): Promise<SendingLeave>;
}

/** What became of each mail. A row is never deleted, by time neither: it is all that keeps a mail from being sent twice. Every method throws
 *  StoreError when the database does not answer; then nobody knows whether the row was written, and asking again finds out. */
export interface DeliveryLedger {
  /** Makes the move that `moveDelivery` allows, in one conditional write: of any number that are tried at once each sees what the one before
   *  left. A claim takes a delivery without a row for PENDING, and so does declining it.
   *  @returns `absent` for any other event of a delivery without a row: it is none of ours */
  move(key: DeliveryKey, event: DeliveryEvent): Promise<DeliveryMove | { readonly outcome: "absent" }>;
  get(key: DeliveryKey): Promise<Delivery | undefined>;
  /** @returns by edition and recipient */
  ofRun(run: RunId): Promise<RunDeliveries>;
}

/** One mail to one reader. */
export interface Mail {
  /** Travels with the mail, so that what becomes of it can be told apart; see `deliveryId`. */
  readonly deliveryId: string;
  /** An address alone, ASCII. */
  readonly to: string;
  /** One line. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly MailAttachment[];
  /** How its reader leaves the list. */
  readonly unsubscribe?: Unsubscribe;
}

/** A file that is sent along. */
interface MailAttachment {
  /** ASCII, without folders. */
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

/** What the mail service said. Rejected: surely not accepted, and it will not be tomorrow either unless something is mended. Unknown: it may have
 *  been accepted. */
export type MailOutcome =
  | { readonly outcome: "accepted"; readonly messageId: string }
  | { readonly outcome: "rejected" | "unknown"; readonly reason: string };

/** Hands a mail over for delivery, at most once: nothing behind this port tries again by itself. */
export interface Mailer {
  /** @throws MailThrottledError when surely nothing was accepted and the same mail may be accepted later */
  send(mail: Mail): Promise<MailOutcome>;
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
