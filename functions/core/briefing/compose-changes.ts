import type { Signal, Verdict } from "../assessment/assessment.ts";
import type { Change } from "../compare-assessments.ts";
import { textIn } from "../local-text.ts";
import { dayName } from "../period-name.ts";
import type { Briefing } from "./briefing.ts";
import type { ComposeContext } from "./compose-context.ts";
import type { Judged } from "./judged.ts";

/** What became different since the last briefing, in words. What is new on record is counted only: it stands in its theme.
 *  @param since the day of the earlier judgement, YYYY-MM-DD
 *  @param judged what the edition is about; other changes are left out */
export function composeChanges(
  changes: readonly Change[],
  since: string,
  judged: readonly Judged[],
  { locale, translate }: ComposeContext,
): Briefing["changes"] {
  const titles = new Map(judged.map(({ commitment }) => [commitment.id, textIn(commitment.title, locale)]));
  const standing = ({ signal, verdict }: { signal: Signal; verdict: Verdict }) => ({
    signal,
    name: translate({ id: `verdict.${verdict}` }),
  });
  const own = changes.filter((c) => titles.has(c.commitmentId));
  return {
    since: dayName(since, locale),
    appeared: own.filter((c) => c.from === null).length,
    items: own.flatMap(({ commitmentId, from, to, cause, because }) => {
      if (!from || !to) return [];
      const title = titles.get(commitmentId) ?? commitmentId;
      const causeName = translate({ id: `cause.${cause}` });
      return [{ commitmentId, title, from: standing(from), to: standing(to), cause, causeName, because }];
    }),
  };
}
