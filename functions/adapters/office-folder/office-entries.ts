import { z } from "zod";
import type { Problem } from "../../core/errors.ts";
import { explainIssue } from "./explain-schema-issue.ts";
import type { OfficeFiles, Reading } from "./office-files.ts";
import type { YamlContent } from "./yaml-with-lines.ts";

/** One entry of an office's folder and where it stands. */
export interface Entry<T> {
  readonly value: T;
  readonly file: string;
  /** @returns the 1-based line of a field of the entry (`target.metric`), or of the entry itself for an empty field */
  lineOf(field: string): number;
}

/** Reads a YAML file that holds one entry. */
export async function readEntry<T>(files: OfficeFiles, path: string, schema: z.ZodType<T>): Promise<Reading<Entry<T>[]>> {
  const { value: content, problems } = await readYaml(files, path);
  return content ? parseEntry(content, path, [], schema) : { value: [], problems };
}

/** Reads a YAML file that holds a list of entries; a file with nothing but comments is an empty list. */
export async function readEntries<T>(files: OfficeFiles, path: string, schema: z.ZodType<T>): Promise<Reading<Entry<T>[]>> {
  const { value: content, problems } = await readYaml(files, path);
  if (!content) return { value: [], problems };
  if (content.value === null) return { value: [], problems: [] };
  const list = z.array(z.unknown()).safeParse(content.value);
  if (!list.success)
    return {
      value: [],
      problems: [{ file: path, line: content.lineOf([]), message: "must be a list: begin each entry with a dash (- id: …)" }],
    };
  return joinReadings(list.data.map((_, index) => parseEntry(content, path, [index], schema)));
}

/** @returns all values and all problems, in order */
export function joinReadings<T>(readings: readonly Reading<readonly T[]>[]): Reading<T[]> {
  return { value: readings.flatMap((r) => r.value), problems: readings.flatMap((r) => r.problems) };
}

async function readYaml(files: OfficeFiles, path: string): Promise<Reading<YamlContent | undefined>> {
  const { value: file, problems } = await files.read(path);
  if (!file) return { value: undefined, problems };
  const parsed = files.parseYaml(file.text, path);
  return "content" in parsed ? { value: parsed.content, problems: [] } : { value: undefined, problems: parsed.problems };
}

/** @param base where the entry stands in the file: nowhere deeper, or at an index of a list */
function parseEntry<T>(content: YamlContent, file: string, base: readonly number[], schema: z.ZodType<T>): Reading<Entry<T>[]> {
  const [index] = base;
  const raw = index === undefined || !Array.isArray(content.value) ? content.value : content.value[index];
  const parsed = schema.safeParse(raw);
  if (parsed.success) {
    const lineOf = (field: string) => content.lineOf([...base, ...(field === "" ? [] : field.split("."))]);
    return { value: [{ value: parsed.data, file, lineOf }], problems: [] };
  }
  const problems: Problem[] = parsed.error.issues
    .flatMap((issue) => explainIssue(issue, raw, schema))
    .map(({ path, message }) => ({ file, line: content.lineOf([...base, ...path]), field: path.map(String).join("."), message }));
  return { value: [], problems };
}
