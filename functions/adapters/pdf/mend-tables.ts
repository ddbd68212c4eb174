import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFObject } from "@cantoo/pdf-lib";
import { elementsOf, isElement, makeElement, type StructureElement, type StructureTree } from "./structure-tree.ts";

/** A cell with what Chromium says of it. */
interface Cell {
  readonly element: StructureElement;
  readonly columns: number;
  readonly rows: number;
  /** Its own name when it is the head of columns, else the names of the heads that it stands under. */
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
  const elements = rowsOf(table).map((row) => ({ row, kids: row.kids.filter(isElement) }));
  const heads = new Set(elements.flatMap(({ kids }) => kids.filter(isColumnHead).map(({ dict }) => String(dict.get(PDFName.of("ID"))))));
  const rows = elements.map(({ row, kids }) => ({ row, cells: kids.map((kid) => readCell(kid, heads)) }));
  const placed = placeRows(rows.map(({ cells }) => cells));
  const width = Math.max(0, ...placed.map(widthOf));
  const columnOf = findColumns(placed.filter((cells) => widthOf(cells) === width).flat());
  const free = new FreeColumns();
  for (const { row, cells } of rows) {
    const kids = fillRow(cells, width, columnOf, free).map((element) => element ?? makeElement(pdf, "TD"));
    free.endRow();
    if (kids.length > cells.length) row.kids = kids;
  }
}

/** @returns the elements of the row's cells with a gap wherever one is missing */
function fillRow(
  cells: readonly Cell[],
  width: number,
  columnOf: ReadonlyMap<string, number>,
  free: FreeColumns,
): (StructureElement | undefined)[] {
  const kids: (StructureElement | undefined)[] = [];
  let column = free.next(0);
  let left = cells.reduce((sum, { columns }) => sum + columns, 0);
  const fill = (upTo: number) => {
    for (; column < upTo; column = free.next(column + 1)) kids.push(undefined);
  };
  for (const cell of cells) {
    const wanted = cell.names.map((name) => columnOf.get(name)).find((known) => known !== undefined) ?? column;
    // Never so far that the others would not fit.
    fill(Math.min(wanted, width - left));
    kids.push(cell.element);
    free.take(column, cell);
    column = free.next(column + cell.columns);
    left -= cell.columns;
  }
  fill(width);
  return kids;
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

/** @returns the head of one column → that column, as far as rows that lack nothing tell */
function findColumns(cells: readonly PlacedCell[]): Map<string, number> {
  const found = new Map<string, Set<number>>();
  for (const { names, column } of cells) {
    for (const name of names) found.set(name, (found.get(name) ?? new Set()).add(column));
  }
  // A head over several columns tells nothing.
  return new Map([...found].flatMap(([name, [column = 0, ...others]]) => (others.length > 0 ? [] : [[name, column] as const])));
}

/** @param heads the names of the heads of columns; those of rows tell of no column */
function readCell(element: StructureElement, heads: ReadonlySet<string>): Cell {
  const attributes = readAttributes(element);
  const count = (key: string) => {
    const value = attributes.get(key);
    return value instanceof PDFNumber ? value.asNumber() : 1;
  };
  const headers = attributes.get("Headers");
  const id = isColumnHead(element) ? element.dict.get(PDFName.of("ID")) : undefined;
  const names = headers instanceof PDFArray ? headers.asArray() : id ? [id] : [];
  return { element, columns: count("ColSpan"), rows: count("RowSpan"), names: names.map(String).filter((name) => heads.has(name)) };
}

function isColumnHead(element: StructureElement): boolean {
  return element.type === "TH" && readAttributes(element).get("Scope") === PDFName.of("Column");
}

function readAttributes({ dict }: StructureElement): ReadonlyMap<string, PDFObject> {
  return new Map(listAttributes(dict.lookup(PDFName.of("A"))));
}

function listAttributes(value: PDFObject | undefined): [string, PDFObject][] {
  if (value instanceof PDFArray) return Array.from({ length: value.size() }, (_, index) => listAttributes(value.lookup(index))).flat();
  return value instanceof PDFDict ? value.entries().map(([key, entry]) => [key.decodeText(), entry]) : [];
}
