import type { Assessment, Input } from "./assessment/assessment.ts";
import type { Commitment, Kind } from "./commitment.ts";
import { figureKey, type KnownFigure, knownInputOf, sameValue } from "./known-figure.ts";
import type { Register } from "./ports.ts";

/** Why a verdict changed; see {@link causesOf} for the order in which one is preferred to another. */
export type Cause = "register" | "method" | "revision" | "performance" | "evidence" | "time";

/** A figure that decided before, and what the same period's figure is now; null when it was withdrawn. */
export interface RevisedInput {
  readonly old: KnownFigure;
  readonly new: KnownFigure | null;
}

/** One commitment judged twice, with its entries in the register where these are known. */
export interface JudgedTwice {
  readonly before: Assessment;
  readonly after: Assessment;
  readonly registers?: { readonly before: Register; readonly after: Register } | undefined;
  /** The earlier facts judged on the later day, where the caller can have that judged. */
  readonly timeAlone?: Assessment | undefined;
}

/** Everything that may have turned a verdict, the likeliest first:
 *  1. `time`, when the earlier facts judged on the later day already give the later verdict: then nothing else was needed.
 *  2. `register`: what was to be judged is no longer the same thing, so no fact can be held responsible.
 *  3. `method`: the entry names another method. The same facts under another yardstick are no delivery.
 *  4. `revision` before 5. `performance`: a deciding figure of a period that decided before is another one now. When a new period decides as
 *     well, the change may be owed to the shifted base, and a revision must never pass for performance; both are listed.
 *  6. `evidence`: other statements, for the kinds that statements decide. Beside a target, a direction or a benchmark they prove nothing.
 *  7. A method that is another one though the entry names none (a figure of the whole year replaced one to date) only followed
 *     the facts: it comes last, and counts as the cause when there is no other and the day is the same or the entries are not known.
 *  8. `time`, when a day or more has gone and nothing else is different. */
export function causesOf(judged: JudgedTwice): Cause[] {
  const { before, after, timeAlone, registers } = judged;
  const facts: Cause[] = [
    ...(entryChanged(judged) ? (["register"] as const) : []),
    ...(methodChosen(judged) ? (["method"] as const) : []),
    ...(revisedInputs(judged).length > 0 ? (["revision"] as const) : []),
    ...(newPeriodDecides(judged) ? (["performance"] as const) : []),
    ...(evidenceMoved(judged) ? (["evidence"] as const) : []),
  ];
  if (timeAlone && before.asOf !== after.asOf && timeAlone.verdict === after.verdict && timeAlone.signal === after.signal) {
    return ["time", ...facts];
  }
  const another = before.method !== after.method && !facts.includes("method");
  if (facts.length > 0) return another ? [...facts, "method"] : facts;
  if (before.asOf === after.asOf || (another && !registers)) return ["method"];
  return ["time"];
}

/** @returns the figures that decided before and whose period is decided by another figure now, or that are on record no more */
export function revisedInputs({ before, after, registers }: JudgedTwice): RevisedInput[] {
  const now = new Map(deciding(after).map((i) => [figureKey(i), i]));
  return deciding(before).flatMap((old): RevisedInput[] => {
    const current = now.get(figureKey(old));
    if (current) return sameFigure(old, current) ? [] : [{ old: knownInputOf(old), new: knownInputOf(current) }];
    return registers && !isOnRecord(old, registers.after) ? [{ old: knownInputOf(old), new: null }] : [];
  });
}

function deciding({ inputs }: Assessment): Input[] {
  return inputs.filter((i) => i.role === "decides");
}

function sameFigure(a: Input, b: Input): boolean {
  const same = a.status === b.status && a.sourceUrl === b.sourceUrl && a.knownSince === b.knownSince && a.definition === b.definition;
  return same && a.decimals === b.decimals && sameValue(a.value, b.value);
}

function isOnRecord(input: Input, { observations }: Register): boolean {
  return observations.some((o) => figureKey(o) === figureKey(input) && o.value !== null && sameValue(o.value, input.value));
}

/** A period that did not decide before and of which nothing was known before: a figure known long ago that decides only now brings nothing new. */
function newPeriodDecides({ before, after, registers }: JudgedTwice): boolean {
  const decided = new Set(deciding(before).map(figureKey));
  const known = (i: Input) => i.knownSince <= before.asOf && registers !== undefined && isOnRecord(i, registers.before);
  return deciding(after).some((i) => !decided.has(figureKey(i)) && !known(i));
}

const decidedByFigures: readonly Kind[] = ["quantified-target", "directional-commitment", "benchmark"];

function evidenceMoved({ before, after }: JudgedTwice): boolean {
  if (decidedByFigures.includes(after.kind)) return false;
  const said = ({ evidence }: Assessment) =>
    evidence
      .map((e) => `${e.id}|${e.stage}|${e.date}`)
      .toSorted()
      .join("\n");
  return said(before) !== said(after);
}

function entryChanged({ before, after, registers }: JudgedTwice): boolean {
  if (before.kind !== after.kind || before.quote !== after.quote) return true;
  if (!registers) return false;
  return basisOf(before.commitmentId, registers.before) !== basisOf(after.commitmentId, registers.after);
}

function methodChosen({ before, after, registers }: JudgedTwice): boolean {
  if (!registers || before.method === after.method) return false;
  return entryOf(before.commitmentId, registers.before)?.method !== entryOf(after.commitmentId, registers.after)?.method;
}

function entryOf(id: string, { commitments }: Register): Commitment | undefined {
  return commitments.find((c) => c.id === id);
}

/** What of the register a verdict rests on beside the facts: the entry without its words for readers, its metrics as they are measured,
 *  and the speech's day. */
function basisOf(id: string, register: Register): string {
  const entry = entryOf(id, register);
  if (!entry) return "";
  const {
    translations: _translations,
    title: _title,
    theme: _theme,
    owner: _owner,
    parent: _parent,
    members: _members,
    note: _note,
    method: _method,
    ...judged
  } = entry;
  const metrics = metricsOf(entry).map((metric) => {
    const { name: _name, definition: _definition, unit, ...measured } = register.metrics.find((m) => m.id === metric) ?? { id: metric };
    return { ...measured, unit: unit && { ...unit, printed: undefined } };
  });
  const day = register.speeches.find((s) => s.id === entry.speech)?.date.value;
  return inOneOrder({ judged, metrics, day, home: register.office.refArea });
}

/** The metrics that an entry names, each once. */
function metricsOf({ target, moreTargets, proxy, benchmark }: Commitment): string[] {
  const named = [target, ...moreTargets, proxy, benchmark].map((part) => part?.metric);
  return [...new Set(named.filter((m) => m !== undefined))];
}

/** As JSON with the keys of every object sorted: entries with the same content are the same text, whoever wrote them. */
function inOneOrder(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
