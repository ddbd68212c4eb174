import { create } from "fontkit";
import { buildCmapTable, buildNameTable, readTables, requireTable, writeTables } from "./truetype-file.ts";

/** What a merged face is called, by CSS, by fontconfig and inside the PDF. */
export interface FaceName {
  /** For example `Noto Sans SC`. */
  readonly family: string;
  readonly bold: boolean;
}

const LICENCE = "SIL Open Font License, Version 1.1, https://openfontlicense.org";
/** Tables that stay as they are: layout rules and hinting. */
const KEPT_TABLES = ["GDEF", "GPOS", "GSUB", "cvt ", "fpgm", "gasp", "prep"];

/** Glyph bytes with their advance width and left side bearing, in font units. */
interface Glyph {
  data: Buffer;
  readonly advance: number;
  readonly bearing: number;
}

/** One face opened for taking glyphs out of it. */
interface SourceFace {
  readonly copyright: string;
  readonly codePoints: readonly number[];
  glyphOf(codePoint: number): number;
  readonly glyphCount: number;
  readGlyph(glyph: number): Glyph;
  readonly tables: ReadonlyMap<string, Buffer>;
}

/** Offsets of the maxima in `maxp` that must cover every source: points, contours, components, depth. */
const MAXP_MAXIMA = [6, 8, 10, 12, 28, 30];
const COMPONENT = { wideArguments: 0x1, scale: 0x8, more: 0x20, twoScales: 0x40, matrix: 0x80, instructions: 0x100 };

/**
 * Joins static TrueType faces into one: all of `base`, and from each of `others`, in order, the glyphs of characters that are still
 * missing. Layout rules (GSUB, GPOS), line height and hinting are the base's; vertical metrics are dropped.
 *
 * One face per weight is needed because a browser picks a face by family and weight: what the base lacks would come from a fallback
 * found by character alone, and in bold text be emboldened by drawing, as a Type 3 font.
 * @throws Error when a face is not static TrueType, or is drawn on another grid than the base
 */
export function mergeFaces(base: Buffer, others: Iterable<Buffer>, name: FaceName): Buffer {
  const first = openFace(base);
  const glyphs = Array.from({ length: first.glyphCount }, (_, glyph) => first.readGlyph(glyph));
  const characters = new Map(first.codePoints.map((codePoint) => [codePoint, first.glyphOf(codePoint)]));
  const maxp = Buffer.from(requireTable(first.tables, "maxp"));
  for (const file of others) {
    const face = openFace(file);
    if (unitsPerEm(face) !== unitsPerEm(first)) throw new Error("faces of different grids cannot be merged");
    addMissing(face, glyphs, characters);
    const otherMaxp = requireTable(face.tables, "maxp");
    for (const at of MAXP_MAXIMA) maxp.writeUInt16BE(Math.max(maxp.readUInt16BE(at), otherMaxp.readUInt16BE(at)), at);
  }
  maxp.writeUInt16BE(glyphs.length, 4);
  return writeTables(buildTables(first, glyphs, characters, maxp, name));
}

function openFace(file: Buffer): SourceFace {
  const font = create(file);
  if ("fonts" in font) throw new Error("a font collection cannot be merged");
  const tables = readTables(file);
  const glyf = requireTable(tables, "glyf");
  const loca = requireTable(tables, "loca");
  const hmtx = requireTable(tables, "hmtx");
  const longOffsets = requireTable(tables, "head").readInt16BE(50) === 1;
  const advances = requireTable(tables, "hhea").readUInt16BE(34);
  const offsetOf = (glyph: number) => (longOffsets ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2);
  return {
    tables,
    copyright: font.copyright ?? "",
    codePoints: font.characterSet,
    glyphOf: (codePoint) => font.glyphForCodePoint(codePoint).id,
    glyphCount: requireTable(tables, "maxp").readUInt16BE(4),
    readGlyph: (glyph) => ({
      data: glyf.subarray(offsetOf(glyph), offsetOf(glyph + 1)),
      advance: hmtx.readUInt16BE(Math.min(glyph, advances - 1) * 4),
      bearing: hmtx.readInt16BE(glyph < advances ? glyph * 4 + 2 : advances * 4 + (glyph - advances) * 2),
    }),
  };
}

function unitsPerEm(face: SourceFace): number {
  return requireTable(face.tables, "head").readUInt16BE(18);
}

