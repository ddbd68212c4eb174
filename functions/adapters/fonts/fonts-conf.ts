/** 黑体 in bold, which has every character that is printed: the file's name. */
export const BOLD_FACE = "noto-sans-sc-700.ttf";
/** The folder of the faces that need not have every character. */
export const PARTIAL_FACES = "partial";

/** Which of the families stands for a generic one, or for the name Chromium gives to a generic one. */
const GENERIC_FAMILIES: readonly (readonly [string, readonly string[]])[] = [
  ["Noto Serif SC", ["serif", "Times New Roman"]],
  ["Noto Sans SC", ["sans-serif", "Arial", "system-ui", "monospace", "Courier New", "Monospace"]],
];

/**
 * @param directories fonts are looked for in these and below, and nowhere else: what the machine has installed must not change a document
 * @param indexDirectory where fontconfig keeps its index of them
 * @returns the text of a fontconfig file
 */
export function writeFontsConf(directories: readonly string[], indexDirectory: string): string {
  const aliases = GENERIC_FAMILIES.flatMap(([family, names]) =>
    names.map(
      (name) =>
        `<match target="pattern"><test name="family"><string>${name}</string></test>` +
        `<edit name="family" mode="assign" binding="strong"><string>${family}</string></edit></match>`,
    ),
  );
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
    "<fontconfig>",
    ...directories.map((directory) => `<dir>${escapeXml(directory)}</dir>`),
    `<cachedir>${escapeXml(indexDirectory)}</cachedir>`,
    ...aliases,
    "</fontconfig>",
    "",
  ].join("\n");
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
