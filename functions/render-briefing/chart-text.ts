/** The size of a chart's letters, that of a table's (8.5 pt), in CSS pixels. */
const letter = 11.33;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Anchor = "start" | "middle" | "end";

/** Where a text could stand: its anchor and its baseline. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor: Anchor;
}

/** How wide a text will be, rather more than less: characters of East Asia are as wide as high, others by kind. */
export function textWidth(text: string): number {
  return Array.from(text).reduce((sum, c) => sum + emsOf(c), 0) * letter;
}

function emsOf(c: string): number {
  if (/[\p{Nd}+−.,–\- ]/u.test(c)) return 0.58;
  if (/[a-zß-ÿ]/.test(c)) return /[mw]/.test(c) ? 0.95 : 0.63;
  if (/[\u0020-\u02ff]/.test(c)) return /[MW%@]/.test(c) ? 1 : 0.75;
  return 1;
}

/** The ground that a text covers, with a hair of air on every side. */
export function boxOf(text: string, { x, y, anchor }: Place): Box {
  const width = textWidth(text) + 3;
  const left = anchor === "start" ? x - 1.5 : anchor === "middle" ? x - width / 2 : x - width + 1.5;
  return { x: left, y: y - 10.5, width, height: 13.5 };
}

export function boxesMeet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function lies(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** A straight stretch, [x1, y1, x2, y2]. */
export type Stretch = readonly [number, number, number, number];

/** Whether any part of a straight stretch lies in a box (Liang and Barsky). */
export function crosses([x1, y1, x2, y2]: Stretch, box: Box): boolean {
  let [from, to] = [0, 1];
  const sides = [
    [x1 - x2, x1 - box.x],
    [x2 - x1, box.x + box.width - x1],
    [y1 - y2, y1 - box.y],
    [y2 - y1, box.y + box.height - y1],
  ] as const;
  for (const [towards, room] of sides) {
    if (towards === 0 && room < 0) return false;
    if (towards < 0) from = Math.max(from, room / towards);
    if (towards > 0) to = Math.min(to, room / towards);
  }
  return from <= to;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
