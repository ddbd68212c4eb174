import type { Input } from "./assessment/assessment.ts";
import { type Locale, type Translate, textIn } from "./local-text.ts";
import { definitionName, definitionsComparable, type Metric } from "./metric.ts";
import { type Figure, publishedDigits } from "./observation.ts";
import { dayName, periodName } from "./period-name.ts";
import type { Register } from "./ports.ts";
import { printAmount } from "./printed-amount.ts";

/** A published figure as it is shown when it changes: one vintage of one period, in the metric's unit. */
export interface KnownFigure {
  readonly metric: string;
  readonly refArea: string;
  readonly period: string;
  readonly value: number;
  /** Digits after the point as published. */
  readonly decimals: number;
  readonly unit: string;
  readonly status: Figure["status"];
  readonly knownSince: string;
  readonly definition?: string;
  readonly sourceTitle: string;
  readonly sourceUrl: string;
  readonly sourceRank: Figure["source"]["rank"];
}

/** What is needed to write of figures in one language; without a register, metrics and areas keep their ids. */
export interface FigureWriting {
  readonly locale: Locale;
  readonly translate: Translate;
  readonly register?: Pick<Register, "office" | "metrics"> | undefined;
}

export function knownFigureOf(figure: Figure): KnownFigure {
  const { metric, refArea, period, value, decimals, unit, status, knownSince, definition, source } = figure;
  const base = { metric, refArea, period, value, decimals, unit, status, knownSince };
  const named = definition === undefined ? base : { ...base, definition };
  return { ...named, sourceTitle: source.title, sourceUrl: source.url, sourceRank: source.rank };
}

export function knownInputOf({ role: _role, sourceQuote: _quote, definition, ...rest }: Input): KnownFigure {
  return definition === undefined ? rest : { ...rest, definition };
}

/** @returns the key under which vintages of the same thing meet */
export function figureKey({ metric, refArea, period }: Pick<KnownFigure, "metric" | "refArea" | "period">): string {
  return `${metric}|${refArea}|${period}`;
}

/** Tells one vintage from every other, of its own period too: two definitions may be published on one day. */
export function vintageKey(f: KnownFigure): string {
  return [f.metric, f.refArea, f.period, f.knownSince, f.status, f.value, f.definition ?? "", f.sourceUrl].join("|");
}

/** Whether two vintages say the same number; a value that was scaled from another unit may differ in its last bit. */
export function sameValue(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

/** Whether two figures of different periods belong to one series. Of a metric that is not on record, by the name of the definition. */
export function sameSeries(a: KnownFigure, b: KnownFigure, metric: Metric | undefined): boolean {
  return metric ? definitionsComparable(metric, a.definition, b.definition) : a.definition === b.definition;
}

/** Slots for a message about two vintages: the newer's, the older's with `old` before each name,
 *  and whether the definition is another (`Redefined`). */
export function twoFigureWords(old: KnownFigure, now: KnownFigure, writing: FigureWriting): Record<string, string> {
  const prefixed = (prefix: string, words: Record<string, string>) =>
    Object.fromEntries(Object.entries(words).map(([key, word]) => [`${prefix}${key}`, word]));
  const metric = writing.register?.metrics.find((m) => m.id === now.metric);
  const Redefined = sameSeries(old, now, metric) ? "no" : "yes";
  return { ...figureSlots(now, writing), ...prefixed("old", figureSlots(old, writing)), Redefined };
}

/** Slots for a message about one figure. */
export function figureSlots(figure: KnownFigure, { locale, translate, register }: FigureWriting): Record<string, string> {
  const metric = register?.metrics.find((m) => m.id === figure.metric);
  const area = register?.office.areas.find((a) => a.id === figure.refArea);
  return {
    Metric: metric ? textIn(metric.name, locale) : figure.metric,
    Area: area ? textIn(area.name, locale) : figure.refArea,
    Period: periodName(figure.period, locale),
    Value: metric ? printAmount(figure, metric, locale) : `${publishedDigits(figure)} ${figure.unit}`,
    Status: translate({ id: `status.${figure.status}` }),
    Known: dayName(figure.knownSince, locale),
    Source: figure.sourceTitle,
    Rank: translate({ id: `rank.${figure.sourceRank}` }),
    Definition: (metric ? definitionName(metric, figure.definition, locale) : figure.definition) ?? "",
    /** Whether the figure was published under a name that has to be said. */
    Defined: figure.definition === undefined ? "no" : "yes",
  };
}
