import type { Signal } from "../assessment/assessment.ts";
import { type Locale, type Translate, textIn } from "../local-text.ts";
import type { Office } from "../office.ts";
import type { Lane, Overview } from "./briefing-overview.ts";
import { inOrderOfWeight, type Judged, needsAttention } from "./judged.ts";

/** Which signals answer which of a leader's questions. */
const laneSignals: Readonly<Record<Lane, readonly Signal[]>> = {
  ahead: ["ahead", "achieved"],
  "on track": ["on track"],
  slipping: ["off track", "watch"],
  failed: ["failed"],
};
const lanes: readonly Lane[] = ["ahead", "on track", "slipping", "failed"];
/** Four names fit on two lines beside a lane's name. */
const namesPerLane = 4;
/** Page one: what is ahead, on track, slipping and failed; what has to be decided, and by whom it is brought forward; who holds what is missing. */
export function composeOverview(office: Office, judged: readonly Judged[], { locale, translate }: Words): Overview {
  const weighed = inOrderOfWeight(judged);
  const ownerName = (id: string) => textIn(office.owners.find((o) => o.id === id)?.name ?? { [locale]: id }, locale);
  const line = ({ commitment, assessment: { commitmentId, signal, verdict } }: Judged) => ({
    commitmentId,
    title: textIn(commitment.title, locale),
    signal,
    verdictName: translate({ id: `verdict.${verdict}` }),
  });
  const missing = Map.groupBy(
    judged.filter((j) => j.assessment.signal === "cannot judge"),
    (j) => j.commitment.owner,
  );
  return {
    lanes: lanes.map((lane) => {
      const own = weighed.filter((j) => laneSignals[lane].includes(j.assessment.signal));
      const named = own.slice(0, namesPerLane);
      return {
        lane,
        name: translate({ id: `lane.${lane}` }),
        count: own.length,
        items: named.map(line),
        more: own.length - named.length,
      };
    }),
    decisions: weighed.filter(needsAttention).map((j) => ({
      ...line(j),
      ask: translate({ id: `decision.${j.assessment.verdict}` }),
      owner: ownerName(j.commitment.owner),
    })),
    gaps: [...missing].map(([owner, own]) => ({ owner: ownerName(owner), count: own.length })).toSorted((a, b) => b.count - a.count),
  };
}

interface Words {
  readonly locale: Locale;
  readonly translate: Translate;
}
