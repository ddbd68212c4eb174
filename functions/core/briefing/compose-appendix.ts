import { type Translate, textIn } from "../local-text.ts";
import type { Office } from "../office.ts";
import { dayName } from "../period-name.ts";
import type { Briefing } from "./briefing.ts";
import type { ComposeContext } from "./compose-context.ts";
import type { Judged } from "./judged.ts";

/** Gathered by what is missing and by the office that holds it, so that the reader sees what to look for and whom to ask. */
export function composeCannotJudge(
  office: Office,
  judged: readonly Judged[],
  { locale, translate }: ComposeContext,
): Briefing["cannotJudge"] {
  const open = judged.filter((j) => j.assessment.signal === "cannot judge");
  return [...Map.groupBy(open, (j) => j.assessment.verdict)].map(([verdict, own]) => ({
    verdict,
    verdictName: translate({ id: `verdict.${verdict}` }),
    reason: translate({ id: `open.${verdict}` }),
    count: own.length,
    holders: office.owners.flatMap((owner) => {
      const items = own
        .filter((j) => j.commitment.owner === owner.id)
        .map((j) => ({ commitmentId: j.commitment.id, title: textIn(j.commitment.title, locale) }));
      return items.length > 0 ? [{ owner: textIn(owner.name, locale), items }] : [];
    }),
  }));
}

/** The methods that were used, each with its formula, bands and source. */
export function composeMethods(judged: readonly Judged[], translate: Translate): Briefing["methods"] {
  const used = [...new Set(judged.map((j) => j.assessment.method))].filter((id) => id !== "none").toSorted();
  return used.map((id) => ({
    id,
    name: translate({ id: `method.${id}.name` }),
    description: translate({ id: `method.${id}.description` }),
    bands: translate({ id: `method.${id}.bands` }),
    source: translate({ id: `method.${id}.source` }),
  }));
}

/** Every page that was cited, by its number. */
export function composeSources({ locale, translate, sources }: ComposeContext): Briefing["sources"] {
  return sources.list().map(({ number, source, knownSince, quotes }) => ({
    number,
    title: source.title,
    publisher: source.publisher ?? new URL(source.url).host,
    url: source.url,
    quotes: [...quotes],
    knownSince: dayName(knownSince, locale),
    rankName: translate({ id: `rank.${source.rank}` }),
  }));
}

/** Who gets it: 报 upwards, 送 sideways, 发 downwards. */
export function composeDistribution({ distribution }: Office, { locale, translate }: ComposeContext): Briefing["distribution"] {
  return (["report", "send", "issue"] as const).flatMap((way) => {
    const names = distribution[way].map((name) => textIn(name, locale));
    return names.length > 0 ? [{ label: translate({ id: `distribution.${way}` }), names }] : [];
  });
}
