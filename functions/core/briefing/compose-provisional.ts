import { textIn } from "../local-text.ts";
import { dayName, periodName } from "../period-name.ts";
import type { Register } from "../ports.ts";
import { assessReadiness } from "../readiness.ts";
import type { Briefing } from "./briefing.ts";
import type { ComposeContext } from "./compose-context.ts";

/** What an issue says of itself that is made before enough of the figures that its office waits for have come in.
 *  @param period the month reported on, YYYY-MM
 *  @returns undefined when enough is there */
export function composeProvisional(
  register: Register,
  period: string,
  { asOf, locale, translate }: Omit<ComposeContext, "sources">,
): Briefing["provisional"] {
  const { ready, declared, enough, present, missing } = assessReadiness(register, period, asOf);
  if (ready) return undefined;
  const name = (list: readonly { readonly id: string; readonly name: Parameters<typeof textIn>[0] }[], id: string) =>
    textIn(list.find((entry) => entry.id === id)?.name ?? { [locale]: id }, locale);
  return {
    mark: translate({ id: "label.provisional" }),
    note: translate({ id: "label.provisional-note", values: { asOf: dayName(asOf, locale), declared, enough, present } }),
    missing: missing.map((figure) => ({
      metric: figure.metric,
      name: name(register.metrics, figure.metric),
      period: periodName(figure.period, locale),
      holder: name(register.office.owners, figure.holder),
    })),
  };
}
