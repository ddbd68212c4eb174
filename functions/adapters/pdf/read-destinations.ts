import { withPdf } from "./open-pdf.ts";

/** @returns anchor → the number of its page, from 1, of every anchor that something in the printed document links to */
export async function readDestinations(pdf: Uint8Array): Promise<ReadonlyMap<string, number>> {
  return withPdf(pdf, async (reader) => {
    const pages = new Map<string, number>();
    for (const [name, destination] of Object.entries(await reader.getDestinations())) {
      const page: unknown = Array.isArray(destination) ? destination[0] : undefined;
      if (isReference(page)) pages.set(decodeAnchor(name), (await reader.getPageIndex(page)) + 1);
    }
    return pages;
  });
}

function isReference(value: unknown): value is { num: number; gen: number } {
  return typeof value === "object" && value !== null && "num" in value && "gen" in value;
}

/** Chromium writes a destination as it stands in the link, `%E4%BA%8C` for 二. */
function decodeAnchor(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
