import { compareDates, sameLength } from "./calendar.ts";
import type { Commitment } from "./commitment.ts";
import {
  type FigureWriting,
  figureKey,
  figureSlots,
  type KnownFigure,
  knownFigureOf,
  sameSeries,
  sameValue,
  twoFigureWords,
} from "./known-figure.ts";
import type { Locale, Translate } from "./local-text.ts";
import { compareVintages, type Figure } from "./observation.ts";
import type { Register } from "./ports.ts";
import { asKnownAt } from "./register-order.ts";

/** What a figure was to those known before it.
 *  `new figure`: the first of its period. `break in series`: that too, but under a definition that cannot be compared with the period before.
 *  `revised figure`: another value that wins the period. `outranked figure`: another value that loses to the one known.
 *  `confirmed figure`: the same value once more, whichever of the two now counts. */
type FigureEventKind = "new figure" | "break in series" | "revised figure" | "outranked figure" | "confirmed figure";

/** A figure on the day it became known, whether or not a commitment is judged by it. */
export interface FigureEvent {
  readonly kind: FigureEventKind;
  readonly figure: KnownFigure;
  /** The figure it is held against: of the same period, or of the period before at a break; null for the first of its series. */
  readonly against: KnownFigure | null;
  /** Commitments on record by then that are judged by the metric in that area (and, where their target has one, that period). */
  readonly commitments: readonly string[];
  readonly because: string;
}

/** Every figure that became known after `since` and by `asOf`, in the order in which it did.
 *  A missing value (status M) is no figure. */
export function figureEvents(
  register: Register,
  since: string,
  asOf: string,
  words: { readonly locale: Locale; readonly translate: Translate },
): FigureEvent[] {
  const figures = register.observations.filter((o): o is Figure => o.value !== null && o.knownSince <= asOf);
  const known = figures.filter((f) => f.knownSince <= since);
  const writing = { ...words, register: asKnownAt(register, asOf) };
  return figures
    .filter((f) => f.knownSince > since)
    .toSorted((a, b) => compareDates(a.knownSince, b.knownSince) || compareDates(figureKey(a), figureKey(b)) || -compareVintages(a, b))
    .map((figure) => {
      const event = classify(figure, known, writing);
      known.push(figure);
      return event;
    });
}

function classify(figure: Figure, known: readonly Figure[], writing: FigureWriting & { readonly register: Register }): FigureEvent {
  const now = knownFigureOf(figure);
  const { register } = writing;
  const commitments = register.commitments.filter((c) => uses(c, figure, register.office.refArea)).map((c) => c.id);
  const [rival] = known.filter((f) => figureKey(f) === figureKey(figure)).toSorted(compareVintages);
  if (rival) {
    const kind = sameValue(rival.value, figure.value)
      ? "confirmed figure"
      : compareVintages(figure, rival) < 0
        ? "revised figure"
        : "outranked figure";
    return { ...told(kind, now, knownFigureOf(rival), writing), commitments };
  }
  const previous = periodBefore(figure, known);
  const metric = register.metrics.find((m) => m.id === figure.metric);
  const broken = previous && (figure.status === "B" || !sameSeries(knownFigureOf(previous), now, metric));
  return { ...told(broken ? "break in series" : "new figure", now, broken ? knownFigureOf(previous) : null, writing), commitments };
}

function told(kind: FigureEventKind, figure: KnownFigure, against: KnownFigure | null, writing: FigureWriting) {
  const values = against ? twoFigureWords(against, figure, writing) : figureSlots(figure, writing);
  return { kind, figure, against, because: writing.translate({ id: `figure.${kind}`, values }) };
}

/** The winning figure of the latest equally long period before this one. */
function periodBefore(figure: Figure, known: readonly Figure[]): Figure | undefined {
  const earlier = known.filter(
    (f) => f.metric === figure.metric && f.refArea === figure.refArea && f.period < figure.period && sameLength(f.period, figure.period),
  );
  return earlier.toSorted((a, b) => compareDates(b.period, a.period) || compareVintages(a, b))[0];
}

/** A target for one period is judged by that period's figure alone; a proxy and a benchmark by any. */
function uses({ target, moreTargets, proxy, benchmark }: Commitment, { metric, refArea, period }: Figure, home: string): boolean {
  const targets = [target, ...moreTargets].filter((t) => t !== undefined && (t.period ?? period) === period);
  const named = [...targets, proxy].some((part) => part?.metric === metric && (part.refArea ?? home) === refArea);
  return named || (benchmark?.metric === metric && [home, benchmark.refArea].includes(refArea));
}
