import type { Signal, Verdict } from "./assessment/assessment.ts";
import type { Briefing } from "./briefing.ts";
import type { Change } from "./compare-assessments.ts";
import type { ComposeContext } from "./compose-series.ts";
import { textIn } from "./local-text.ts";
import { dayName } from "./period-name.ts";
import type { Register } from "./ports.ts";

/** What became different since the last briefing, in words. What is new on record is counted only: it stands in its theme.
 *  @param since the day of the earlier judgement, YYYY-MM-DD */
export function composeChanges(
  changes: readonly Change[],
  since: string,
  register: Register,
  context: ComposeContext,
): Briefing["changes"] {
  const { locale, translate } = context;
  const titles = new Map(register.commitments.map((c) => [c.id, textIn(c.title, locale)]));
  const standing = ({ signal, verdict }: { signal: Signal; verdict: Verdict }) => ({
    signal,
    name: translate({ id: `verdict.${verdict}` }),
  });
  return {
    since: dayName(since, locale),
    appeared: changes.filter((c) => c.from === null).length,
    items: changes.flatMap(({ commitmentId, from, to, cause, because }) =>
      from && to
        ? [
            {
              commitmentId,
              title: titles.get(commitmentId) ?? commitmentId,
              from: standing(from),
              to: standing(to),
              cause,
              because,
            },
          ]
        : [],
    ),
  };
}
