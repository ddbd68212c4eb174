import { RenderError } from "../../core/errors.ts";
import type { Margins } from "../pdf/check-layout.ts";

/** What the @page rules leave for the text. */
export interface PageArea {
  /** Of the text on an ordinary page. */
  readonly textWidthMm: number;
  /** The least that any page keeps free on each side. */
  readonly margins: Margins;
}

type Declarations = ReadonlyMap<string, string>;

interface PageRule {
  /** Of the pages it is for; empty for all. */
  readonly name: string;
  /** `left`, `right`, `first` or `blank`; empty for all. */
  readonly side: string;
  readonly declarations: Declarations;
}

const A4_MM = { width: 210, height: 297 };
const MM: Readonly<Record<string, number>> = { mm: 1, cm: 10, in: 25.4, pt: 25.4 / 72, pc: 25.4 / 6, px: 25.4 / 96, q: 0.25 };
/** What Chromium keeps free when nobody says anything. */
const DEFAULT_MARGIN = "0.4in";
/** Neither holds anything of importance here, but may hold a brace. */
const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'/g;
const SIDES = ["top", "right", "bottom", "left"] as const;

/**
 * @param css all style sheets of the page
 * @param names of the pages that are used, `auto` for those without a name; the widest of them counts
 * @throws RenderError for a size or margin of @page that is not written as plain lengths, because then nobody can tell what is outside
 */
export function readPageArea(css: string, names: readonly string[]): PageArea {
  const rules = listPageRules(css.replaceAll(COMMENT_OR_STRING, " "));
  const kindsOf = (sides: readonly string[]) =>
    names.flatMap((name) =>
      sides.map((side) => readKind(rules.filter((rule) => ["", name].includes(rule.name) && ["", side].includes(rule.side)))),
    );
  const [kinds, rare] = [kindsOf(["right", "left"]), kindsOf(["first", "blank"])];
  const least = (side: (typeof SIDES)[number]) => Math.min(...[...kinds, ...rare].map(({ margins }) => margins[side]));
  return {
    textWidthMm: Math.max(...kinds.map(({ width, margins }) => width - margins.left - margins.right)),
    margins: { topMm: least("top"), rightMm: least("right"), bottomMm: least("bottom"), leftMm: least("left") },
  };
}

function readKind(rules: readonly PageRule[]): { width: number; margins: Record<(typeof SIDES)[number], number> } {
  const margins = { top: DEFAULT_MARGIN, right: DEFAULT_MARGIN, bottom: DEFAULT_MARGIN, left: DEFAULT_MARGIN };
  let width = A4_MM.width;
  const rising = rules.toSorted((a, b) => weigh(a) - weigh(b));
  for (const [name, value] of rising.flatMap(({ declarations }) => [...declarations])) {
    const side = SIDES.find((each) => name === `margin-${each}`);
    if (side !== undefined) margins[side] = value;
    if (name === "margin") {
      const [top = "", right = top, bottom = top, left = right] = value.split(/\s+/);
      Object.assign(margins, { top, right, bottom, left });
    }
    if (name === "size") width = readWidth(value);
  }
  const { top, right, bottom, left } = margins;
  return { width, margins: { top: toMm(top), right: toMm(right), bottom: toMm(bottom), left: toMm(left) } };
}

/** A named page's rule goes before one for a side, and that before the rule for all. */
function weigh({ name, side }: PageRule): number {
  return (name === "" ? 0 : 2) + (side === "" ? 0 : 1);
}

function readWidth(size: string): number {
  const words = size.toLowerCase().split(/\s+/);
  const known = words.every((word) => ["a4", "auto", "portrait", "landscape"].includes(word));
  if (known) return words.includes("landscape") ? A4_MM.height : A4_MM.width;
  return toMm(words[0] ?? "");
}

function toMm(length: string): number {
  const [, number = "", unit = ""] = /^([+-]?(?:\d+\.?\d*|\.\d+))([a-z]*)$/i.exec(length) ?? [];
  const mm = Number(number) === 0 && number !== "" ? 0 : Number(number) * (MM[unit.toLowerCase()] ?? Number.NaN);
  if (number !== "" && Number.isFinite(mm)) return mm;
  throw new RenderError(`"${length}" in an @page rule is no length that can be checked; write it in mm`);
}

function listPageRules(css: string): PageRule[] {
  return [...css.matchAll(/@page\b([^{]*)\{/g)].flatMap(({ 0: opening, 1: names = "", index }) => {
    const declarations = readDeclarations(css.slice(index + opening.length));
    return names.split(",").map((selector) => {
      const [name = "", side = ""] = selector.trim().split(":");
      return { name, side, declarations };
    });
  });
}

/** Reads up to the brace that closes the rule, without the margin boxes inside. */
function readDeclarations(css: string): Declarations {
  const declarations = new Map<string, string>();
  let rest = css;
  for (;;) {
    const [, name = "", value = "", end] = /^\s*([^:;{}]*?)\s*(?::\s*([^;{}]*?)\s*)?([;{}]|$)/.exec(rest) ?? [];
    rest = rest.slice(rest.search(/[;{}]|$/) + 1);
    if (end === "{") rest = rest.slice(rest.indexOf("}") + 1);
    else if (name !== "") declarations.set(name.toLowerCase(), value.replace(/\s*!important$/i, ""));
    if (end !== ";" && end !== "{") return declarations;
  }
}
