import { run } from "./conformance-tools.ts";

/** A word and its place on the page in millimetres, from the top left. */
export interface Word {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const entities: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };

/** @returns the words of each page as Poppler places them (`pdftotext -bbox`) */
export async function readWords(pdf: string): Promise<Word[][]> {
  const xml = await run("pdftotext", ["-bbox", pdf, "-"]);
  return xml
    .split("<page ")
    .slice(1)
    .map((page) =>
      [...page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g)].map(
        ([, left, top, right, bottom, text = ""]) => ({
          text: text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity),
          left: toMm(left),
          top: toMm(top),
          right: toMm(right),
          bottom: toMm(bottom),
        }),
      ),
    );
}

function toMm(points = ""): number {
  return (Number(points) * 25.4) / 72;
}
