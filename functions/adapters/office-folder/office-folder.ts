import { stat } from "node:fs/promises";
import type { z } from "zod";
import { checkRegister } from "../../core/checks/check-register.ts";
import { checkSubscriptions } from "../../core/checks/check-subscriptions.ts";
import { findUncovered } from "../../core/checks/coverage.ts";
import type { EntityKind, EntityRef, Finding } from "../../core/checks/finding.ts";
import { commitmentSchema, exclusionSchema } from "../../core/commitment.ts";
import { InputError, type Problem } from "../../core/errors.ts";
import { evidenceSchema } from "../../core/evidence.ts";
import { type Metric, metricSchema } from "../../core/metric.ts";
import type { Observation } from "../../core/observation.ts";
import { type Office, officeSchema } from "../../core/office.ts";
import type { OfficeFolder } from "../../core/ports.ts";
import { subscriptionSchema } from "../../core/subscription.ts";
import { readObservationFiles } from "./observation-file.ts";
import { type Entry, joinReadings, readEntries, readEntry } from "./office-entries.ts";
import { isMissing, type OfficeFiles, openOfficeFiles, type Reading } from "./office-files.ts";
import { readSpeeches } from "./office-speeches.ts";
import type { parseYaml } from "./yaml-with-lines.ts";

/** A folder as far as it could be read, and everything that is wrong with it. */
interface Inspection {
  /** Undefined when office.yaml itself is not usable. */
  readonly folder: OfficeFolder | undefined;
  readonly problems: readonly Problem[];
  /** Whether every passage of every speech could be read. */
  readonly passagesComplete: boolean;
}

type Lists = Awaited<ReturnType<typeof readLists>>["lists"];

/** Reads an office's folder: office.yaml, speeches/ (one .yaml and one .txt each), commitments/, metrics/, evidence/ and subscriptions/ (lists in
 *  .yaml; `exclusions*.yaml` in commitments/ holds exclusions) and observations/ (.csv), in the order of the file names and of the entries in them.
 *  @param pending files as they would be after a change that is not written yet, by path relative to the folder
 *  @param parse how YAML is read: rememberYaml() for one who reads the folder over and over
 *  @throws InputError with every problem, each with file, line and field, when an entry is not right or entries do not fit together */
export async function readOfficeFolder(
  dir: string,
  pending?: ReadonlyMap<string, Uint8Array>,
  parse?: typeof parseYaml,
): Promise<OfficeFolder> {
  const { folder, problems } = await inspectFolder(dir, pending, parse);
  return assertSound(folder, problems);
}

/** Reads the folder and, beside all that `readOfficeFolder` checks, proves that every number and quoted term of every speech is
 *  accounted for by a commitment or an exclusion.
 *  @throws InputError with every problem */
export async function validateOfficeFolder(dir: string): Promise<OfficeFolder> {
  const { folder, problems, passagesComplete } = await inspectFolder(dir);
  // The passages of an entry that could not be read would be reported as missing.
  return assertSound(folder, folder && passagesComplete ? [...problems, ...coverageProblems(folder)] : problems);
}

function assertSound(folder: OfficeFolder | undefined, problems: readonly Problem[]): OfficeFolder {
  if (folder && problems.length === 0) return folder;
  const byFile = Map.groupBy(problems, (problem) => problem.file);
  throw new InputError([...byFile.values()].flatMap((list) => list.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))));
}

async function inspectFolder(dir: string, pending?: ReadonlyMap<string, Uint8Array>, parse?: typeof parseYaml): Promise<Inspection> {
  await assertFolder(dir);
  const { lists, texts, digests } = await readLists(openOfficeFiles(dir, pending, parse));
  const problems = Object.values(lists).flatMap((list) => list.problems);
  const [head] = lists.office.value;
  if (!head) return { folder: undefined, problems, passagesComplete: false };
  const folder = { ...toFolder(head.value, lists), texts };
  const isWhole = (kind: EntityKind) => lists[kind].problems.length === 0;
  const findings = [...checkRegister(folder, digests), ...checkSubscriptions(folder)].filter(
    ({ lookedIn }) => lookedIn === undefined || isWhole(lookedIn),
  );
  return {
    folder,
    problems: [...problems, ...findings.map((finding) => locate(finding, lists))],
    passagesComplete: isWhole("commitment") && isWhole("exclusion"),
  };
}

