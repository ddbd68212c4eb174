import { type Assessment, type Signal, signalSchema } from "./assessment/assessment.ts";
import type { Briefing, BriefingItem, BriefingSeries, BriefingTheme } from "./briefing.ts";
import type { Commitment } from "./commitment.ts";
import { type ComposeContext, composeSeries } from "./compose-series.ts";
import type { Edition } from "./edition.ts";
import { type Locale, type Translate, textIn } from "./local-text.ts";
import { dayName, periodName } from "./period-name.ts";
import type { Register } from "./ports.ts";
import { SourceList } from "./source-list.ts";

/** The order in which a leader wants to hear: what failed and slipped, what is done, what runs, what nobody can say. */
const signalOrder: readonly Signal[] = ["failed", "off track", "watch", "ahead", "achieved", "on track", "cannot judge", "not scored"];
const maxHighlights = 8;

/** Composes the model of one edition: every word that will be printed, in the edition's language, and nothing computed later.
 *  @param assessments of the same register, `asOf` and language, in the register's order
 *  @param period the month reported on, YYYY-MM */
export function composeBriefing(input: {
  register: Register;
  assessments: readonly Assessment[];
  edition: Edition;
  period: string;
  asOf: string;
  translate: Translate;
}): Briefing {
  const { register, assessments, edition, period, asOf, translate } = input;
  const { office } = register;
  const { locale } = edition;
  const context: ComposeContext = { asOf, locale, translate, sources: new SourceList() };
  const byId = new Map(register.commitments.map((c) => [c.id, c]));
  const judged = assessments.flatMap((assessment) => {
    const commitment = byId.get(assessment.commitmentId);
    return commitment ? [{ commitment, item: composeItem(assessment, commitment, register, context) }] : [];
  });
  const series = composeAllSeries(register, judged, context);
  const names = { office: textIn(office.name, locale), period: periodName(period, locale), count: judged.length };
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
    finding: findingOf(judged, "briefing.finding", translate),
    counts: countSignals(judged, translate),
    highlights: highlightsOf(judged),
    speeches: composeSpeeches(register, judged, asOf, locale, translate),
    themes: composeThemes(register, judged, series, locale, translate),
    otherSeries: series.filter((s) => s.theme === undefined).map((s) => s.series),
    cannotJudge: composeCannotJudge(judged),
    methods: composeMethods(assessments, translate),
    sources: context.sources.list().map(({ number, source, knownSince, quotes }) => ({
      number,
      title: source.title,
      publisher: source.publisher ?? "",
      url: source.url,
      quotes: [...quotes],
      knownSince: dayName(knownSince, locale),
      rankName: translate({ id: `rank.${source.rank}` }),
    })),
  };
}

interface Judged {
  readonly commitment: Commitment;
  readonly item: BriefingItem;
}

function composeItem(
  assessment: Assessment,
  commitment: Commitment,
  register: Register,
  { locale, translate, sources }: ComposeContext,
): BriefingItem {
  const speech = register.speeches.find((s) => s.id === commitment.speech);
  const owner = register.office.owners.find((o) => o.id === commitment.owner);
  const facts = [...assessment.inputs, ...assessment.evidence];
  const cited = facts.map((f) =>
    sources.cite(
      { title: f.sourceTitle, url: f.sourceUrl, quote: f.sourceQuote, rank: f.sourceRank, ...publisherOf(f.sourceUrl, register) },
      f.knownSince,
    ),
  );
  const { members } = commitment;
  return {
    commitmentId: assessment.commitmentId,
    title: textIn(commitment.title, locale),
    quote: assessment.quote,
    said: translate({
      id: "item.said",
      values: {
        speaker: speech ? textIn(speech.speaker.name, locale) : "",
        voice: commitment.voice.replaceAll("-", "_"),
        modality: commitment.modality,
      },
    }),
    kind: assessment.kind,
    kindName: translate({ id: `kind.${assessment.kind}` }),
    verdict: assessment.verdict,
    verdictName: translate({ id: `verdict.${assessment.verdict}` }),
    signal: assessment.signal,
    signalName: translate({ id: `signal.${assessment.signal}` }),
    methodName: translate({ id: `method.${assessment.method}.name` }),
    formula: facts.length > 0 ? assessment.formula : "",
    explanation: assessment.explanation,
    sources: [...new Set(cited)].toSorted((a, b) => a - b),
    owner: owner ? textIn(owner.name, locale) : commitment.owner,
    ...(members === undefined
      ? {}
      : {
          members:
            typeof members === "string"
              ? translate({ id: "item.members-undefined" })
              : translate({ id: "item.members", values: { list: members.join("、") } }),
        }),
    ...(commitment.note === undefined ? {} : { note: commitment.note }),
  };
}

