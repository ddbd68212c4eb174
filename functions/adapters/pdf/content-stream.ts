/** One instruction of a page: an operator behind its operands, with its place in the text. */
export interface Operation {
  readonly operator: string;
  /** As written: `<0012>`, `/F4`, `11`. */
  readonly operands: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** Strings, dictionaries' and arrays' marks, names, and everything else between white space. */
const TOKEN = /\((?:\\[\s\S]|[^\\()])*\)|<<|>>|<[0-9A-Fa-f\s]*>|[[\]]|\/[^\s/<>()[\]]*|[^\s/<>()[\]]+/g;
const OPERAND = /^(?:[-+.\d(<[\]/]|>>$|(?:true|false|null)$)/;

/** @param content the instructions of a page or form as latin1, one byte a character, written by Chromium: no comments, no inline
 *  images, no brackets within strings that are not escaped */
export function* readOperations(content: string): Generator<Operation> {
  let operands: string[] = [];
  let start = -1;
  for (const { 0: token, index } of content.matchAll(TOKEN)) {
    if (start < 0) start = index;
    if (OPERAND.test(token)) {
      operands.push(token);
      continue;
    }
    yield { operator: token, operands, start, end: index + token.length };
    operands = [];
    start = -1;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** @returns the codes of a string, two bytes each as in all fonts that Chromium embeds */
export function readCodes(token: string): number[] {
  const bytes = token.startsWith("<") ? Buffer.from(token.replaceAll(/[<>\s]/g, ""), "hex") : Buffer.from(readLiteral(token), "latin1");
  return Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readUInt16BE(index * 2));
}

function readLiteral(literal: string): string {
  return literal.slice(1, -1).replaceAll(/\\(?:([0-7]{1,3})|(\r\n|[\s\S]))/g, (_, octal: string | undefined, other = "") => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    return /^[\r\n]/.test(other) ? "" : (ESCAPES[other] ?? other);
  });
}

/** What to put in place of a stretch of text. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** @param replacements apart from each other, in any order */
export function replaceStretches(content: string, replacements: readonly Replacement[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, text } of replacements.toSorted((a, b) => a.start - b.start)) {
    parts.push(content.slice(done, start), text);
    done = end;
  }
  return [...parts, content.slice(done)].join("");
}
