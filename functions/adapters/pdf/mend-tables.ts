import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFObject } from "@cantoo/pdf-lib";
import { elementsOf, isElement, makeElement, type StructureElement, type StructureTree } from "./structure-tree.ts";

/** A cell with what Chromium says of it. */
interface Cell {
  readonly element: StructureElement;
  readonly columns: number;
  readonly rows: number;
  /** Its own name when it is the head of a column, else the names of its heads. */
  readonly names: readonly string[];
}

interface PlacedCell extends Cell {
  readonly column: number;
}

/**
 * Gives every row of a table as many cells as the widest: Chromium leaves out cells that show nothing, so that the cells behind them would be
 * read under the wrong head. Where one is missing is told by the heads that Chromium names for each cell.
 */
export function mendTables(pdf: PDFDocument, tree: StructureTree): void {
  for (const table of elementsOf(tree.kids)) if (table.type === "Table") mendTable(pdf, table);
}

function mendTable(pdf: PDFDocument, table: StructureElement): void {
  const found = rowsOf(table).map((row) => ({ row, cells: row.kids.filter(isElement).map(readCell) }));
  const heads = new Set(found.flatMap(({ cells }) => cells.filter(isHead).flatMap(({ names }) => names)));
  const rows = found.map(({ row, cells }) => ({
    row,
    cells: cells.map((cell) => ({ ...cell, names: cell.names.filter((n) => heads.has(n)) })),
  }));
  const placed = placeRows(rows.map(({ cells }) => cells));
  const width = Math.max(0, ...placed.map(widthOf));
  const full = placed.filter((cells) => widthOf(cells) === width);
  const columnOf = findColumns(full.flat());
  const free = new FreeColumns();
  for (const { row, cells } of rows) {
    const kids: StructureElement[] = [];
    let column = free.next(0);
    const fill = (upTo: number) => {
      for (; column < upTo; column = free.next(column + 1)) kids.push(makeElement(pdf, "TD"));
    };
    let left = cells.reduce((sum, cell) => sum + cell.columns, 0);
    for (const cell of cells) {
      const wanted = cell.names.map((name) => columnOf.get(name)).find((found) => found !== undefined) ?? column;
      // Never so far that the others would not fit.
      fill(Math.min(wanted, width - left));
      kids.push(cell.element);
      free.take(column, cell);
      column = free.next(column + cell.columns);
      left -= cell.columns;
    }
    fill(width);
    free.endRow();
    if (kids.length > cells.length) row.kids = kids;
  }
}

function rowsOf(table: StructureElement): StructureElement[] {
  return table.kids
    .filter(isElement)
    .flatMap((kid) => (kid.type === "TR" ? [kid] : /^T(?:Head|Body|Foot)$/.test(kid.type) ? rowsOf(kid) : []));
}

function placeRows(rows: readonly (readonly Cell[])[]): PlacedCell[][] {
  const free = new FreeColumns();
  return rows.map((cells) => {
    let column = 0;
    const placed = cells.map((cell) => {
      column = free.next(column);
      free.take(column, cell);
      const here = { ...cell, column };
      column += cell.columns;
      return here;
    });
    free.endRow();
    return placed;
  });
}

/** Which columns a row has left between cells that reach down from rows above. */
class FreeColumns {
  /** How many rows, from this one on, each column is taken. */
  readonly #taken: number[] = [];

  next(from: number): number {
    let column = from;
    while ((this.#taken[column] ?? 0) > 0) column += 1;
    return column;
  }

  take(column: number, { columns, rows }: Cell): void {
    for (let at = column; at < column + columns; at += 1) this.#taken[at] = rows;
  }

  endRow(): void {
    for (const [column, rows = 0] of this.#taken.entries()) this.#taken[column] = Math.max(0, rows - 1);
  }
}

function widthOf(cells: readonly PlacedCell[]): number {
  return Math.max(0, ...cells.map(({ column, columns }) => column + columns));
}

function isHead({ element }: Cell): boolean {
  return element.type === "TH";
}

/** @returns head → its column, as far as rows that lack nothing tell */
function findColumns(cells: readonly PlacedCell[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { names, column, columns } of cells) {
    for (const name of columns === 1 ? names : []) if (!found.has(name)) found.set(name, column);
  }
  return found;
}

function readCell(element: StructureElement): Cell {
  const attributes = new Map(listAttributes(element.dict.lookup(PDFName.of("A"))));
  const count = (key: string) => {
    const value = attributes.get(key);
    return value instanceof PDFNumber ? value.asNumber() : 1;
  };
  return { element, columns: count("ColSpan"), rows: count("RowSpan"), names: readNames(element, attributes) };
}

function readNames({ dict }: StructureElement, attributes: ReadonlyMap<string, PDFObject>): string[] {
  const id = dict.get(PDFName.of("ID"));
  if (id !== undefined) return attributes.get("Scope") === PDFName.of("Column") ? [String(id)] : [];
  const headers = attributes.get("Headers");
  return headers instanceof PDFArray ? headers.asArray().map(String) : [];
}

function listAttributes(value: PDFObject | undefined): [string, PDFObject][] {
  if (value instanceof PDFArray) return Array.from({ length: value.size() }, (_, index) => listAttributes(value.lookup(index))).flat();
  return value instanceof PDFDict ? value.entries().map(([key, entry]) => [key.decodeText(), entry]) : [];
}
