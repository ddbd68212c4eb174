import { type Box, boxesMeet, boxOf, crosses, lies, type Place, type Stretch } from "./chart-text.ts";

/** A word or number that a chart should show, if there is room. */
export interface LabelWish {
  /** The style of its letters. */
  readonly name: "tick" | "value" | "lost" | "target-label" | "course-label";
  /** The text, then shorter ones to fall back on. */
  readonly texts: readonly string[];
  /** Places to try, the best first. */
  readonly places: readonly Place[];
}

/** A text in its place. */
export interface ChartLabel extends Place {
  readonly name: LabelWish["name"];
  readonly text: string;
  readonly box: Box;
  /** A line runs under it, so it needs a light ground. (Outlined letters would be embedded as a drawn font.) */
  readonly onLine: boolean;
}

/** What labels have to keep clear of. */
export interface Ground {
  readonly width: number;
  readonly height: number;
  /** Where the plot begins: left of it stand the axis's own numbers only. */
  readonly left: number;
  /** Marks and bars: never covered. */
  readonly taken: readonly Box[];
  /** Lines: crossed only where there is no other place. */
  readonly lines: readonly Stretch[];
  /** Lines that may be crossed, if the text gets a ground of its own. */
  readonly faint: readonly Stretch[];
}

/** Gives each wish in turn the first of its places that lies inside the drawing (but for the axis, inside the plot), off every mark and off every label placed before; off the lines
 *  too where that can be. What finds no place is left out: the table has it. The same wishes always come out the same. */
export function placeLabels(wishes: readonly LabelWish[], ground: Ground): ChartLabel[] {
  const placed: ChartLabel[] = [];
  for (const wish of wishes) {
    const from = wish.name === "tick" ? 0 : ground.left;
    const isClear = (box: Box) => !ground.lines.some((line) => crosses(line, box));
    const free = candidates(wish).filter((c) => c.box.x >= from && isFree(c.box, ground, placed));
    // The whole text over a line says more than half of it beside one.
    const sameText = free.filter((c) => c.text === free[0]?.text);
    const label = sameText.find((c) => isClear(c.box)) ?? free[0];
    if (label) placed.push({ ...label, onLine: !isClear(label.box) || ground.faint.some((line) => crosses(line, label.box)) });
  }
  return placed;
}

function candidates({ name, texts, places }: LabelWish): Omit<ChartLabel, "onLine">[] {
  return texts.flatMap((text) => places.map((place) => ({ ...place, name, text, box: boxOf(text, place) })));
}

function isFree(box: Box, { width, height, taken }: Ground, placed: readonly ChartLabel[]): boolean {
  const inside = lies(box, { x: 0, y: 0, width, height });
  return inside && !taken.some((t) => boxesMeet(t, box)) && !placed.some((p) => boxesMeet(p.box, box));
}
