import type { Briefing } from "../core/briefing/briefing.ts";
import { freezeModel } from "../core/briefing/frozen-model.ts";
import { editionKeys, latestRevision, type RunId, runName, runPrefix } from "../core/briefing-keys.ts";
import type { Edition } from "../core/edition.ts";
import type { Locale, Translate } from "../core/local-text.ts";
import type { BriefingArchive, Register, RegisterStore } from "../core/ports.ts";
import { asKnownAt, inReadingOrder } from "../core/register-order.ts";
import { type ComposedEditions, composeEditions, type JudgedByLocale } from "./compose-editions.ts";
import { findSuperseded } from "./find-superseded.ts";

export interface PlanRunDeps {
  readonly store: RegisterStore;
  readonly archive: BriefingArchive;
  readonly messages: Readonly<Record<Locale, Translate>>;
  /** A collision-free digest of a text. */
  readonly digest: (text: string) => string;
  /** Changes whenever the same model could print differently: program, templates, fonts, browser. */
  readonly programDigest: string;
}

export interface PlanRunInput {
  readonly series: string;
  /** YYYY-MM */
  readonly period: string;
  /** YYYY-MM-DD; nothing that became known later is used. */
  readonly asOf: string;
  readonly editions: readonly Edition[];
}

export interface PlannedEdition {
  readonly edition: Edition;
  readonly modelKey: string;
  readonly documentKey: string;
  readonly briefing: Briefing;
}

/** What a run is to print, and the editions that are left out because nothing had been said on their subject. */
export interface RunPlan {
  readonly run: RunId;
  readonly editions: readonly PlannedEdition[];
  readonly empty: readonly Edition[];
}

/** Judges every commitment, composes one model per edition and freezes each in the archive.
 *  The same facts, date and program give the same revision again; anything else gives the next one, so that nothing published is overwritten.
 *  @throws StoreError, ArchiveConflictError */
export async function planRun(input: PlanRunInput, deps: PlanRunDeps): Promise<RunPlan> {
  return planKnownRun(inReadingOrder(await deps.store.read()), input, deps);
}

/** As `planRun`, of a register that is already at hand.
 *  @param everything in reading order */
export async function planKnownRun(everything: Register, input: PlanRunInput, deps: Omit<PlanRunDeps, "store">): Promise<RunPlan> {
  const registerDigest = digestKnown(everything, input.asOf, deps);
  const run = await chooseRevision(input, everything.office.id, registerDigest, deps);
  const supersedes = await findSuperseded(run, everything.office.id, input.editions, deps.archive);
  const named = { everything, registerDigest, run: runName(run), status: "issued", supersedes } as const;
  const { composed, empty } = composeEditions({ ...input, ...named }, deps.messages);
  const editions: PlannedEdition[] = [];
  for (const { edition, briefing } of composed) {
    const { model, document } = editionKeys(everything.office.id, run, edition.id);
    await deps.archive.put(model, freezeModel(briefing), "application/json");
    editions.push({ edition, modelKey: model, documentKey: document, briefing });
  }
  return { run, editions, empty };
}

/** The same as a run would compose, marked as drafts; nothing is frozen or numbered.
 *  @throws StoreError */
export async function draftRun(input: PlanRunInput, deps: Omit<PlanRunDeps, "archive" | "programDigest">): Promise<ComposedEditions> {
  return composeDrafts(inReadingOrder(await deps.store.read()), input, deps);
}

/** As `draftRun`, of a register that is already at hand.
 *  @param everything in reading order
 *  @param judged see composeEditions */
export function composeDrafts(
  everything: Register,
  input: PlanRunInput,
  deps: Pick<PlanRunDeps, "messages" | "digest">,
  judged?: JudgedByLocale,
): ComposedEditions {
  const registerDigest = digestKnown(everything, input.asOf, deps);
  const named = { everything, registerDigest, run: `${input.series}-${input.period}-draft`, status: "draft" } as const;
  return composeEditions({ ...input, ...named }, deps.messages, judged);
}

function digestKnown(everything: Register, asOf: string, { digest }: Pick<PlanRunDeps, "digest">): string {
  return digest(JSON.stringify(asKnownAt(everything, asOf)));
}

/** A revision is named by what went into it (`run.json`): found again when all of that is the same, else the next number. */
async function chooseRevision(
  { series, period, asOf }: PlanRunInput,
  officeId: string,
  registerDigest: string,
  deps: Pick<PlanRunDeps, "archive" | "programDigest">,
): Promise<RunId> {
  const inputs = { asOf, register: registerDigest, program: deps.programDigest };
  const known = latestRevision(await deps.archive.list(`briefings/${officeId}/${series}-${period}-r`), officeId, series, period);
  for (let revision = known; revision > 0; revision -= 1) {
    const run = { series, period, revision };
    const stored = await deps.archive.get(`${runPrefix(officeId, run)}run.json`);
    if (stored && Buffer.from(stored).equals(toBytes(inputs))) return run;
  }
  const run = { series, period, revision: known + 1 };
  await deps.archive.put(`${runPrefix(officeId, run)}run.json`, toBytes(inputs), "application/json");
  return run;
}

function toBytes(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`, "utf8");
}
