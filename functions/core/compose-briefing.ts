import type { Assessment, Signal } from "./assessment/assessment.ts";
import type { Briefing } from "./briefing.ts";
import type { BriefingItem } from "./briefing-item.ts";
import type { Change } from "./compare-assessments.ts";
import { composeBenchmarks } from "./compose-benchmarks.ts";
import { composeChanges } from "./compose-changes.ts";
import { composeItem } from "./compose-item.ts";
import type { ComposeContext } from "./compose-series.ts";
import { composeAllSeries, composeFinding, composeThemes, countSignals, type Judged } from "./compose-themes.ts";
import type { Edition } from "./edition.ts";
import { type Translate, textIn } from "./local-text.ts";
import { dayName, periodName } from "./period-name.ts";
import type { Register } from "./ports.ts";
import { SourceList } from "./source-list.ts";

/** The order in which a leader wants to hear of what was decided; the other signals are no highlights. */
const highlighted: readonly Signal[] = ["failed", "off track", "watch", "ahead", "achieved"];
const maxHighlights = 7;

/** Composes the model of one edition: every word that will be printed, in the edition's language, and nothing computed later.
 *  @param assessments of the same register, `asOf` and language, in the register's order
 *  @param period the month reported on, YYYY-MM */
export function composeBriefing(input: {
  register: Register;
  assessments: readonly Assessment[];
  edition: Edition;
  period: string;
  asOf: string;
  /** Against the judgement of an earlier day. */
  changes: readonly Change[];
  since: string;
  translate: Translate;
}): Briefing {
  const { register, assessments, edition, period, asOf, translate } = input;
  const { office } = register;
  const { locale } = edition;
  const context: ComposeContext = { asOf, locale, translate, sources: new SourceList() };
  const byId = new Map(register.commitments.map((c) => [c.id, c]));
  const judged = assessments.flatMap((assessment): Judged[] => {
    const commitment = byId.get(assessment.commitmentId);
    return commitment ? [{ commitment, item: composeItem(assessment, commitment, register, context) }] : [];
  });
  const series = composeAllSeries(register, judged, context);
  const names = { office: textIn(office.name, locale), period: periodName(period, locale) };
  return {
    schema: "biaogan.briefing/1",
    edition: edition.id,
    locale,
    period,
    periodName: names.period,
    asOf,
    asOfName: dayName(asOf, locale),
    office: {
      id: office.id,
      name: names.office,
      series: textIn(office.series, locale),
      issuer: textIn(office.issuer, locale),
      ...(office.notice ? { notice: textIn(office.notice, locale) } : {}),
      fictional: office.fictional,
    },
    fictionalMark: translate({ id: "label.fictional" }),
    issue: issueNumber(office.firstIssue, period),
    title: translate({ id: "briefing.title", values: names }),
    finding: composeFinding(judged, "briefing.finding", translate),
    counts: countSignals(judged, translate),
    highlights: chooseHighlights(judged),
    speeches: composeSpeeches(register, judged, context),
    themes: composeThemes(office, judged, series, context),
    otherSeries: series.filter((s) => s.theme === undefined).map((s) => s.series),
    changes: composeChanges(input.changes, input.since, register, context),
    benchmarks: composeBenchmarks(register, namedBenchmarks(judged), context),
    cannotJudge: composeCannotJudge(judged, translate),
    methods: composeMethods(assessments, translate),
    sources: composeSources(context),
  };
}

/** Months from the first issue to `period`, the first being 1. */
function issueNumber(first: string, period: string): number {
  const months = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return Math.max(1, months(period) - months(first) + 1);
}

/** Worst first; among equals what was promised in numbers comes before the rest. */
function chooseHighlights(judged: readonly Judged[]): BriefingItem[] {
  const rank = ({ item, commitment }: Judged) => highlighted.indexOf(item.signal) * 2 + (commitment.target ? 0 : 1);
  return judged
    .filter(({ item }) => highlighted.includes(item.signal))
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, maxHighlights)
    .map((j) => j.item);
}

function composeSpeeches(
  { speeches }: Register,
  judged: readonly Judged[],
  { asOf, locale, translate }: ComposeContext,
): Briefing["speeches"] {
  return speeches
    .filter((s) => s.date.value <= asOf)
    .map((s) => ({
      id: s.id,
      title: textIn(s.title, locale),
      speaker: textIn(s.speaker.name, locale),
      office: textIn(s.speaker.office, locale),
      date: dayName(s.date.value, locale),
      dateNote: translate({ id: "speech.date", values: { of: s.date.of, basis: s.date.basis } }),
      count: judged.filter((j) => j.commitment.speech === s.id).length,
    }));
}

function namedBenchmarks(judged: readonly Judged[]) {
  const benchmarks = judged.flatMap((j) => j.commitment.benchmark ?? []);
  return { places: new Set(benchmarks.map((b) => b.refArea)), metrics: new Set(benchmarks.flatMap((b) => b.metric ?? [])) };
}

/** Gathered by what is missing, so that the reader sees what to look for and whom to ask. */
function composeCannotJudge(judged: readonly Judged[], translate: Translate): Briefing["cannotJudge"] {
  const open = judged.filter((j) => j.item.signal === "cannot judge").map((j) => j.item);
  return [...Map.groupBy(open, (item) => item.verdict)].map(([verdict, items]) => ({
    verdict,
    verdictName: translate({ id: `verdict.${verdict}` }),
    reason: translate({ id: `open.${verdict}` }),
    items: items.map(({ commitmentId, title, owner }) => ({ commitmentId, title, owner })),
  }));
}

function composeMethods(assessments: readonly Assessment[], translate: Translate): Briefing["methods"] {
  const used = [...new Set(assessments.map((a) => a.method))].filter((id) => id !== "none").toSorted();
  return used.map((id) => ({
    id,
    name: translate({ id: `method.${id}.name` }),
    description: translate({ id: `method.${id}.description` }),
    bands: translate({ id: `method.${id}.bands` }),
    source: translate({ id: `method.${id}.source` }),
  }));
}

function composeSources({ locale, translate, sources }: ComposeContext): Briefing["sources"] {
  return sources.list().map(({ number, source, knownSince, quotes }) => ({
    number,
    title: source.title,
    publisher: source.publisher ?? "",
    url: source.url,
    quotes: [...quotes],
    knownSince: dayName(knownSince, locale),
    rankName: translate({ id: `rank.${source.rank}` }),
  }));
}
