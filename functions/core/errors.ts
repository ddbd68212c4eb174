/** Where something is wrong, in words a secretary can act on. */
export interface Problem {
  /** Path as the user knows it, relative to the office's folder where it lies inside. */
  readonly file: string;
  /** 1-based; absent where a whole file is meant. */
  readonly line?: number | undefined;
  /** Column of a CSV or path inside a YAML entry, for example `target.metric`. */
  readonly field?: string | undefined;
  /** What is wrong and what to write instead. */
  readonly message: string;
}

/** @returns `file:line field: message`, the form every problem is printed in. */
function formatProblem({ file, line, field, message }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return field === undefined || field === "" ? `${place}: ${message}` : `${place} ${field}: ${message}`;
}

/** What came from outside is not usable; nothing was changed. Holds every problem found, not only the first. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(formatProblem).join("\n"), options);
    this.problems = problems;
  }
}

/** The archive already holds other bytes under this key; what was published is never overwritten. */
export class ArchiveConflictError extends Error {
  override readonly name = "ArchiveConflictError";
  readonly key: string;

  constructor(key: string, options?: ErrorOptions) {
    super(`${key}: the archive already holds a different content under this key; publish under a new revision`, options);
    this.key = key;
  }
}

/** Characters that no font of the edition can draw; printing them would leave empty boxes. */
export class MissingGlyphError extends Error {
  override readonly name = "MissingGlyphError";
  readonly characters: readonly string[];

  /** @param words character → some words around the first place where it stands */
  constructor(characters: readonly string[], words: ReadonlyMap<string, string> = new Map()) {
    const named = characters.map((character) => {
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      const around = words.get(character) ?? "";
      return `${character} (U+${code})${around === "" ? "" : ` in "${around}"`}`;
    });
    super(`no font has a glyph for ${named.join(", ")}; put a font that has it into the office's fonts/ folder`);
    this.characters = characters;
  }
}

/** The document could not be printed: Chromium did not start, did not finish in time or asked for what it may not have. */
export class RenderError extends Error {
  override readonly name = "RenderError";
}

/** What would be printed is not fit to be published: a figure without a source, an empty chart, a stale figure shown as current.
 *  Nothing was published. Holds every fault found. */
export class ContentError extends Error {
  override readonly name = "ContentError";
  /** Each with the metric or statement it is about. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[], options?: ErrorOptions) {
    super(`the briefing is not fit to be published:\n${faults.join("\n")}`, options);
    this.faults = faults;
  }
}

/** The document was printed, and its pages are not fit to be read; nothing was published. Holds every fault found. */
export class LayoutError extends Error {
  override readonly name = "LayoutError";
  /** Each with its page and the words it is about. */
  readonly faults: readonly string[];
  /** Whether there are more pages than allowed, or words cut off by their frame: showing less may mend that. */
  readonly tooLong: boolean;

  constructor(faults: readonly string[], { tooLong = false, ...options }: ErrorOptions & { readonly tooLong?: boolean } = {}) {
    super(`the pages are not fit to be published:\n${faults.join("\n")}`, options);
    this.faults = faults;
    this.tooLong = tooLong;
  }
}

/** A run has ended, and some of its editions were not issued or some of its mails are not accounted for; the rest stands. Holds every one. */
export class RunIncompleteError extends Error {
  override readonly name = "RunIncompleteError";

  /** @param failed each with its edition and the reason
   *  @param unsent how many mails have not been sent */
  constructor(run: string, failed: readonly string[], unsent: number) {
    const editions = failed.length === 0 ? "" : `\nnot issued:\n${failed.join("\n")}`;
    const mails = unsent === 0 ? "" : `\nmails not sent: ${unsent}`;
    super(
      `${run} is incomplete${editions}${mails}\nremove the cause, then redrive the execution: what is missing is done, and nothing twice`,
    );
  }
}

/** The database did not answer or refused; the run may be tried again. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  /** Whether it answered that nobody has loaded anything yet. */
  readonly isEmpty: boolean;

  constructor(message: string, { isEmpty = false, ...options }: ErrorOptions & { readonly isEmpty?: boolean } = {}) {
    super(message, options);
    this.isEmpty = isEmpty;
  }
}

/** Which days of a year are worked is not on record: not published yet, or published and not taken in. */
export class CalendarError extends Error {
  override readonly name = "CalendarError";
  /** YYYY */
  readonly year: string;

  /** @param remedy what is to be done about it */
  constructor(year: string, remedy: string, options?: ErrorOptions) {
    super(`${year}: it is not on record which days of this year are worked; ${remedy}`, options);
    this.year = year;
  }
}

/** The mail service is asked too fast, has used up its day's quota or cannot be reached. It is certain that nothing was accepted: the same mail may
 *  be sent later. */
export class MailThrottledError extends Error {
  override readonly name = "MailThrottledError";
}
