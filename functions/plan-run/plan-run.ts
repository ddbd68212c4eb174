import { assessRegister } from "../core/assessment/assess-register.ts";
import type { Briefing } from "../core/briefing.ts";
import { editionKeys, latestRevision, type RunId, runPrefix } from "../core/briefing-keys.ts";
import { endOfPreviousMonth } from "../core/calendar.ts";
import { compareAssessments } from "../core/compare-assessments.ts";
import { composeBriefing } from "../core/compose-briefing.ts";
import type { Edition } from "../core/edition.ts";
import type { Locale, Translate } from "../core/local-text.ts";
import type { BriefingArchive, Register, RegisterStore } from "../core/ports.ts";
import { asKnownAt, inReadingOrder } from "../core/register-order.ts";

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

/** Judges every commitment, composes one model per edition and freezes each in the archive.
 *  The same facts, date and program give the same revision again; anything else gives the next one, so that nothing published is overwritten.
 *  @throws StoreError, ArchiveConflictError */
export async function planRun(input: PlanRunInput, deps: PlanRunDeps): Promise<{ run: RunId; editions: PlannedEdition[] }> {
  const everything = inReadingOrder(await deps.store.read());
  const register = asKnownAt(everything, input.asOf);
  const since = endOfPreviousMonth(input.period);
  const earlier = asKnownAt(everything, since);
  const run = await chooseRevision(input, register, deps);
  const editions: PlannedEdition[] = [];
  for (const edition of input.editions) {
    const translate = deps.messages[edition.locale];
    const judge = (known: Register, asOf: string) => assessRegister(known, asOf, edition.locale, translate);
    const assessments = judge(register, input.asOf);
    const changes = compareAssessments(judge(earlier, since), assessments, {
      locale: edition.locale,
      translate,
      registers: { before: earlier, after: register },
      timeAlone: () => judge(earlier, input.asOf),
    });
    const { period, asOf } = input;
    const briefing = composeBriefing({ register, assessments, edition, period, asOf, changes, since, translate });
    const { model, document } = editionKeys(register.office.id, run, edition.id);
    await deps.archive.put(model, toBytes(briefing), "application/json");
    editions.push({ edition, modelKey: model, documentKey: document, briefing });
  }
  return { run, editions };
}

/** A revision is named by what went into it (`run.json`): found again when all of that is the same, else the next number. */
async function chooseRevision({ series, period, asOf }: PlanRunInput, register: Register, deps: PlanRunDeps): Promise<RunId> {
  const officeId = register.office.id;
  const inputs = { asOf, register: deps.digest(JSON.stringify(register)), program: deps.programDigest };
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
