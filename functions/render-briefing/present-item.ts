import type { BriefingItem } from "../core/briefing/briefing-item.ts";
import { joinRuns, markOf } from "./signs.ts";

/** One statement as the templates see it: with its sign, and every optional field present. */
export function presentItem(item: BriefingItem) {
  const { members, note, formula, signal, signalName, verdictName } = item;
  // A checked fact has no progress to signal, and one word need not be said twice.
  const heading = signal === "not scored" ? verdictName : signalName;
  return {
    ...item,
    ...markOf(signal),
    heading,
    subheading: heading === verdictName ? null : verdictName,
    citations: joinRuns(item.sources),
    // The common reasons are explained once, in the list of what cannot be judged.
    reasonIsOwn: item.sources.length > 0 || item.verdict === "not scored" || item.verdict === "no data",
    quoteTranslation: item.quoteTranslation ?? null,
    members: members ?? null,
    note: note ?? null,
    staleNote: item.staleNote ?? null,
    formula: formula === "" ? null : formula,
  };
}
