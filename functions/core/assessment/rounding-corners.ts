import { isExact } from "../metric.ts";
import { roundingInterval } from "../observation.ts";
import { isOutcome } from "./cannot-judge.ts";
import { type Course, readCourse } from "./course.ts";
import { recentChange } from "./growth.ts";
import type { Method, MethodInput, MethodOutcome, Point } from "./method.ts";

/** What a method finds in figures as they were published, and what their rounding leaves open. */
export interface Weighed {
  /** For the figures as published. */
  readonly outcome: MethodOutcome;
  /** Whether the band could be another. */
  readonly onTheLine: boolean;
  /** Whether the signal could be another; where it could not, the band that is open decides nothing. */
  readonly flipsSignal: boolean;
  /** The bands that are possible beside the one found. */
  readonly otherBands: readonly string[];
}

/** Judges, and judges again with every figure that decides at either end of what rounds to it: "210" is 209.5 to 210.5. Where these
 *  do not agree, rounding could flip what was found. A method that reads the digits itself has said so already.
 *  @param corners other readings of the same input, where its rounding does not lie in its points */
export function weighRounding(method: Method, input: MethodInput, corners = roundingCorners(method, input)): Weighed {
  const outcome = method.judge(input);
  const clear = { outcome, onTheLine: false, flipsSignal: false, otherBands: [] };
  if (outcome.signal === "cannot judge") return clear;
  if (method.rounding === "own") {
    const onTheLine = outcome.band === "on the line";
    return { ...clear, onTheLine, flipsSignal: onTheLine };
  }
  const others = corners.map((corner) => method.judge(corner));
  const otherBands = [...new Set(others.map((o) => o.band))].filter((band) => band !== outcome.band);
  return { outcome, onTheLine: otherBands.length > 0, flipsSignal: others.some((o) => o.signal !== outcome.signal), otherBands };
}

/** The input with each deciding point at either end of its rounding interval, in every combination. A point without `decimals` is exact,
 *  and so are ranks and counts.
 *  @returns nothing when no point is rounded */
function roundingCorners(method: Method, input: MethodInput): MethodInput[] {
  const course = readCourse(input);
  if (isExact(input.shape) || isOutcome(course)) return [];
  const rounded = decidingPoints(method, course).filter((p) => p.decimals !== undefined);
  if (rounded.length === 0) return [];
  return rounded.reduce<MethodInput[]>((inputs, point) => inputs.flatMap((i) => endsOf(point).map((end) => withPoint(i, end))), [input]);
}

function decidingPoints(method: Method, { base, current, points }: Course): Point[] {
  const window = recentChange(points).points;
  const [from, to] = method.rounding === "window" ? [window[0], window.at(-1)] : [base, current];
  // One figure is no change, whatever it was rounded from.
  if (from && from.t === to?.t) return [];
  const ends = [from, to].filter((p) => p !== undefined);
  // As the course has them: of a value that is there twice, the coarser rounding.
  return ends.map((end) => points.find((p) => p.t === end.t) ?? end);
}

/** Both ends as exact values. */
function endsOf({ t, y, decimals = 0 }: Point): Point[] {
  const { low, high } = roundingInterval({ value: y, decimals });
  return [low, high].map((end) => ({ t, y: end }));
}

/** The input with another value at one time. */
function withPoint(input: MethodInput, point: Point): MethodInput {
  const put = (p: Point) => (p.t === point.t ? point : p);
  const { base, current, series } = input;
  return { ...input, ...(base ? { base: put(base) } : {}), ...(current ? { current: put(current) } : {}), series: series.map(put) };
}
