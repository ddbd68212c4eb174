import type { Assessment, Signal, Verdict } from "./assessment/assessment.ts";
import { type Cause, causesOf, type JudgedTwice, type RevisedInput, revisedInputs } from "./change-causes.ts";
import { type FigureWriting, figureSlots, sameValue, twoFigureWords } from "./known-figure.ts";
import type { Locale, Translate } from "./local-text.ts";
import type { Register } from "./ports.ts";

interface StandingAt {
  readonly verdict: Verdict;
  readonly signal: Signal;
}

/** What became different about one commitment between two judgements. */
export interface Change {
  /** `flip`: verdict or signal is another, or the commitment is new or gone. `revised input`: these stand, on another figure for the same period. */
  readonly kind: "flip" | "revised input";
  readonly commitmentId: string;
  readonly quote: string;
  /** null: it was not on record. */
  readonly from: StandingAt | null;
  /** null: it is no longer on record. */
  readonly to: StandingAt | null;
  /** The first of `causes`. */
  readonly cause: Cause;
  /** Everything that applies, in the order of `causesOf`. */
  readonly causes: readonly Cause[];
  readonly because: string;
  /** Deciding figures that are others now, also beside another cause. */
  readonly revisedInputs: readonly RevisedInput[];
}

export interface CompareOptions {
  readonly locale: Locale;
  readonly translate: Translate;
  /** What was judged. Without these, changed entries and withdrawn figures are not told from anything else. */
  readonly registers?: { readonly before: Register; readonly after: Register };
  /** The earlier facts judged on the later day; asked for once, and only when something flipped. */
  readonly timeAlone?: () => readonly Assessment[];
}

/** The differences between two lists of assessments, each with its cause.
 *  @param before, after of one office, each commitment at most once, sentences in `options.locale`
 *  @returns in the order of `after`, then what is gone in the order of `before`; empty when nothing changed */
export function compareAssessments(before: readonly Assessment[], after: readonly Assessment[], options: CompareOptions): Change[] {
  const [old, now] = [byId(before), byId(after)];
  let later: ReadonlyMap<string, Assessment> | undefined;
  const timeAlone = (id: string) => {
    later ??= byId(options.timeAlone?.() ?? []);
    return later.get(id);
  };
  const changed = after.flatMap((to): Change[] => {
    const from = old.get(to.commitmentId);
    if (!from) return [atTheEdge(to, null, to, options)];
    const judged: JudgedTwice = { before: from, after: to, registers: options.registers };
    if (from.verdict === to.verdict && from.signal === to.signal) return steady(judged, options);
    return [flip({ ...judged, timeAlone: timeAlone(to.commitmentId) }, options)];
  });
  const gone = before.filter((a) => !now.has(a.commitmentId)).map((from) => atTheEdge(from, from, null, options));
  return [...changed, ...gone];
}

function byId(assessments: readonly Assessment[]): ReadonlyMap<string, Assessment> {
  return new Map(assessments.map((a) => [a.commitmentId, a]));
}

/** A commitment that came on record or left it. */
function atTheEdge(named: Assessment, from: Assessment | null, to: Assessment | null, { translate }: CompareOptions): Change {
  const { commitmentId, quote } = named;
  const because = to ? translate({ id: "change.appeared", values: { explanation: to.explanation } }) : translate({ id: "change.gone" });
  const causes = ["register"] as const;
  const ends = { from: from && standing(from), to: to && standing(to) };
  return { kind: "flip", commitmentId, quote, ...ends, cause: "register", causes, because, revisedInputs: [] };
}

function flip(judged: JudgedTwice, options: CompareOptions): Change {
  const causes = causesOf(judged);
  const [cause = "time"] = causes;
  const revised = revisedInputs(judged);
  const reason = options.translate({ id: `change.${cause}`, values: { explanation: judged.after.explanation } });
  return {
    kind: "flip",
    ...ends(judged),
    cause,
    causes,
    because: joined([reason, ...told(revised, options)], options),
    revisedInputs: revised,
  };
}

function steady(judged: JudgedTwice, options: CompareOptions): Change[] {
  const revised = revisedInputs(judged);
  if (revised.length === 0) return [];
  const reason = options.translate({ id: "change.steady" });
  const because = joined([...told(revised, options), reason], options);
  return [{ kind: "revised input", ...ends(judged), cause: "revision", causes: ["revision"], because, revisedInputs: revised }];
}

function ends({ before, after }: JudgedTwice) {
  return { commitmentId: after.commitmentId, quote: after.quote, from: standing(before), to: standing(after) };
}

function standing({ verdict, signal }: Assessment): StandingAt {
  return { verdict, signal };
}

/** One sentence a revised figure: old value → new value, each with the day it became known. */
function told(revised: readonly RevisedInput[], { locale, translate, registers }: CompareOptions): string[] {
  const writing: FigureWriting = { locale, translate, register: registers?.after };
  return revised.map((r) => {
    if (!r.new) return translate({ id: "change.withdrawn", values: figureSlots(r.old, writing) });
    const id = sameValue(r.old.value, r.new.value) ? "change.resourced" : "change.revised";
    return translate({ id, values: twoFigureWords(r.old, r.new, writing) });
  });
}

function joined(sentences: readonly string[], { locale }: CompareOptions): string {
  return sentences.join(locale === "zh-CN" ? "" : " ");
}
