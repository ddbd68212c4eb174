/** Letters that take two columns of a terminal; dashes, dots and curly quotes take one or two, and are counted as two to be safe. */
const wide =
  /[\u1100-\u115f\u2014\u2018-\u201d\u2026\u00b7\u2e80-\u303e\u3041-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;

/** A Latin word, or one letter of a script without spaces; with opening marks before it and closing marks after, which no line may end or begin with. */
const pieces = /[（《“‘「【]*(?:[!-~\u00a0-\u02af]+|[\s\S])[，。；：、）》”’」】！？％]*/gu;

/** @returns the columns that `text` takes in a terminal */
export function columnsOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (wide.test(letter) ? 2 : 1), 0);
}

/** Breaks a paragraph into lines of at most `columns`, between words or between Chinese characters.
 *  What cannot be broken (an address) stands on a line of its own, as long as it is.
 *  @param indent what the first line begins with
 *  @param hang what every further line begins with */
export function wrapText(text: string, indent: string, hang = indent, columns = 80): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.replaceAll(/\s+/g, " ").match(pieces) ?? []) {
    const room = columns - columnsOf(lines.length === 0 ? indent : hang);
    if (columnsOf(line + piece.trimEnd()) > room && line.trim() !== "") {
      lines.push(line.trimEnd());
      line = "";
    }
    if (line !== "" || piece !== " ") line += piece;
  }
  if (line.trim() !== "") lines.push(line.trimEnd());
  return lines.map((l, index) => (index === 0 ? indent : hang) + l);
}