async function assertFolder(dir: string): Promise<void> {
  const found = await stat(dir).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw cause;
  });
  if (!found)
    throw new InputError([{ file: dir, message: "there is no such folder; name the folder that holds the office's office.yaml" }]);
  if (!found.isDirectory())
    throw new InputError([{ file: dir, message: "is not a folder; name the folder that holds the office's office.yaml" }]);
}

async function readLists(files: OfficeFiles) {
  const office = await readEntry(files, "office.yaml", officeSchema);
  const { speech, texts, digests } = await readSpeeches(files);
  const commitment = await readFolder(files, "commitments", commitmentSchema, (path) => !isExclusions(path));
  const exclusion = await readFolder(files, "commitments", exclusionSchema, isExclusions);
  const metric = await readFolder(files, "metrics", metricSchema);
  const evidence = await readFolder(files, "evidence", evidenceSchema);
  const observation = await readObservations(files, office.value[0]?.value, metric);
  const subscription = await readFolder(files, "subscriptions", subscriptionSchema);
  return { lists: { office, speech, commitment, exclusion, metric, evidence, observation, subscription }, texts, digests };
}

function isExclusions(path: string): boolean {
  return path.startsWith("commitments/exclusions");
}

async function readFolder<T>(
  files: OfficeFiles,
  folder: string,
  schema: z.ZodType<T>,
  wanted: (path: string) => boolean = () => true,
): Promise<Reading<Entry<T>[]>> {
  const { value: paths, problems } = await files.list(folder, [".yaml"]);
  const lists = await Promise.all(paths.filter(wanted).map((path) => readEntries(files, path, schema)));
  return joinReadings([{ value: [], problems: problems.filter(({ file }) => wanted(file)) }, ...lists]);
}

/** Rows are read by what the office and its metrics say; where those could not be read whole, rows are not blamed for it. */
async function readObservations(
  files: OfficeFiles,
  office: Office | undefined,
  metrics: Reading<Entry<Metric>[]>,
): Promise<Reading<Entry<Observation>[]>> {
  if (!office) return { value: [], problems: [] };
  const { value: entries, problems } = await readObservationFiles(files, {
    metrics: new Map(metrics.value.map(({ value }) => [value.id, value])),
    areas: new Set(office.areas.map((area) => area.id)),
  });
  return { value: entries, problems: metrics.problems.length === 0 ? problems : problems.filter(({ field }) => field !== "METRIC") };
}

function toFolder(office: Office, lists: Lists): Omit<OfficeFolder, "texts"> {
  const { speech, commitment, exclusion, metric, evidence, observation, subscription } = lists;
  return {
    office,
    speeches: speech.value.map(({ value }) => value),
    commitments: commitment.value.map(({ value }) => value),
    exclusions: exclusion.value.map(({ value }) => value),
    metrics: metric.value.map(({ value }) => value),
    evidence: evidence.value.map(({ value }) => value),
    observations: observation.value.map(({ value }) => value),
    subscriptions: subscription.value.map(({ value }) => value),
  };
}

function locate({ field, message, other, ...at }: Finding, lists: Lists): Problem {
  const place = placeOf(at, lists);
  const clash = other && placeOf(other, lists);
  return {
    file: place?.file ?? at.entity,
    line: place?.lineOf(field),
    field,
    message: clash ? `${message} (at ${clash.file}:${clash.lineOf(field)})` : message,
  };
}

function placeOf({ entity, index }: EntityRef, lists: Lists): Pick<Entry<unknown>, "file" | "lineOf"> | undefined {
  return lists[entity].value[index];
}

function coverageProblems({ speeches, texts, commitments, exclusions }: OfficeFolder): Problem[] {
  return speeches.flatMap(({ id }) => {
    const passages = [...commitments, ...exclusions].filter(({ speech }) => speech === id);
    return findUncovered(texts.get(id) ?? "", passages).map(({ line, start, end, text, context }) => ({
      file: `speeches/${id}.txt`,
      line,
      message: `${text} (offsets ${start}–${end}, in: ${context}) lies in no commitment; add one, or an exclusion with its reason`,
    }));
  });
}
