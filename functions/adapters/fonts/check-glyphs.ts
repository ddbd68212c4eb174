import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { create, type Font } from "fontkit";
import { InputError, MissingGlyphError } from "../../core/errors.ts";
import { PARTIAL_FACES } from "./fonts-conf.ts";

/** White space, line and paragraph marks, and characters that only steer others: they are never drawn. */
const NEVER_DRAWN = /^(?:[\t\n\f\r]|\p{Default_Ignorable_Code_Point}|\p{Zl}|\p{Zp}|[\u200e\u200f\u202a-\u202e\u2066-\u2069])$/u;
const FONT_FILE = /\.(?:ttf|ttc|otf|otc)$/i;

/**
 * @param directory holds the document's own fonts; a character counts when all of them have it, because text in any of them may hold it
 * (but for those in the folder of partial faces, beside which a style names another)
 * @param extraDirectory an office's own fonts, searched with its subfolders; a character counts when one of them has it
 * @returns the code points that can be printed
 * @throws InputError for a font that Chromium could only embed as drawings (Type 3): not TrueType, or variable
 */
export async function readPrintableCharacters(directory: string, extraDirectory?: string): Promise<ReadonlySet<number>> {
  const own = (await readFonts(directory, PARTIAL_FACES)).map((font) => new Set(font.characterSet));
  const [first = new Set<number>(), ...rest] = own;
  const printable = new Set([...first].filter((codePoint) => rest.every((face) => face.has(codePoint))));
  const extra = extraDirectory === undefined ? [] : await readFonts(extraDirectory);
  for (const font of extra) for (const codePoint of font.characterSet) printable.add(codePoint);
  return printable;
}

/** How many characters are shown before and after a missing one. */
const AROUND = 10;

/**
 * @param texts what the page shows
 * @throws MissingGlyphError that names each character without a glyph, in order of appearance, with the words around its first place
 */
export function checkGlyphs(texts: Iterable<string>, printable: ReadonlySet<number>): void {
  const missing = new Map<string, string>();
  for (const text of texts) {
    const characters = [...text];
    for (const [index, character] of characters.entries()) {
      const codePoint = character.codePointAt(0);
      if (codePoint === undefined || printable.has(codePoint) || NEVER_DRAWN.test(character) || missing.has(character)) continue;
      missing.set(character, showAround(characters, index));
    }
  }
  if (missing.size > 0) throw new MissingGlyphError([...missing.keys()], missing);
}

function showAround(characters: readonly string[], index: number): string {
  const [start, end] = [Math.max(0, index - AROUND), index + AROUND + 1];
  const words = characters.slice(start, end).join("").replaceAll(/\s+/g, " ").trim();
  return `${start > 0 ? "…" : ""}${words}${end < characters.length ? "…" : ""}`;
}

async function readFonts(directory: string, except?: string): Promise<Font[]> {
  const fonts: Font[] = [];
  const files = (await readdir(directory, { recursive: true })).filter((file) => FONT_FILE.test(file) && dirname(file) !== except);
  for (const name of files.sort()) {
    const file = join(directory, name);
    for (const font of openFont(file, await readFile(file))) {
      const { tables } = font.directory;
      if (!("glyf" in tables) || "fvar" in tables) {
        throw new InputError([
          { file, message: "this font is not static TrueType; give one file per weight, with TrueType outlines (.ttf)" },
        ]);
      }
      fonts.push(font);
    }
  }
  return fonts;
}

function openFont(file: string, content: Buffer): Font[] {
  try {
    const font = create(content);
    return "fonts" in font ? font.fonts : [font];
  } catch (cause) {
    throw new InputError([{ file, message: "this is not a font that can be read; remove it or replace it" }], { cause });
  }
}
