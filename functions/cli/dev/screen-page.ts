import type { FontFace } from "../../adapters/fonts/list-faces.ts";
import { cssString } from "../../render-briefing/signs.ts";

/** Where the preview gets a font from. */
export function faceUrl({ sha256 }: FontFace): string {
  return `/fonts/${sha256}.ttf`;
}

/** What the style of the preview (`dev/screen.hbs`) is made from: the page's own margins, and the fonts it is set in. */
export function describeScreen(html: string, faces: readonly FontFace[]) {
  return {
    margins: readPageMargins(/<style>(.*?)<\/style>/s.exec(html)?.[1] ?? ""),
    faces: faces.map((face) => ({ family: cssString(face.family), weight: face.weight, url: faceUrl(face) })),
  };
}

/** @param html a page as it is printed
 *  @param style a `<style>` element for the screen alone
 *  @returns the same page with the style at the end of its head, and otherwise untouched */
export function dressForScreen(html: string, style: string): string {
  const end = html.indexOf("</head>");
  return end === -1 ? html : `${html.slice(0, end)}${style}${html.slice(end)}`;
}

/** Reads what `@page` rules say of the margins: that of every page, and those of the pages that a selector names (`page: leaders`). */
function readPageMargins(css: string): { selector: string; margin: string }[] {
  const rules = [...css.matchAll(/@page\s*([\w-]*)\s*\{([^{}@]*)/g)].flatMap(([, page = "", body = ""]) => {
    const margin = /(?:^|[;\s])margin:\s*([\d.]+(?:mm|cm|in|pt|px)?(?:\s+[\d.]+(?:mm|cm|in|pt|px)?){0,3})\s*;/.exec(body)?.[1];
    return margin === undefined ? [] : [{ page, margin }];
  });
  const users = [...css.matchAll(/(?:^|[}\s])([.\w-]+)\s*\{[^{}]*?(?:^|[;{\s])page:\s*([\w-]+)/g)];
  return rules.flatMap(({ page, margin }) => {
    if (page === "") return [{ selector: "body", margin }];
    return users.filter(([, , name]) => name === page).map(([, selector = ""]) => ({ selector: `body${selector}`, margin }));
  });
}
