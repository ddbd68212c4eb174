/** Reading and writing of the TrueType container: its directory of tables, their checksums, and the few tables that carry names. */

/** Sum that makes the whole file's checksum come out right (OpenType, `head` table). */
const CHECKSUM_MAGIC = 0xb1b0afba;

/** @returns the tables of a TrueType file by tag, as views into `file` */
export function readTables(file: Buffer): Map<string, Buffer> {
  const tables = new Map<string, Buffer>();
  for (let i = 0; i < file.readUInt16BE(4); i += 1) {
    const record = 12 + i * 16;
    const start = file.readUInt32BE(record + 8);
    tables.set(file.toString("latin1", record, record + 4), file.subarray(start, start + file.readUInt32BE(record + 12)));
  }
  return tables;
}

/** @returns the table, or an error that names it: a face without it is not TrueType */
export function requireTable(tables: ReadonlyMap<string, Buffer>, tag: string): Buffer {
  const table = tables.get(tag);
  if (table === undefined) throw new Error(`the font has no ${tag} table: it is not a static TrueType face`);
  return table;
}

/** @returns a TrueType file of these tables. The `head` table's checksum is set in place. */
export function writeTables(tables: ReadonlyMap<string, Buffer>): Buffer {
  const entries = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  requireTable(tables, "head").writeUInt32BE(0, 8);
  const directory = Buffer.alloc(12 + entries.length * 16);
  const log2 = Math.floor(Math.log2(entries.length));
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(entries.length, 4);
  directory.writeUInt16BE(2 ** log2 * 16, 6);
  directory.writeUInt16BE(log2, 8);
  directory.writeUInt16BE((entries.length - 2 ** log2) * 16, 10);
  const parts = [directory];
  let offset = directory.length;
  for (const [i, [tag, content]] of entries.entries()) {
    const padded = Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
    directory.write(tag, 12 + i * 16, "latin1");
    directory.writeUInt32BE(sumWords(padded), 16 + i * 16);
    directory.writeUInt32BE(offset, 20 + i * 16);
    directory.writeUInt32BE(content.length, 24 + i * 16);
    parts.push(padded);
    offset += padded.length;
  }
  const file = Buffer.concat(parts);
  const head = 12 + entries.findIndex(([tag]) => tag === "head") * 16;
  file.writeUInt32BE((CHECKSUM_MAGIC - sumWords(file)) >>> 0, file.readUInt32BE(head + 8) + 8);
  return file;
}

/** @returns a `name` table with these English (United States) Windows strings, by name id */
export function buildNameTable(names: ReadonlyMap<number, string>): Buffer {
  const entries = [...names].sort(([a], [b]) => a - b);
  const header = Buffer.alloc(6 + entries.length * 12);
  header.writeUInt16BE(entries.length, 2);
  header.writeUInt16BE(header.length, 4);
  const strings: Buffer[] = [];
  let offset = 0;
  for (const [i, [id, text]] of entries.entries()) {
    const encoded = Buffer.from(text, "utf16le").swap16();
    [3, 1, 0x0409, id, encoded.length, offset].forEach((value, field) => {
      header.writeUInt16BE(value, 6 + i * 12 + field * 2);
    });
    strings.push(encoded);
    offset += encoded.length;
  }
  return Buffer.concat([header, ...strings]);
}

/** @returns a `cmap` table with one format 12 subtable: Unicode, all planes */
export function buildCmapTable(glyphs: ReadonlyMap<number, number>): Buffer {
  const groups: { start: number; end: number; glyph: number }[] = [];
  for (const [codePoint, glyph] of [...glyphs].sort(([a], [b]) => a - b)) {
    const last = groups.at(-1);
    if (last !== undefined && last.end + 1 === codePoint && last.glyph + codePoint - last.start === glyph) last.end = codePoint;
    else groups.push({ start: codePoint, end: codePoint, glyph });
  }
  const table = Buffer.alloc(12 + 16 + groups.length * 12);
  table.writeUInt16BE(1, 2);
  table.writeUInt16BE(3, 4);
  table.writeUInt16BE(10, 6);
  table.writeUInt32BE(12, 8);
  table.writeUInt16BE(12, 12);
  table.writeUInt32BE(table.length - 12, 16);
  table.writeUInt32BE(groups.length, 24);
  for (const [i, { start, end, glyph }] of groups.entries()) {
    [start, end, glyph].forEach((value, field) => {
      table.writeUInt32BE(value, 28 + i * 12 + field * 4);
    });
  }
  return table;
}

function sumWords(padded: Buffer): number {
  let sum = 0;
  for (let i = 0; i < padded.length; i += 4) sum = (sum + padded.readUInt32BE(i)) >>> 0;
  return sum;
}
