import { RenderError } from "../../core/errors.ts";
import type { CharacterMap } from "./character-map.ts";
import { type Operation, readCodes, readOperations } from "./content-stream.ts";

/** A stretch of a page's instructions that belongs together. */
export interface Stretch {
  /** Its number when it is tagged; undefined when nothing says what it is. */
  readonly mcid: number | undefined;
  /** Of the whole stretch, and of the instruction that opens it when it is tagged. */
  readonly start: number;
  end: number;
  readonly openEnd: number;
  /** The strings that it shows, each with its font's map; `readWords` reads them. */
  readonly shown: { readonly font: CharacterMap | undefined; readonly operands: readonly string[] }[];
  /** Whether it draws an image or a form. */
  hasObject: boolean;
}

export interface Resources {
  readonly fonts: ReadonlyMap<string, CharacterMap>;
  /** Names of the forms that hold tagged stretches of their own. */
  readonly taggedForms: ReadonlySet<string>;
}

const OPEN = new Set(["BDC", "BMC"]);
const SHOW_TEXT = new Set(["Tj", "TJ", "'", '"']);
const PATH_START = new Set(["m", "re"]);
const PAINT_PATH = new Set(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*"]);
const PAINT_OBJECT = new Set(["Do", "sh"]);

/** Cuts a page's or a form's instructions into tagged stretches and untagged ones that draw something. What draws nothing is left out. */
export function scanContent(content: string, resources: Resources): Stretch[] {
  const scan = new Scan(resources);
  for (const operation of readOperations(content)) scan.read(operation);
  return scan.stretches;
}

/** @returns the words of a stretch: most are never asked for */
export function readWords({ shown }: Stretch): string {
  return shown
    .flatMap(({ font, operands }) => {
      const strings = operands.filter((token) => token.startsWith("<") || token.startsWith("("));
      return strings.flatMap((token) => readCodes(token).map((code) => font?.get(code) ?? ""));
    })
    .join("");
}

class Scan {
  readonly stretches: Stretch[] = [];
  readonly #resources: Resources;
  #depth = 0;
  #font: CharacterMap | undefined;
  /** Of a text object or path that has begun; what lies before may not be parted from it. */
  #begun: number | undefined;
  #tagged: Stretch | undefined;
  #untagged: Stretch | undefined;

  constructor(resources: Resources) {
    this.#resources = resources;
  }

  read(operation: Operation): void {
    const { operator, operands, start, end } = operation;
    if (OPEN.has(operator)) this.#open(operation);
    else if (operator === "EMC") this.#close(end);
    else if (operator === "BT" || (PATH_START.has(operator) && this.#begun === undefined)) this.#begun = start;
    else if (operator === "Tf") this.#font = this.#resources.fonts.get(operands[0] ?? "");
    else if (SHOW_TEXT.has(operator)) this.#draw(operation).shown.push({ font: this.#font, operands });
    else if (PAINT_PATH.has(operator)) this.#draw(operation);
    else if (PAINT_OBJECT.has(operator)) this.#drawObject(operation);
    else if (operator === "ET" && this.#untagged && this.#untagged.end > (this.#begun ?? start)) this.#untagged.end = end;
    if (operator === "ET" || operator === "n" || PAINT_PATH.has(operator)) this.#begun = undefined;
  }

  #open({ operator, operands, start, end }: Operation): void {
    this.#depth += 1;
    if (this.#depth > 1) return;
    if (this.#begun !== undefined) throw new RenderError("the printed document has a tag within a text or a path");
    this.#untagged = undefined;
    const at = operator === "BDC" ? operands.indexOf("/MCID") : -1;
    if (at < 0) return;
    this.#tagged = { mcid: Number(operands[at + 1]), start, end, openEnd: end, shown: [], hasObject: false };
    this.stretches.push(this.#tagged);
  }

  #close(end: number): void {
    this.#depth -= 1;
    if (this.#depth > 0) return;
    if (this.#tagged) this.#tagged.end = end;
    this.#tagged = undefined;
    this.#untagged = undefined;
  }

  /** @returns the stretch that the drawing belongs to */
  #draw({ start, end }: Operation): Stretch {
    if (this.#tagged) return this.#tagged;
    const from = this.#begun ?? start;
    if (this.#untagged === undefined) {
      this.#untagged = { mcid: undefined, start: from, end, openEnd: from, shown: [], hasObject: false };
      // Within a mark that is not a tag it is said already that this is no content.
      if (this.#depth === 0) this.stretches.push(this.#untagged);
    }
    this.#untagged.end = end;
    return this.#untagged;
  }

  #drawObject(operation: Operation): void {
    const name = operation.operands[0] ?? "";
    // Such a form brings its own tags, so nothing may be said of it as a whole.
    if (this.#tagged === undefined && this.#resources.taggedForms.has(name)) this.#untagged = undefined;
    else this.#draw(operation).hasObject = true;
  }
}
