/** What a font's codes stand for: PDF calls it a ToUnicode CMap. */
export type CharacterMap = ReadonlyMap<number, string>;

const SINGLES = /beginbfchar([\s\S]*?)endbfchar/g;
const SINGLE = /<(\w+)>\s*<(\w+)>/g;
const RANGES = /beginbfrange([\s\S]*?)endbfrange/g;
const RANGE = /<(\w+)>\s*<(\w+)>\s*<(\w+)>/g;

/** Reads a map as Chromium writes it: single codes, and ranges that start at a character. */
export function readCharacterMap(source: string): CharacterMap {
  const map = new Map<number, string>();
  for (const [, block = ""] of source.matchAll(SINGLES)) {
    for (const [, code = "", text = ""] of block.matchAll(SINGLE)) map.set(Number.parseInt(code, 16), decodeUtf16(text));
  }
  for (const [, block = ""] of source.matchAll(RANGES)) {
    for (const [, from = "", to = "", text = ""] of block.matchAll(RANGE)) {
      const [first, last, start] = [from, to, text].map((hex) => Number.parseInt(hex, 16)) as [number, number, number];
      for (let code = first; code <= last; code += 1) map.set(code, String.fromCharCode(start + code - first));
    }
  }
  return map;
}

/**
 * Splits the ranges that run over the end of a row of 256 characters (U+4EFE, U+4EFF, U+4F00). PDF forbids them, and some readers count
 * on within the row, so that a search or a copy would give another character; Chromium writes them all the same.
 * @returns the same text when there are none
 */
export function mendCharacterMap(source: string): string {
  return source.replaceAll(/\d+\s+beginbfrange([\s\S]*?)endbfrange/g, (whole, block: string) => {
    const ranges = [...block.matchAll(RANGE)].map(([, ...range]) => range as [string, string, string]);
    const whole256 = ranges.flatMap(splitRange);
    if (whole256.length === ranges.length) return whole;
    const lines = whole256.map(([from, to, text]) => `<${from}> <${to}> <${text}>`);
    return chunk(lines, MAX_ENTRIES).map(writeBlock).join("\n");
  });
}

/** As many as a block may hold (Adobe Technical Note 5014). */
const MAX_ENTRIES = 100;

function writeBlock(lines: readonly string[]): string {
  return `${lines.length} beginbfrange\n${lines.join("\n")}\nendbfrange`;
}

function splitRange([from, to, text]: [string, string, string]): [string, string, string][] {
  const [first, last, start] = [from, to, text].map((hex) => Number.parseInt(hex, 16)) as [number, number, number];
  const room = 0xff - (start & 0xff);
  if (text.length !== 4 || last - first <= room) return [[from, to, text]];
  const next = first + room + 1;
  return [[from, hex4(next - 1), text], ...splitRange([hex4(next), to, hex4(start + room + 1)])];
}

function hex4(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, "0");
}

function chunk<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}

function decodeUtf16(hex: string): string {
  return Buffer.from(hex, "hex").swap16().toString("utf16le");
}
