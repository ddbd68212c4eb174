/** A stretch of a text, UTF-16 code units, end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A number or quoted term of a speech that no commitment and no exclusion accounts for. */
export interface Uncovered extends Stretch {
  readonly kind: "digits" | "term";
  /** The digits, or the term with its quotation marks. */
  readonly text: string;
  /** The words around it on its own line. */
  readonly context: string;
  /** 1-based line of the text. */
  readonly line: number;
}

const contextLength = 16;

/** Proves that nothing countable was passed over: every run of digits (half or full width) and every “…” term
 *  must lie wholly inside one passage; two passages that share it between them do not cover it.
 *  @param text of a speech, as stored
 *  @param passages offsets of its commitments and exclusions
 *  @returns what is left over, in the order of the text; empty when the register is complete */
export function findUncovered(text: string, passages: readonly Stretch[]): Uncovered[] {
  return [...digitRuns(text), ...quotedTerms(text)]
    .filter(({ start, end }) => !passages.some((p) => p.start <= start && end <= p.end))
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .map((found) => ({
      ...found,
      text: text.slice(found.start, found.end),
      context: contextOf(text, found),
      line: lineAt(text, found.start),
    }));
}

function digitRuns(text: string) {
  return [...text.matchAll(/\p{Nd}+/gu)].map((m) => ({ kind: "digits" as const, start: m.index, end: m.index + m[0].length }));
}

/** Terms may stand inside one another: an inner pair is a term of its own. */
function quotedTerms(text: string) {
  const opened: number[] = [];
  const terms: { kind: "term"; start: number; end: number }[] = [];
  for (const { index, 0: mark } of text.matchAll(/[“”]/g)) {
    const start = mark === "“" ? void opened.push(index) : opened.pop();
    if (start !== undefined) terms.push({ kind: "term", start, end: index + 1 });
  }
  return terms;
}

function contextOf(text: string, { start, end }: Stretch): string {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", end);
  const from = Math.max(lineStart, start - contextLength);
  const to = Math.min(lineEnd < 0 ? text.length : lineEnd, end + contextLength);
  return text.slice(from, to).trim();
}

/** @returns the 1-based line on which the offset stands */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
