/** Only what is used of two packages that ship no types. */
declare module "fontverter" {
  export function convert(font: Buffer, toFormat: "truetype" | "woff" | "woff2"): Promise<Buffer>;
}

declare module "fontkit" {
  export interface Font {
    readonly copyright: string | null;
    readonly postscriptName: string | null;
    readonly familyName: string | null;
    readonly "OS/2": { readonly usWeightClass: number };
    readonly directory: { readonly tables: Readonly<Record<string, unknown>> };
    /** All code points that have a glyph. */
    readonly characterSet: number[];
    glyphForCodePoint(codePoint: number): { readonly id: number };
    readonly unitsPerEm: number;
    /** Sets one line; places are in font units. */
    layout(text: string): {
      readonly glyphs: readonly { readonly path: { readonly commands: readonly PathCommand[] } }[];
      readonly positions: readonly { readonly xAdvance: number; readonly xOffset: number; readonly yOffset: number }[];
    };
  }
  export interface PathCommand {
    readonly command: "moveTo" | "lineTo" | "quadraticCurveTo" | "bezierCurveTo" | "closePath";
    /** x and y of each point in turn, in font units. */
    readonly args: readonly number[];
  }
  export interface FontCollection {
    readonly fonts: Font[];
  }
  export function create(file: Buffer): Font | FontCollection;
}