function publisherOf(url: string, register: Register): { publisher?: string } {
  const publisher =
    register.observations.find((o) => o.source.url === url)?.source.publisher ??
    register.evidence.find((e) => e.source.url === url)?.source.publisher;
  return publisher === undefined ? {} : { publisher };
}

/** Months from the first issue to `period`, the first being 1. */
function issueNumber(first: string, period: string): number {
  const months = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return Math.max(1, months(period) - months(first) + 1);
}

function countSignals(judged: readonly Judged[], translate: Translate): Briefing["counts"] {
  return signalSchema.options.map((signal) => ({
    signal,
    name: translate({ id: `signal.${signal}` }),
    count: judged.filter((j) => j.item.signal === signal).length,
  }));
}

function findingOf(judged: readonly Judged[], id: string, translate: Translate): string {
  const values: Record<string, number> = { total: judged.length };
  for (const signal of signalSchema.options) values[signal.replaceAll(" ", "_")] = judged.filter((j) => j.item.signal === signal).length;
  return translate({ id, values });
}

function highlightsOf(judged: readonly Judged[]): BriefingItem[] {
  const decided = judged.filter(({ item }) => !["cannot judge", "not scored", "on track"].includes(item.signal));
  const rank = ({ item, commitment }: Judged) => signalOrder.indexOf(item.signal) * 2 + (commitment.target ? 0 : 1);
  return decided
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, maxHighlights)
    .map((j) => j.item);
}

function composeSpeeches(
  register: Register,
  judged: readonly Judged[],
  asOf: string,
  locale: Locale,
  translate: Translate,
): Briefing["speeches"] {
  return register.speeches
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

interface PlacedSeries {
  readonly series: BriefingSeries;
  /** Where it is printed: with the first commitment that is judged by it. */
  readonly theme: string | undefined;
}

function composeAllSeries(register: Register, judged: readonly Judged[], context: ComposeContext): PlacedSeries[] {
  const commitments = judged.map((j) => j.commitment);
  return register.metrics.flatMap((metric) => {
    const series = composeSeries(metric, register, commitments, context);
    const user = commitments.find((c) => c.target?.metric === metric.id || c.proxy?.metric === metric.id);
    return series ? [{ series, theme: user?.theme.split("/")[0] }] : [];
  });
}

function composeThemes(
  register: Register,
  judged: readonly Judged[],
  series: readonly PlacedSeries[],
  locale: Locale,
  translate: Translate,
): BriefingTheme[] {
  return register.office.themes.flatMap((theme) => {
    const own = judged.filter((j) => j.commitment.theme.split("/")[0] === theme.id);
    if (own.length === 0) return [];
    const groups = [undefined, ...theme.children].flatMap((child) => {
      const path = child ? `${theme.id}/${child.id}` : theme.id;
      const items = own.filter((j) => j.commitment.theme === path).map((j) => j.item);
      return items.length > 0 ? [{ ...(child ? { name: textIn(child.name, locale) } : {}), items }] : [];
    });
    return [
      {
        id: theme.id,
        name: textIn(theme.name, locale),
        finding: findingOf(own, "theme.finding", translate),
        counts: countSignals(own, translate).filter((c) => c.count > 0),
        groups,
        series: series.filter((s) => s.theme === theme.id).map((s) => s.series),
      },
    ];
  });
}

/** What could not be judged, gathered by reason, so that the reader sees what is missing and whom to ask. */
function composeCannotJudge(judged: readonly Judged[]): Briefing["cannotJudge"] {
  const open = judged.filter((j) => j.item.signal === "cannot judge").map((j) => j.item);
  return [...Map.groupBy(open, (item) => item.explanation)].map(([reason, items]) => ({
    reason,
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
