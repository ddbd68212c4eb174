/** Only what is used of two packages that ship no types. */
declare module "fontverter" {
  export function convert(font: Buffer, toFormat: "truetype" | "woff" | "woff2"): Promise<Buffer>;
}

declare module "fontkit" {
  export interface Font {
    readonly copyright: string | null;
    readonly postscriptName: string | null;
    readonly directory: { readonly tables: Readonly<Record<string, unknown>> };
    /** All code points that have a glyph. */
    readonly characterSet: number[];
    glyphForCodePoint(codePoint: number): { readonly id: number };
  }
  export interface FontCollection {
    readonly fonts: Font[];
  }
  export function create(file: Buffer): Font | FontCollection;
}
