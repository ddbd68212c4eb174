import type { MethodOutcome } from "./method.ts";

/** Why a method has no answer; each is a sentence of the locales. */
type Reason =
  | "missing"
  | "conflict"
  | "one-point"
  | "too-close"
  | "time-up"
  | "shape"
  | "not-additive"
  | "zero"
  | "signs"
  | "contradiction"
  | "range"
  | "few-points"
  | "few-years"
  | "history"
  | "no-ratio"
  | "no-common-time"
  | "unknown-stage";

/** The outcome of a case that a method has no answer for. @param values slots of the reason's sentence */
export function cannotJudge(reason: Reason, values: Readonly<Record<string, string | number>> = {}): MethodOutcome {
  return { signal: "cannot judge", band: "cannot judge", ratio: null, explanation: { id: `outcome.cannot-judge.${reason}`, values } };
}

/** Tells a reason for not judging from what a reading function returns otherwise. */
export function isOutcome<T extends object>(read: T | MethodOutcome): read is MethodOutcome {
  return "band" in read;
}
