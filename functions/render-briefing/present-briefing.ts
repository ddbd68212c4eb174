import type { Briefing, BriefingTheme } from "../core/briefing/briefing.ts";
import { namedOnPageOne } from "../core/briefing/briefing-overview.ts";
import { presentItem } from "./present-item.ts";
import { itemHref, listUses } from "./present-links.ts";
import { presentSeries } from "./present-series.ts";
import { cssString, sectionNumber, subsectionNumber, withMark } from "./signs.ts";

/** As many sources as fill a good part of a page; the last so many are not torn apart. */
const keptTogether = 4;

/** What the templates see: the briefing with signs, numbers of sections, anchors and drawings added and every optional field present
 *  (strict templates stop at a field that is absent, so "nothing" is written as null).
 *  @param named how many lines the lists of page one may have at the most */
export function presentBriefing(briefing: Briefing, named: number) {
  const { locale, office, overview, changes } = briefing;
  const onPageOne = Math.min(named, namedOnPageOne);
  const contents = listSections(briefing);
  const linked = <T extends { readonly commitmentId: string }>(entry: T) => ({ ...entry, href: itemHref(entry.commitmentId, briefing) });
  const decisions = overview.decisions.map(withMark).map(linked);
  const turns = changes.items.map((c) => linked({ ...c, from: withMark(c.from), to: withMark(c.to) }));
  const uses = listUses(briefing);
  const sources = listSources(briefing, named).map((s) => ({
    ...s,
    address: readableAddress(s.url),
    usedIn: uses.get(s.number) ?? { places: [], more: 0 },
  }));
  return {
    ...briefing,
    office: { ...office, notice: office.notice ?? null },
    // Characters stand apart in a masthead, letters do not.
    mastheadScript: /\p{Script=Han}/u.test(office.series) ? "han" : "latin",
    pageMark: cssString(office.fictional ? briefing.fictionalMark : ""),
    counts: briefing.counts.map(withMark),
    overview: {
      lanes: overview.lanes.map((lane) => ({ ...lane, items: lane.items.map(withMark).map(linked) })),
      decisions,
      firstDecisions: decisions.slice(0, onPageOne),
      moreDecisions: Math.max(0, decisions.length - onPageOne),
      gaps: overview.gaps,
    },
    leaders: listLeadersItems(briefing, named),
    changes: { ...changes, items: turns, first: turns.slice(0, onPageOne), more: Math.max(0, turns.length - onPageOne) },
    contents,
    numbers: numberOf(contents),
    themes: briefing.themes.map((theme) =>
      presentTheme(
        theme,
        contents.findIndex((s) => s.id === `theme-${theme.id}`),
        briefing,
      ),
    ),
    otherSeries: briefing.otherSeries.map((s) => presentSeries(s, "half")),
    benchmarks: briefing.benchmarks.map((b) => ({
      ...b,
      rows: b.rows.map((r) => ("gap" in r ? { area: r.area, gap: r.gap, refusal: null } : { area: r.area, gap: null, refusal: r.refusal })),
    })),
    cannotJudge: briefing.cannotJudge.map((group, index) => ({
      ...group,
      holders: group.holders.map((h) => ({ ...h, items: h.items.map(linked) })),
      number: subsectionNumber(
        contents.findIndex((s) => s.id === "cannotJudge"),
        index,
        locale,
      ),
    })),
    methods: briefing.methods.map((method, index) => ({
      ...method,
      number: subsectionNumber(
        contents.findIndex((s) => s.id === "methods"),
        index,
        locale,
      ),
    })),
    sources,
    firstSources: sources.slice(0, -keptTogether),
    lastSources: sources.slice(-keptTogether),
  };
}

function presentTheme(theme: BriefingTheme, section: number, { locale }: Briefing) {
  const named = theme.groups.filter((g) => g.name !== undefined).length;
  let next = 0;
  const number = () => subsectionNumber(section, next++, locale);
  return {
    ...theme,
    number: sectionNumber(section, locale),
    groups: theme.groups.map((g) => ({
      name: g.name ?? null,
      number: g.name === undefined ? "" : number(),
      items: g.items.map(presentItem),
    })),
    series: theme.series.map((s) => presentSeries(s, "full")),
    open: theme.open.map(presentItem),
    openNumber: named > 0 ? number() : "",
  };
}

/** A leader's page lists the sources of what it shows only. */
function listSources({ scope, sources, leaders, themes }: Briefing, named: number) {
  if (scope !== "one-page") return sources;
  const shown = themes
    .flatMap((t) => t.groups.flatMap((g) => g.items))
    .filter((item) => leaders.slice(0, named).includes(item.commitmentId));
  const cited = new Set(shown.flatMap((item) => item.sources));
  return sources.filter((s) => cited.has(s.number));
}

/** What a leader's page shows: its few statements with their grounds and what is to be decided of each. */
function listLeadersItems({ themes, leaders, overview }: Briefing, named: number) {
  const items = new Map(themes.flatMap((t) => [...t.groups.flatMap((g) => g.items), ...t.open]).map((i) => [i.commitmentId, i]));
  return leaders.slice(0, named).flatMap((id) => {
    const item = items.get(id);
    return item ? [{ ...presentItem(item), decision: overview.decisions.find((d) => d.commitmentId === id) ?? null }] : [];
  });
}

interface Section {
  /** The anchor. */
  readonly id: string;
  readonly number: string;
  /** Its own name, or the message that names it. */
  readonly name: string | null;
  readonly label: string | null;
}

/** The sections that will be printed, numbered, in their order: what moved and must be decided, the themes, and what belongs to all.
 *  A leader's page has none. */
function listSections({
  scope,
  themes,
  changes,
  overview,
  benchmarks,
  otherSeries,
  cannotJudge,
  methods,
  sources,
  locale,
}: Briefing): Section[] {
  if (scope === "one-page") return [];
  const sections = [
    // Page one has the first few of both, without the grounds of the changes.
    { id: "movement", printed: changes.items.length > 0 || overview.decisions.length > namedOnPageOne },
    ...themes.map((t) => ({ id: `theme-${t.id}`, printed: true, name: t.name })),
    { id: "benchmarks", printed: benchmarks.length > 0 },
    { id: "otherSeries", printed: otherSeries.length > 0 },
    { id: "cannotJudge", printed: cannotJudge.length > 0 },
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
function numberOf(contents: readonly Section[]) {
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

/** The address with its percent signs read back into characters; as it is where they are no text. */
function readableAddress(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
