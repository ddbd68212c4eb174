import type { Point, TextRun } from "./read-pages.ts";

/** How deep one text must reach into another, in parts of the smaller one's size: letters may touch, and some are drawn towards each other. */
const TOLERANCE = 0.2;
/** A text that is painted again in its own place, as an outline or to make it heavier, covers nobody. */
const SAME_PLACE_PT = 0.5;

/** A text with the upright box around it, which tells most pairs apart at once. */
interface Boxed {
  readonly text: TextRun;
  readonly x: Extent;
  readonly y: Extent;
}

interface Extent {
  readonly start: number;
  readonly end: number;
}

/** Marks alone are left out: a Chinese mark that is set half as wide ("halt") keeps the box of its full width.
 *  @returns each text that is printed over another, with that other */
export function findOverlaps(texts: readonly TextRun[]): [over: TextRun, under: TextRun][] {
  const words = texts.filter((text) => /[\p{L}\p{N}]/u.test(text.words));
  const boxes = words.map((text): Boxed => ({ text, x: extent({ x: 1, y: 0 }, text.corners), y: extent({ x: 0, y: 1 }, text.corners) }));
  const found: [TextRun, TextRun][] = [];
  for (const [index, over] of boxes.entries()) {
    for (let each = 0; each < index; each++) {
      const under = boxes[each];
      if (under && meet(over.y, under.y) && meet(over.x, under.x) && covers(over.text, under.text)) found.push([over.text, under.text]);
    }
  }
  return found;
}

function meet(a: Extent, b: Extent): boolean {
  return a.start < b.end && b.start < a.end;
}

function covers(a: TextRun, b: TextRun): boolean {
  const allowed = TOLERANCE * Math.min(a.sizePt, b.sizePt);
  return [...listAxes(a.corners), ...listAxes(b.corners)].every((axis) => depthAlong(axis, a, b) > allowed) && !isSame(a, b);
}

function isSame(a: TextRun, b: TextRun): boolean {
  const distances = a.corners.map((corner, index) => distance(corner, b.corners[index] ?? corner));
  return a.words === b.words && Math.max(...distances) < SAME_PLACE_PT;
}

/** The two directions of a rectangle that need not be upright: two rectangles are apart when they are so along one of their directions. */
function listAxes([origin, right, , up]: readonly Point[]): Point[] {
  return [up, right].flatMap((end) => {
    if (!origin || !end) return [];
    const length = distance(origin, end);
    return length === 0 ? [] : [{ x: (end.x - origin.x) / length, y: (end.y - origin.y) / length }];
  });
}

function depthAlong(axis: Point, a: TextRun, b: TextRun): number {
  const [one, other] = [extent(axis, a.corners), extent(axis, b.corners)];
  return Math.min(one.end, other.end) - Math.max(one.start, other.start);
}

function extent(axis: Point, corners: readonly Point[]): Extent {
  const places = corners.map(({ x, y }) => x * axis.x + y * axis.y);
  return { start: Math.min(...places), end: Math.max(...places) };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