function addMissing(face: SourceFace, glyphs: Glyph[], characters: Map<number, number>): void {
  const taken = new Map<number, number>();
  const take = (glyph: number): number => {
    const known = taken.get(glyph);
    if (known !== undefined) return known;
    const id = glyphs.length;
    taken.set(glyph, id);
    const copy = face.readGlyph(glyph);
    glyphs.push(copy);
    copy.data = isComposite(copy.data) ? copyComposite(copy.data, take) : copySimple(copy.data);
    return id;
  };
  for (const codePoint of face.codePoints) {
    if (!characters.has(codePoint)) characters.set(codePoint, take(face.glyphOf(codePoint)));
  }
}

function isComposite(data: Buffer): boolean {
  return data.length > 0 && data.readInt16BE(0) < 0;
}

/** Without its instructions: they call functions of the font it came from. */
function copySimple(data: Buffer): Buffer {
  if (data.length === 0) return data;
  const lengthAt = 10 + data.readInt16BE(0) * 2;
  const points = data.subarray(lengthAt + 2 + data.readUInt16BE(lengthAt));
  return Buffer.concat([data.subarray(0, lengthAt), Buffer.alloc(2), points]);
}

/** With its components' new ids, and without instructions. */
function copyComposite(data: Buffer, take: (glyph: number) => number): Buffer {
  const copy = Buffer.from(data);
  for (let at = 10; ; ) {
    const flags = copy.readUInt16BE(at);
    copy.writeUInt16BE(flags & ~COMPONENT.instructions, at);
    copy.writeUInt16BE(take(copy.readUInt16BE(at + 2)), at + 2);
    at += 4 + (flags & COMPONENT.wideArguments ? 4 : 2);
    if (flags & COMPONENT.scale) at += 2;
    else if (flags & COMPONENT.twoScales) at += 4;
    else if (flags & COMPONENT.matrix) at += 8;
    if (!(flags & COMPONENT.more)) return copy.subarray(0, at);
  }
}

function buildTables(base: SourceFace, glyphs: readonly Glyph[], characters: ReadonlyMap<number, number>, maxp: Buffer, name: FaceName) {
  const outlines = buildOutlines(glyphs);
  const metrics = Buffer.alloc(glyphs.length * 4);
  for (const [i, { advance, bearing }] of glyphs.entries()) {
    metrics.writeUInt16BE(advance, i * 4);
    metrics.writeInt16BE(bearing, i * 4 + 2);
  }
  const hhea = Buffer.from(requireTable(base.tables, "hhea"));
  hhea.writeUInt16BE(Math.max(...glyphs.map(({ advance }) => advance)), 10);
  hhea.writeUInt16BE(glyphs.length, 34);
  const head = Buffer.from(requireTable(base.tables, "head"));
  head.writeUInt16BE(name.bold ? 1 : 0, 44);
  head.writeInt16BE(1, 50);
  const os2 = Buffer.from(requireTable(base.tables, "OS/2"));
  os2.writeUInt16BE(name.bold ? 700 : 400, 4);
  // fsSelection: keep what it says of line height, and say bold or regular.
  os2.writeUInt16BE((os2.readUInt16BE(62) & ~0x61) | (name.bold ? 0x20 : 0x40), 62);
  const post = Buffer.from(requireTable(base.tables, "post").subarray(0, 32));
  post.writeUInt32BE(0x00030000, 0);
  return new Map<string, Buffer>([
    ...[...base.tables].filter(([tag]) => KEPT_TABLES.includes(tag)),
    ...outlines,
    ["OS/2", os2],
    ["cmap", buildCmapTable(characters)],
    ["head", head],
    ["hhea", hhea],
    ["hmtx", metrics],
    ["maxp", maxp],
    ["name", buildNameTable(faceNames(name, base.copyright))],
    ["post", post],
  ]);
}

function buildOutlines(glyphs: readonly Glyph[]): [string, Buffer][] {
  const loca = Buffer.alloc((glyphs.length + 1) * 4);
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [i, { data }] of glyphs.entries()) {
    const padding = (4 - (data.length % 4)) % 4;
    parts.push(data, Buffer.alloc(padding));
    offset += data.length + padding;
    loca.writeUInt32BE(offset, (i + 1) * 4);
  }
  return [
    ["glyf", Buffer.concat(parts)],
    ["loca", loca],
  ];
}

/** By name id, as the OpenType specification numbers them. */
function faceNames({ family, bold }: FaceName, copyright: string): Map<number, string> {
  const style = bold ? "Bold" : "Regular";
  const postscript = `${family.replaceAll(" ", "")}-${style}`;
  return new Map([
    [0, copyright],
    [1, family],
    [2, style],
    [3, `biaogan;${postscript}`],
    [4, `${family} ${style}`],
    [5, "Version 1.000"],
    [6, postscript],
    [13, LICENCE],
  ]);
}
