import type { Briefing, BriefingTheme } from "../core/briefing/briefing.ts";
import { namedOnPageOne } from "../core/briefing/briefing-overview.ts";
import { listSections, numberOf } from "./list-sections.ts";
import { presentItem } from "./present-item.ts";
import { itemHref, listUses } from "./present-links.ts";
import { presentProvisional } from "./present-provisional.ts";
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
  const contents = listSections(briefing, onPageOne);
  const place = (id: string) => contents.findIndex((s) => s.id === id);
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
    supersedes: briefing.supersedes ?? null,
    provisional: presentProvisional(briefing, place("cannotJudge")),
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
    themes: briefing.themes.map((theme) => presentTheme(theme, place(`theme-${theme.id}`), briefing)),
    otherSeries: briefing.otherSeries.map((s) => presentSeries(s, "half")),
    benchmarks: briefing.benchmarks.map((b) => ({
      ...b,
      rows: b.rows.map((r) => ("gap" in r ? { area: r.area, gap: r.gap, refusal: null } : { area: r.area, gap: null, refusal: r.refusal })),
    })),
    cannotJudge: briefing.cannotJudge.map((group, index) => ({
      ...group,
      holders: group.holders.map((h) => ({ ...h, items: h.items.map(linked) })),
      number: subsectionNumber(
        place("cannotJudge"),
        // What the month waits for stands before what could not be judged.
        index + (briefing.provisional ? 1 : 0),
        locale,
      ),
    })),
    methods: briefing.methods.map((method, index) => ({
      ...method,
      number: subsectionNumber(place("methods"), index, locale),
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

/** The address with its percent signs read back into characters; as it is where they are no text. */
function readableAddress(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
