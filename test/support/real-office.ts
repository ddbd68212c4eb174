import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { readOfficeFolder, validateOfficeFolder } from "../../functions/adapters/office-folder/office-folder.ts";
import { loadMessages } from "../../functions/adapters/templates/locale-messages.ts";
import { assessRegister } from "../../functions/core/assessment/assess-register.ts";
import type { Assessment } from "../../functions/core/assessment/assessment.ts";
import type { BriefingItem } from "../../functions/core/briefing/briefing-item.ts";
import { parsePeriod } from "../../functions/core/calendar.ts";
import { findUncovered } from "../../functions/core/checks/coverage.ts";
import type { Commitment } from "../../functions/core/commitment.ts";
import { type Observation, compareVintages as orderVintages } from "../../functions/core/observation.ts";
import type { OfficeFolder } from "../../functions/core/ports.ts";
import { inReadingOrder } from "../../functions/core/register-order.ts";
import { composeSample } from "./compose-sample.ts";

const dataDir = fileURLToPath(new URL("../../data", import.meta.url));

/** The office that comes with the program, as it lies in the checkout. */
export const office: OfficeFolder = await readOfficeFolder(dataDir);
const translate = await loadMessages(fileURLToPath(new URL("../../templates", import.meta.url)), office.office.language);

export const interview = "zhu-lifan-2017-11-17";
export const report = "shen-guofang-2020-03-09";

/** Everything a user's `validate` would check.
 *  @throws InputError with every problem */
export function validate(): Promise<OfficeFolder> {
  return validateOfficeFolder(dataDir);
}

/** @returns the text of a speech as stored */
export function textOf(speech: string): string {
  return found(office.texts.get(speech), speech);
}

/** @returns SHA-256 of the text file's bytes, read from the disk and not through the program */
export async function digestOf(speech: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(join(dataDir, "speeches", `${speech}.txt`)))
    .digest("hex");
}

/** @returns the entry of the register */
export function entry(id: string): Commitment {
  return found(
    office.commitments.find((c) => c.id === id),
    id,
  );
}

/** @returns the members of a framework as the text names them, or that it does not */
export function membersOf(id: string): string | (string | undefined)[] | undefined {
  const { members } = entry(id);
  return Array.isArray(members) ? members.map((m) => m["zh-CN"]) : members;
}

/** @returns the entries of one speech, or of both */
export function entries(speech?: string): readonly Commitment[] {
  return speech === undefined ? office.commitments : office.commitments.filter((c) => c.speech === speech);
}

/** Whether the words, standing at their first (or `nth`) place in the speech, lie wholly inside an entry or an exclusion. */
export function isAccountedFor(speech: string, words: string, nth = 0): boolean {
  let start = textOf(speech).indexOf(words);
  for (let i = 0; i < nth; i += 1) start = textOf(speech).indexOf(words, start + 1);
  if (start < 0) throw new Error(`${speech} does not say ${words}`);
  return passagesOf(office, speech).some((p) => p.start <= start && start + words.length <= p.end);
}

/** @returns what the coverage check misses when the entries named are taken out of the register */
export function missingWithout(speech: string, ...ids: readonly string[]): string[] {
  const commitments = office.commitments.filter((c) => !ids.includes(c.id));
  return findUncovered(textOf(speech), passagesOf({ ...office, commitments }, speech)).map((u) => u.text);
}

function passagesOf({ commitments, exclusions }: Pick<OfficeFolder, "commitments" | "exclusions">, speech: string) {
  return [...commitments, ...exclusions].filter((p) => p.speech === speech);
}

const judged = new Map<string, Assessment[]>();

/** @returns every commitment made by `asOf`, judged from what was known on that day; the real register, or a changed copy */
export function judgeAll(asOf: string, register: OfficeFolder = office): Assessment[] {
  const known = register === office ? judged.get(asOf) : undefined;
  const assessments = known ?? assessRegister(inReadingOrder(register), asOf, "zh-CN", translate);
  if (register === office) judged.set(asOf, assessments);
  return assessments;
}

/** One commitment of {@link judgeAll}. */
export function judge(id: string, asOf: string, register: OfficeFolder = office): Assessment {
  return found(
    judgeAll(asOf, register).find((a) => a.commitmentId === id),
    `${id} at ${asOf}`,
  );
}

/** The figure that decides, as `period value status`; undefined when none does. */
export function decidingFigure({ inputs }: Assessment): string | undefined {
  const best = inputs.findLast((i) => i.role === "decides");
  return best && `${best.period} ${best.value} ${best.status}`;
}

/** @returns the commitment as the Chinese briefing of the month prints it */
export function printedItem(id: string, asOf: string): BriefingItem {
  const briefing = composeSample(inReadingOrder(office), { asOf, edition: "full-zh-CN", translate });
  return found(
    briefing.themes.flatMap((t) => [...t.groups.flatMap((g) => g.items), ...t.open]).find((i) => i.commitmentId === id),
    id,
  );
}

/** @returns the figures of a metric and area, the vintage that wins a period first */
export function figures(metric: string, refArea: string, period?: string): Observation[] {
  return office.observations
    .filter((o) => o.metric === metric && o.refArea === refArea && (period === undefined || o.period === period))
    .toSorted((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : orderVintages(a, b)));
}

/** @returns the first day of an SDMX period */
export function startOf(period: string): string {
  return found(parsePeriod(period), period).start;
}

export type PrintedRow = Readonly<Record<string, string>>;

/** Every row of observations/*.csv, cell by cell as printed. */
export async function readPrintedRows(): Promise<PrintedRow[]> {
  const dir = join(dataDir, "observations");
  const files = (await readdir(dir)).filter((name) => name.endsWith(".csv")).toSorted();
  const texts = await Promise.all(files.map((name) => readFile(join(dir, name), "utf8")));
  return texts.flatMap((text) => parse<PrintedRow>(text, { columns: true }));
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`${name}: not there`);
  return value;
}
