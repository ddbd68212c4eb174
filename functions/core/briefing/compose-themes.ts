import { signalSchema } from "../assessment/assessment.ts";
import { type Translate, textIn } from "../local-text.ts";
import type { Office } from "../office.ts";
import type { Register } from "../ports.ts";
import type { Briefing, BriefingTheme } from "./briefing.ts";
import type { BriefingItem } from "./briefing-item.ts";
import type { BriefingSeries } from "./briefing-series.ts";
import type { ComposeContext } from "./compose-context.ts";
import { composeItem } from "./compose-item.ts";
import { composeSeries } from "./compose-series.ts";
import { composeStaleNote } from "./compose-stale-note.ts";
import { inOrderOfWeight, isDecided, type Judged, needsAttention, topTheme } from "./judged.ts";

/** A metric in an area that has a series, and where it is printed: with the first commitment that is judged by it, or nowhere in particular. */
interface PlacedMetric {
  readonly metric: Register["metrics"][number];
  readonly area: string;
  readonly theme: string | undefined;
}

/** One section a theme that anything was said on, in the office's order. Sources are cited in the order of the page.
 *  @param shown the items that are printed: all of the theme's, or those that a leader's page names */
export function composeThemes(
  register: Register,
  judged: readonly Judged[],
  { shown, withSeries }: { shown: readonly Judged[]; withSeries: boolean },
  context: ComposeContext,
): BriefingTheme[] {
  const placed = withSeries ? placeMetrics(register, judged) : [];
  return register.office.themes.flatMap((theme) => {
    const own = judged.filter((j) => topTheme(j.commitment) === theme.id);
    if (own.length === 0) return [];
    const printed = own.filter((j) => shown.includes(j));
    return [
      {
        id: theme.id,
        name: textIn(theme.name, context.locale),
        finding: composeThemeFinding(own, context),
        counts: countSignals(own, context.translate).filter((c) => c.count > 0),
        groups: composeGroups(theme, printed, register, context),
        series: composeAll(
          placed.filter((p) => p.theme === theme.id),
          register,
          judged,
          context,
        ),
        open: printed.filter((j) => !isDecided(j)).map((j) => composePrinted(j, register, context)),
      },
    ];
  });
}

function composeGroups(
  theme: Office["themes"][number],
  printed: readonly Judged[],
  register: Register,
  context: ComposeContext,
): BriefingTheme["groups"] {
  return [undefined, ...theme.children].flatMap((child) => {
    const path = child ? `${theme.id}/${child.id}` : theme.id;
    const own = printed.filter((j) => j.commitment.theme === path && isDecided(j));
    if (own.length === 0) return [];
    const items = own.map((j) => composePrinted(j, register, context));
    return [{ ...(child ? { name: textIn(child.name, context.locale) } : {}), items }];
  });
}

function composePrinted(judged: Judged, register: Register, context: ComposeContext): BriefingItem {
  const staleNote = composeStaleNote(judged, register, context);
  return { ...composeItem(judged.assessment, judged.commitment, register, context), ...(staleNote === undefined ? {} : { staleNote }) };
}

/** Series of metrics that no commitment is judged by. */
export function composeOtherSeries(register: Register, judged: readonly Judged[], context: ComposeContext): BriefingSeries[] {
  const placed = placeMetrics(register, judged).filter((p) => p.theme === undefined);
  return composeAll(placed, register, judged, context);
}

/** Every metric and area, the office's own area before others. */
function placeMetrics(register: Register, judged: readonly Judged[]): PlacedMetric[] {
  const home = register.office.refArea;
  const areas = [home, ...register.office.areas.map((a) => a.id).filter((id) => id !== home)];
  return areas.flatMap((area) =>
    register.metrics.map((metric) => {
      const uses = (by: { metric: string; refArea?: string | undefined } | undefined) =>
        by?.metric === metric.id && (by.refArea ?? home) === area;
      const user = judged.find(({ commitment: c }) => [c.target, c.proxy, ...c.moreTargets].some(uses));
      return { metric, area, theme: user && topTheme(user.commitment) };
    }),
  );
}

function composeAll(
  placed: readonly PlacedMetric[],
  register: Register,
  judged: readonly Judged[],
  context: ComposeContext,
): BriefingSeries[] {
  const commitments = judged.map((j) => j.commitment);
  return placed.flatMap(({ metric, area }) => composeSeries(metric, area, register, commitments, context) ?? []);
}

/** How many of each signal, every signal named, in the order of the legend. */
export function countSignals(judged: readonly Judged[], translate: Translate): Briefing["counts"] {
  return signalSchema.options.map((signal) => ({
    signal,
    name: translate({ id: `signal.${signal}` }),
    count: judged.filter((j) => j.assessment.signal === signal).length,
  }));
}

/** The counts in one sentence. @param id of a message with one slot a signal (`on_track`) and `total` */
export function composeFinding(judged: readonly Judged[], id: string, translate: Translate): string {
  const values: Record<string, number> = { total: judged.length };
  for (const { signal, count } of countSignals(judged, translate)) values[signal.replaceAll(" ", "_")] = count;
  return translate({ id, values });
}

/** The counts, and then by name what failed or is in doubt. */
function composeThemeFinding(own: readonly Judged[], { locale, translate }: ComposeContext): string {
  const counts = composeFinding(own, "theme.finding", translate);
  const [first, second] = inOrderOfWeight(own)
    .filter(needsAttention)
    .map(({ commitment, assessment }) =>
      translate({
        id: "theme.named",
        values: { title: textIn(commitment.title, locale), verdict: translate({ id: `verdict.${assessment.verdict}` }) },
      }),
    );
  if (first === undefined) return counts;
  const named = second === undefined ? first : `${first}${translate({ id: "list.separator" })}${second}`;
  return translate({ id: "theme.finding-named", values: { counts, named } });
}
