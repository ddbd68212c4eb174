/** Longer subjects are cut by every mail program anyway. */
const maxLineLength = 200;

/** A text as a mail's header takes it: one line, without control characters (a line break would begin another header) and without marks that turn
 *  the direction of what follows around; cut between characters where it is far too long. */
export function toHeaderLine(text: string): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, "")
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  if (line.length <= maxLineLength) return line;
  // By what a reader takes for one character: an emoji of several code points is not torn apart.
  const characters = [...new Intl.Segmenter().segment(line)].map(({ segment }) => segment);
  let cut = "";
  for (const character of characters) {
    if (cut.length + character.length >= maxLineLength) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}

/** @returns the text with the address, in whatever capitals, replaced by the words: what is kept of a mail names nobody */
export function hideAddress(text: string, address: string, words = "the recipient"): string {
  if (address === "") return text;
  return text.replaceAll(new RegExp(address.replaceAll(/[^A-Za-z0-9]/g, "\\$&"), "gi"), words);
}
