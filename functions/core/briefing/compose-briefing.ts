import type { Assessment } from "../assessment/assessment.ts";
import { parseRunName } from "../briefing-keys.ts";
import type { Change } from "../compare-assessments.ts";
import type { Edition } from "../edition.ts";
import { type Translate, textIn } from "../local-text.ts";
import type { Office } from "../office.ts";
import { dayName, periodName } from "../period-name.ts";
import type { Register } from "../ports.ts";
import type { Briefing } from "./briefing.ts";
import { composeCannotJudge, composeDistribution, composeMethods, composeSources } from "./compose-appendix.ts";
import { composeBenchmarks } from "./compose-benchmarks.ts";
import { composeChanges } from "./compose-changes.ts";
import type { ComposeContext } from "./compose-context.ts";
import { composeObservations } from "./compose-observations.ts";
import { composeOverview } from "./compose-overview.ts";
import { composeProvisional } from "./compose-provisional.ts";
import { composeFinding, composeOtherSeries, composeThemes, countSignals } from "./compose-themes.ts";
import { inOrderOfWeight, type Judged, selectJudged } from "./judged.ts";
import { SourceList } from "./source-list.ts";

/** What a leader's page shows at the most; the printer leaves out from the end what its one page has no room for. */
const mostLeaders = 5;

/** An issue of the same edition and month. */
export interface EarlierIssue {
  /** monthly-2018-01-r1 */
  readonly run: string;
  /** YYYY-MM-DD */
  readonly asOf: string;
}

/** What a briefing is composed from. */
export interface ComposeInput {
  readonly register: Register;
  /** Of the same register, `asOf` and language, in the register's order. */
  readonly assessments: readonly Assessment[];
  readonly edition: Edition;
  /** The month reported on, YYYY-MM. */
  readonly period: string;
  readonly asOf: string;
  /** Against the judgement of an earlier day. */
  readonly changes: readonly Change[];
  readonly since: string;
  /** The run's name, and the SHA-256 of the register as it was known. */
  readonly run: string;
  readonly registerDigest: string;
  readonly status: Briefing["status"];
  /** The issued one that this one takes the place of. */
  readonly supersedes?: EarlierIssue | undefined;
  readonly translate: Translate;
}

/** Composes the model of one edition: every word that will be printed, in the edition's language, and nothing computed later.
 *  @returns undefined when nothing had been said by then of what the edition is about */
export function composeBriefing(input: ComposeInput): Briefing | undefined {
  const { register, edition, translate } = input;
  const judged = selectJudged(register, input.assessments, edition);
  if (judged.length === 0 && edition.subject !== undefined) return undefined;
  const context: ComposeContext = { asOf: input.asOf, locale: edition.locale, translate, sources: new SourceList() };
  const leaders = edition.scope === "one-page";
  const overview = composeOverview(register.office, judged, context);
  const changes = composeChanges(input.changes, input.since, judged, context);
  // From here on in the order of the page, for a source is numbered where it is first cited.
  const shown = leaders ? inOrderOfWeight(judged).slice(0, mostLeaders) : judged;
  const themes = composeThemes(register, judged, { shown, withSeries: !leaders }, context);
  const benchmarks = leaders ? [] : composeBenchmarks(register, namedBenchmarks(judged, edition), context);
  const otherSeries = edition.scope === "full" ? composeOtherSeries(register, judged, context) : [];
  const provisional = composeProvisional(register, input.period, context);
  return {
    ...composeHead(input),
    ...(provisional ? { provisional } : {}),
    finding: composeFinding(judged, "briefing.finding", translate),
    counts: countSignals(judged, translate),
    overview,
    leaders: leaders ? shown.map((j) => j.commitment.id) : [],
    speeches: composeSpeeches(register, judged, context),
    themes,
    otherSeries,
    changes,
    benchmarks,
    cannotJudge: leaders ? [] : composeCannotJudge(register.office, judged, context),
    methods: leaders ? [] : composeMethods(judged, translate),
    sources: composeSources(context),
    observations: composeObservations(register, leaders ? shown : judged, [...themes.flatMap((t) => t.series), ...otherSeries], context),
    distribution: composeDistribution(register.office, context),
  };
}

type Head = "schema" | "status" | "run" | "edition" | "scope" | "subject" | "locale" | "period" | "periodName" | "asOf" | "asOfName";

/** What names the issue. */
function composeHead(
  input: ComposeInput,
): Pick<Briefing, Head | "inputs" | "office" | "fictionalMark" | "draftMark" | "supersedes" | "issue" | "title"> {
  const { register, edition, period, asOf, translate } = input;
  const { office } = register;
  const { locale, scope } = edition;
  const subject = subjectOf(edition, office);
  const names = { office: textIn(office.name, locale), period: periodName(period, locale) };
  return {
    schema: "biaogan.briefing/2",
    status: input.status,
    run: input.run,
    edition: edition.id,
    scope,
    ...(subject ? { subject } : {}),
    locale,
    period,
    periodName: names.period,
    asOf,
    asOfName: dayName(asOf, locale),
    inputs: { register: input.registerDigest },
    office: {
      id: office.id,
      name: names.office,
      series: textIn(office.series, locale),
      issuer: textIn(office.issuer, locale),
      ...(office.notice ? { notice: textIn(office.notice, locale) } : {}),
      fictional: office.fictional,
    },
    fictionalMark: translate({ id: "label.fictional" }),
    ...(input.status === "draft" ? { draftMark: translate({ id: "label.draft" }) } : {}),
    ...(input.supersedes ? { supersedes: composeSupersedes(input.supersedes, input) } : {}),
    issue: issueNumber(office.firstIssue, period),
    title: translate(
      subject ? { id: `briefing.title-${scope}`, values: { ...names, subject: subject.name } } : { id: "briefing.title", values: names },
    ),
  };
}

function composeSupersedes({ run, asOf }: EarlierIssue, { run: own, edition, translate }: ComposeInput): Briefing["supersedes"] {
  const { revision } = parseRunName(run);
  const values = { revision: parseRunName(own).revision, earlier: revision, run, asOf: dayName(asOf, edition.locale) };
  return { run, revision, asOf, mark: translate({ id: "label.correction" }), note: translate({ id: "label.correction-note", values }) };
}

function subjectOf({ scope, subject, locale }: Edition, office: Office): Briefing["subject"] {
  const list = scope === "theme" ? office.themes : scope === "owner" ? office.owners : [];
  const found = list.find((entry) => entry.id === subject);
  return found && { id: found.id, name: textIn(found.name, locale) };
}

/** Months from the first issue to `period`, the first being 1. */
function issueNumber(first: string, period: string): number {
  const months = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return Math.max(1, months(period) - months(first) + 1);
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

/** Places held up as examples, and by what they are to be compared; everything there is in the full edition. */
function namedBenchmarks(judged: readonly Judged[], { scope }: Edition) {
  const benchmarks = judged.flatMap((j) => j.commitment.benchmark ?? []);
  return {
    places: new Set(benchmarks.map((b) => b.refArea)),
    metrics: new Set(benchmarks.flatMap((b) => b.metric ?? [])),
    onlyNamed: scope !== "full",
  };
}
