import { createHash } from "node:crypto";
import type { Problem } from "../../core/errors.ts";
import { type Speech, speechSchema } from "../../core/speech.ts";
import { type Entry, joinReadings, readEntry } from "./office-entries.ts";
import type { OfficeFiles, Reading } from "./office-files.ts";

/** The speeches of an office: what is known of them, and the texts that could be read. */
export interface OfficeSpeeches {
  readonly speech: Reading<Entry<Speech>[]>;
  /** Speech id → its text as stored. */
  readonly texts: ReadonlyMap<string, string>;
  /** Speech id → SHA-256 of the text file's bytes, hexadecimal. */
  readonly digests: ReadonlyMap<string, string>;
}

/** Reads `speeches/<id>.yaml` and the text that belongs to each, `speeches/<id>.txt`. */
export async function readSpeeches(files: OfficeFiles): Promise<OfficeSpeeches> {
  const listed = await files.list("speeches", [".yaml", ".txt"]);
  const records = listed.value.filter((path) => path.endsWith(".yaml"));
  const entries = joinReadings(await Promise.all(records.map((path) => readEntry(files, path, speechSchema))));
  const texts = new Map<string, string>();
  const digests = new Map<string, string>();
  const problems: Problem[] = [...listed.problems, ...entries.problems, ...orphanTexts(listed.value), ...entries.value.flatMap(misnamed)];
  for (const { value: speech, file } of entries.value) {
    const { value: content, problems: unread } = await files.read(textOf(file));
    problems.push(...unread);
    if (!content) continue;
    texts.set(speech.id, content.text);
    digests.set(speech.id, createHash("sha256").update(content.bytes).digest("hex"));
  }
  return { speech: { value: entries.value, problems }, texts, digests };
}

/** @returns the path of the text that belongs to a speech's record */
function textOf(record: string): string {
  return record.replace(/\.yaml$/, ".txt");
}

function misnamed({ value: { id }, file, lineOf }: Entry<Speech>): Problem[] {
  if (file === `speeches/${id}.yaml`) return [];
  return [{ file, line: lineOf("id"), field: "id", message: `the file of the speech ${id} must be named ${id}.yaml, its text ${id}.txt` }];
}

function orphanTexts(paths: readonly string[]): Problem[] {
  return paths
    .filter((path) => path.endsWith(".txt") && !paths.includes(path.replace(/\.txt$/, ".yaml")))
    .map((file) => ({ file, message: "has no file beside it, of the same name in .yaml, that says who spoke and when" }));
}
