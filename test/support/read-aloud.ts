import { run } from "./conformance-tools.ts";

/** Poppler loses the rest of a stretch behind a character that Chromium writes with an ActualText (／, a ligature).
 *  @returns the characters of a PDF that are printed but not read aloud, sorted; white space is not counted */
export async function listUnread(file: string): Promise<string> {
  const structure = await run("pdfinfo", ["-struct-text", file]);
  const read = [...structure.matchAll(/^ *"(.*)"$/gm)].map(([, words]) => words).join("");
  const counts = new Map<string, number>();
  for (const character of squeeze(await run("pdftotext", ["-layout", file, "-"]))) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  for (const character of squeeze(read)) counts.set(character, (counts.get(character) ?? 0) - 1);
  const unread = [...counts].filter(([, count]) => count > 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return unread.map(([character, count]) => character.repeat(count)).join("");
}

/** Where a line ends is no part of what is said. */
function squeeze(text: string): string {
  return text.replaceAll(/\s/g, "");
}
