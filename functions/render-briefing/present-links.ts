import type { Briefing } from "../core/briefing/briefing.ts";

/** Where in the document a source is used. */
export interface UsedIn {
  readonly title: string;
  readonly href: string;
}

/** A source may be used in dozens of places; the first few are where a reader looks. */
const placesNamed = 3;

/** The address of a statement's entry within the document; null on a leader's page, which has no entries.
 *  @param commitmentId a slug */
export function itemHref(commitmentId: string, { scope, themes }: Pick<Briefing, "scope" | "themes">): string | null {
  if (scope === "one-page") return null;
  const printed = themes.some((t) => [...t.groups.flatMap((g) => g.items), ...t.open].some((i) => i.commitmentId === commitmentId));
  return printed ? `#item-${commitmentId}` : null;
}

/** The way back: for each source the entries, charts and tables that cite it, in the order of the document, each once.
 *  @returns by the source's number; `more` counts what is not named */
export function listUses({ themes, otherSeries, benchmarks }: Briefing): ReadonlyMap<number, { places: UsedIn[]; more: number }> {
  const uses = [
    ...themes.flatMap((t) => [
      ...[...t.groups.flatMap((g) => g.items), ...t.open].flatMap((item) =>
        [...item.sources, ...item.alsoKnown.map((k) => k.source)].map((source) => ({
          source,
          title: item.title,
          href: `#item-${item.commitmentId}`,
        })),
      ),
      ...t.series.flatMap((s) => usesOfSeries(s, `#theme-${t.id}`)),
    ]),
    ...otherSeries.flatMap((s) => usesOfSeries(s, "#otherSeries")),
    ...benchmarks.flatMap((b) =>
      b.rows.flatMap((row) =>
        "gap" in row ? [row.gap.homeSource, row.gap.otherSource].map((source) => ({ source, title: b.name, href: "#benchmarks" })) : [],
      ),
    ),
  ];
  const bySource = Map.groupBy(uses, (use) => use.source);
  return new Map([...bySource].map(([source, list]) => [source, nameFirst(list)]));
}

function usesOfSeries({ name, points }: Briefing["otherSeries"][number], href: string) {
  return points.flatMap((p) => [p, ...p.superseded]).map(({ source }) => ({ source, title: name, href }));
}

function nameFirst(uses: readonly UsedIn[]): { places: UsedIn[]; more: number } {
  const places = [...new Map(uses.map(({ title, href }) => [`${href} ${title}`, { title, href }])).values()];
  return { places: places.slice(0, placesNamed), more: Math.max(0, places.length - placesNamed) };
}
