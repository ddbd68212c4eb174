import type { Font, PathCommand } from "fontkit";

/** Words as a path. One unit is the height of the type. */
export interface Outlines {
  /** PDF instructions that fill the path, from (0, 0) at the left, centred on the base line's middle. */
  readonly instructions: string;
  readonly width: number;
  readonly height: number;
}

/** How far the middle of a capital or a Chinese character lies above the base line. */
const MIDDLE = 0.36;

/** Draws one line of words with a font's outlines. */
export function drawOutlines(words: string, font: Font): Outlines {
  const { glyphs, positions } = font.layout(words);
  const parts: string[] = [];
  let advance = 0;
  for (const [index, { path }] of glyphs.entries()) {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {};
    const place = (x: number, y: number): [number, number] => [
      (advance + xOffset + x) / font.unitsPerEm,
      (yOffset + y) / font.unitsPerEm - MIDDLE,
    ];
    parts.push(...drawPath(path.commands, place));
    advance += xAdvance;
  }
  return { instructions: [...parts, "f"].join("\n"), width: advance / font.unitsPerEm, height: 1 };
}

type Place = (x: number, y: number) => [number, number];

function drawPath(commands: readonly PathCommand[], place: Place): string[] {
  let last: [number, number] = [0, 0];
  return commands.map(({ command, args }) => {
    const points = Array.from({ length: args.length / 2 }, (_, index) => place(args[index * 2] ?? 0, args[index * 2 + 1] ?? 0));
    const from = last;
    last = points.at(-1) ?? last;
    if (command === "moveTo") return write(points, "m");
    if (command === "lineTo") return write(points, "l");
    if (command === "closePath") return "h";
    return write(command === "bezierCurveTo" ? points : raiseDegree(from, points), "c");
  });
}

/** TrueType's curves have one control point, PDF's have two. */
function raiseDegree(from: readonly [number, number], [control = [0, 0], to = [0, 0]]: readonly [number, number][]): [number, number][] {
  const towards = (end: readonly [number, number]): [number, number] => [
    end[0] + ((control[0] - end[0]) * 2) / 3,
    end[1] + ((control[1] - end[1]) * 2) / 3,
  ];
  return [towards(from), towards(to), to];
}

function write(points: readonly (readonly [number, number])[], operator: string): string {
  return `${points.map(([x, y]) => `${round(x)} ${round(y)}`).join(" ")} ${operator}`;
}

/** A ten-thousandth of the height of the type is less than any printer's dot. */
function round(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}
