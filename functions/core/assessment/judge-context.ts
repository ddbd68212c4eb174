import { compareDates } from "../calendar.ts";
import type { Commitment, Kind } from "../commitment.ts";
import type { Evidence } from "../evidence.ts";
import { type Locale, type Translate, textIn } from "../local-text.ts";
import type { Metric } from "../metric.ts";
import { knownAt, type Vintages, vintagesAt } from "../observation.ts";
import type { Register } from "../ports.ts";
import type { MethodResult } from "./assessment.ts";

/** What a judge may know: the register as it stood at the end of `asOf`, and in which language names are wanted. */
export interface JudgeContext {
  readonly asOf: string;
  readonly locale: Locale;
  readonly homeArea: string;
  metric(id: string): Metric | undefined;
  areaName(id: string): string;
  /** Words of the edition's language for what is no explanation of its own. */
  readonly translate: Translate;
  /** The day the speech became known. */
  spokenOn(commitment: Commitment): string;
  /** One entry a period, ascending; only what was known at `asOf`. */
  series(metric: string, refArea: string): Vintages[];
  /** Statements known at `asOf` about any of the programmes, by date ascending. */
  evidenceOn(programmes: readonly string[]): Evidence[];
}

/** A finding with the figures and statements it rests on. */
export interface Finding extends MethodResult {
  readonly figures?: readonly Vintages[];
  readonly evidence?: readonly Evidence[];
}

/** Judges one commitment of one kind. Never throws for want of data: that is a verdict with its reason. */
type Judge = (commitment: Commitment, context: JudgeContext) => Finding;
export type Judges = Readonly<Record<Kind, Judge>>;

/** Sees a register as it was known at the end of the day `asOf`. */
export function openContext(register: Register, asOf: string, locale: Locale, translate: Translate): JudgeContext {
  const metrics = new Map(register.metrics.map((m) => [m.id, m]));
  const areas = new Map(register.office.areas.map((a) => [a.id, textIn(a.name, locale)]));
  const speechDates = new Map(register.speeches.map((s) => [s.id, s.date.value]));
  const observations = Map.groupBy(register.observations, (o) => `${o.metric}|${o.refArea}`);
  const evidence = knownAt(register.evidence, asOf).toSorted((a, b) => compareDates(a.date, b.date));
  return {
    asOf,
    locale,
    homeArea: register.office.refArea,
    metric: (id) => metrics.get(id),
    areaName: (id) => areas.get(id) ?? id,
    translate,
    spokenOn: (commitment) => speechDates.get(commitment.speech) ?? asOf,
    series: (metric, refArea) => vintagesAt(observations.get(`${metric}|${refArea}`) ?? [], asOf),
    evidenceOn: (programmes) => evidence.filter((e) => programmes.includes(e.programme)),
  };
}
