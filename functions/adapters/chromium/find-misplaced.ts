import type { Protocol } from "puppeteer-core";
import type { Misplaced } from "../pdf/check-layout.ts";
import { type Box, type LaidOut, type Line, readLayout, withAncestors } from "./read-layout.ts";

const PX_PER_MM = 96 / 25.4;
const TOLERANCE_MM = 0.5;
/** Fonts keep about a fifth of a line free above and below the letters. */
const LEADING = 0.2;
const CUT_OFF = "is cut off";
/** How many lines are kept to tell the place of some words by. */
const CONTEXT = 4;
const SHAPES = new Set(["PATH", "CIRCLE", "RECT", "LINE", "POLYLINE", "POLYGON", "ELLIPSE", "IMAGE", "USE", "#TEXT"]);

/**
 * Looks at a page that is laid out for print as wide as its text may be. Chromium makes a whole document smaller for one line that is too
 * wide, and prints nothing of what lies beyond the text area: the printed page shows neither any more.
 * @param snapshot with LAYOUT_STYLES
 * @returns words that stick out of the text area, of their table cell or drawing, or are cut off, and drawings that show nothing
 */
export function findMisplaced({ documents, strings }: Protocol.DOMSnapshot.CaptureSnapshotResponse, textWidthMm: number): Misplaced[] {
  const widthPx = textWidthMm * PX_PER_MM;
  return documents.flatMap((document) => {
    const layout = readLayout(document, strings);
    const words = listMisplacedWords(layout, widthPx);
    return [...words, ...(words.length > 0 ? [] : listWideBoxes(layout, widthPx)), ...listEmptyDrawings(layout)];
  });
}

function listMisplacedWords(layout: readonly LaidOut[], widthPx: number): Misplaced[] {
  const page = { left: 0, top: 0, right: widthPx, bottom: Number.POSITIVE_INFINITY };
  const found: Misplaced[] = [];
  let before: string[] = [];
  for (const text of layout) {
    for (const line of text.lines) {
      const fault = describeFault(text, line, page);
      if (fault !== undefined) found.push({ words: line.words, before, fault, cutOff: fault.startsWith(CUT_OFF) });
      before = [...before, line.words].slice(-CONTEXT);
    }
  }
  return found;
}

function describeFault(text: LaidOut, line: Line, page: Box): string | undefined {
  const letters = lettersOf(line);
  for (const { name, box, clips } of withAncestors(text.parent)) {
    const mm = millimetresOutside(letters, box);
    if (mm <= TOLERANCE_MM) continue;
    if (name === "SVG") return `sticks out of its drawing by ${mm.toFixed(1)} mm`;
    if (clips) return `${CUT_OFF}; ${mm.toFixed(1)} mm of it do not show`;
    if (name === "TD" || name === "TH") return `sticks out of its table cell by ${mm.toFixed(1)} mm`;
  }
  const mm = millimetresOutside(letters, page);
  return mm > TOLERANCE_MM ? `sticks out of the text area by ${mm.toFixed(1)} mm` : undefined;
}

/** Where the letters of a line are: without the room above and below, which is at the sides of a label that is turned. */
function lettersOf({ words, box: { left, top, right, bottom }, isLabel }: Line): Box {
  const [width, height] = [right - left, bottom - top];
  const room = LEADING * (isLabel ? Math.min(width, height) : height);
  // A single letter is higher than wide whichever way it stands.
  const [lies, stands] = isLabel && words.length > 1 ? [width > 1.5 * height, height > 1.5 * width] : [!isLabel, false];
  const [x, y] = [lies ? 0 : room, stands ? 0 : room];
  return { left: left + x, top: top + y, right: right - x, bottom: bottom - y };
}

function millimetresOutside(inner: Box, outer: Box): number {
  const sides = [outer.left - inner.left, outer.top - inner.top, inner.right - outer.right, inner.bottom - outer.bottom];
  return Math.max(...sides) / PX_PER_MM;
}

/** Boxes without words that are too wide make the whole document smaller too. */
function listWideBoxes(layout: readonly LaidOut[], widthPx: number): Misplaced[] {
  // A text's box ends in the space that hangs at a line's end; its letters were looked at above.
  const isWide = ({ name, box, parent }: LaidOut) =>
    name !== "#TEXT" &&
    (box.right - widthPx) / PX_PER_MM > TOLERANCE_MM &&
    !withAncestors(parent).some(({ clips, box: frame }) => clips && frame.right <= widthPx);
  const innermost = layout.findLast(isWide);
  if (!innermost) return [];
  const mm = ((innermost.box.right - widthPx) / PX_PER_MM).toFixed(1);
  return [
    { ...describeElement(innermost, layout), fault: `is ${mm} mm wider than the text area, and would make the whole document smaller` },
  ];
}

function listEmptyDrawings(layout: readonly LaidOut[]): Misplaced[] {
  const shown = new Set<LaidOut>();
  for (const { name, box, parent } of layout) {
    if (SHAPES.has(name) && hasSize(box)) for (const each of withAncestors(parent)) shown.add(each);
  }
  // One without a size holds what others use.
  const empty = layout.filter((element) => element.name === "SVG" && hasSize(element.box) && !shown.has(element));
  return empty.map((drawing) => ({ ...describeElement(drawing, layout), fault: "is a drawing that shows nothing" }));
}

function hasSize({ left, top, right, bottom }: Box): boolean {
  return right > left || bottom > top;
}

/** By the words inside or else by its name, and the words before it. */
function describeElement(element: LaidOut, layout: readonly LaidOut[]): Omit<Misplaced, "fault"> {
  const own = layout.find(({ lines, parent }) => lines.length > 0 && withAncestors(parent).some((each) => each === element));
  const before = layout.slice(0, layout.indexOf(element)).flatMap(({ lines }) => lines.map(({ words }) => words));
  return { words: own?.lines[0]?.words ?? `<${element.name.toLowerCase()}>`, before: before.slice(-CONTEXT) };
}
