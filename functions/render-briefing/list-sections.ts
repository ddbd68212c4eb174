import type { Briefing } from "../core/briefing/briefing.ts";
import { sectionNumber } from "./signs.ts";

interface Section {
  /** The anchor. */
  readonly id: string;
  readonly number: string;
  /** Its own name, or the message that names it. */
  readonly name: string | null;
  readonly label: string | null;
}

/** The sections that will be printed, numbered, in their order: what moved and must be decided, the themes, and what belongs to all.
 *  A leader's page has none.
 *  @param onPageOne how many of the changes and of the decisions stand on page one at the most */
export function listSections(briefing: Briefing, onPageOne: number): Section[] {
  const { scope, themes, changes, overview, benchmarks, otherSeries, cannotJudge, methods, sources, provisional, locale } = briefing;
  if (scope === "one-page") return [];
  const sections = [
    // Page one has the first few of both, without the grounds of the changes.
    { id: "movement", printed: changes.items.length > 0 || overview.decisions.length > onPageOne },
    ...themes.map((t) => ({ id: `theme-${t.id}`, printed: true, name: t.name })),
    { id: "benchmarks", printed: benchmarks.length > 0 },
    { id: "otherSeries", printed: otherSeries.length > 0 },
    { id: "cannotJudge", printed: cannotJudge.length > 0 || provisional !== undefined },
    { id: "methods", printed: methods.length > 0 },
    { id: "sources", printed: sources.length > 0 },
    { id: "compiled", printed: true },
  ].filter((s) => s.printed);
  return sections.map((section, index) => ({
    id: section.id,
    number: sectionNumber(index, locale),
    name: "name" in section ? section.name : null,
    label: "name" in section ? null : `section.${section.id}`,
  }));
}

/** Each section's number by its anchor; null for one that is not printed. */
export function numberOf(contents: readonly Section[]) {
  const find = (id: string) => contents.find((s) => s.id === id)?.number ?? null;
  return {
    movement: find("movement"),
    benchmarks: find("benchmarks"),
    otherSeries: find("otherSeries"),
    cannotJudge: find("cannotJudge"),
    methods: find("methods"),
    sources: find("sources"),
    compiled: find("compiled"),
  };
}
