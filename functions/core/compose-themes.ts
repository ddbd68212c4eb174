import { signalSchema } from "./assessment/assessment.ts";
import type { Briefing, BriefingTheme } from "./briefing.ts";
import type { BriefingItem } from "./briefing-item.ts";
import type { BriefingSeries } from "./briefing-series.ts";
import type { Commitment } from "./commitment.ts";
import { type ComposeContext, composeSeries } from "./compose-series.ts";
import { type Translate, textIn } from "./local-text.ts";
import type { Office } from "./office.ts";
import type { Register } from "./ports.ts";

/** A commitment with what will be printed of it. */
export interface Judged {
  readonly commitment: Commitment;
  readonly item: BriefingItem;
}

/** A series and where it is printed: with the first commitment that is judged by it, or nowhere in particular. */
export interface PlacedSeries {
  readonly series: BriefingSeries;
  readonly theme: string | undefined;
}

/** One section a theme that anything was said on, in the office's order. */
export function composeThemes(
  office: Office,
  judged: readonly Judged[],
  series: readonly PlacedSeries[],
  context: ComposeContext,
): BriefingTheme[] {
  return office.themes.flatMap((theme) => {
    const own = judged.filter((j) => topTheme(j.commitment) === theme.id);
    if (own.length === 0) return [];
    return [
      {
        id: theme.id,
        name: textIn(theme.name, context.locale),
        finding: composeFinding(own, "theme.finding", context.translate),
        counts: countSignals(own, context.translate).filter((c) => c.count > 0),
        groups: composeGroups(theme, own, context),
        open: own.filter((j) => !isDecided(j)).map((j) => j.item),
        series: series.filter((s) => s.theme === theme.id).map((s) => s.series),
      },
    ];
  });
}

function composeGroups(theme: Office["themes"][number], own: readonly Judged[], { locale }: ComposeContext): BriefingTheme["groups"] {
  return [undefined, ...theme.children].flatMap((child) => {
    const path = child ? `${theme.id}/${child.id}` : theme.id;
    const items = own.filter((j) => j.commitment.theme === path && isDecided(j)).map((j) => j.item);
    return items.length > 0 ? [{ ...(child ? { name: textIn(child.name, locale) } : {}), items }] : [];
  });
}

/** Whether there is something to report: a verdict on progress, or a fact that was checked. */
function isDecided({ item }: Judged): boolean {
  return item.signal !== "cannot judge" && item.verdict !== "not scored";
}

function topTheme(commitment: Commitment): string {
  return commitment.theme.split("/")[0] ?? "";
}

/** Every metric that has a series, the office's own area before others; each placed in the theme of the first commitment judged by it. */
export function composeAllSeries(register: Register, judged: readonly Judged[], context: ComposeContext): PlacedSeries[] {
  const commitments = judged.map((j) => j.commitment);
  const home = register.office.refArea;
  const areas = [home, ...register.office.areas.map((a) => a.id).filter((id) => id !== home)];
  return areas.flatMap((area) =>
    register.metrics.flatMap((metric) => {
      const series = composeSeries(metric, area, register, commitments, context);
      const uses = (by: { metric: string; refArea?: string | undefined } | undefined) =>
        by?.metric === metric.id && (by.refArea ?? home) === area;
      const user = commitments.find((c) => uses(c.target) || uses(c.proxy));
      return series ? [{ series, theme: user && topTheme(user) }] : [];
    }),
  );
}

/** How many of each signal, every signal named, in the order of the legend. */
export function countSignals(judged: readonly Judged[], translate: Translate): Briefing["counts"] {
  return signalSchema.options.map((signal) => ({
    signal,
    name: translate({ id: `signal.${signal}` }),
    count: judged.filter((j) => j.item.signal === signal).length,
  }));
}

/** The counts in one sentence. @param id of a message with one slot a signal (`on_track`) and `total` */
export function composeFinding(judged: readonly Judged[], id: string, translate: Translate): string {
  const values: Record<string, number> = { total: judged.length };
  for (const { signal, count } of countSignals(judged, translate)) values[signal.replaceAll(" ", "_")] = count;
  return translate({ id, values });
}
