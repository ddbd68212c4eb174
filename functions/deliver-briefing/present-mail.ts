import type { Briefing } from "../core/briefing/briefing.ts";
import { namedOnPageOne } from "../core/briefing/briefing-overview.ts";
import type { Translate } from "../core/local-text.ts";
import type { Subscription } from "../core/subscription.ts";
import { withMark } from "../render-briefing/signs.ts";

/** More flips than this make a mail that nobody reads to its end; the document has them all. */
const mostTurns = 5;

/** What the mail's templates see of the issue: strict ones stop at a field that is absent, so "nothing" is null.
 *  @param more what else they see, for example where the document is */
export function presentMail<T extends object>(briefing: Briefing, reader: Subscription, translate: Translate, more: T) {
  const { locale, office, title, finding, counts, asOfName, provisional, fictionalMark, changes, overview } = briefing;
  const { decisions } = overview;
  return {
    locale,
    title,
    finding,
    asOfName,
    preheader: composePreheader(briefing, translate),
    provisional: provisional ?? null,
    since: changes.since,
    appeared: changes.appeared,
    turnCount: changes.items.length,
    turns: changes.items.slice(0, mostTurns).map((turn) => ({ ...turn, from: withMark(turn.from), to: withMark(turn.to) })),
    moreTurns: Math.max(0, changes.items.length - mostTurns),
    decisionCount: decisions.length,
    decisions: decisions.slice(0, namedOnPageOne).map(withMark),
    moreDecisions: Math.max(0, decisions.length - namedOnPageOne),
    counts: counts.filter(({ count }) => count > 0).map(withMark),
    issuer: office.issuer,
    notice: office.notice ?? null,
    fictionalMark: office.fictional ? fictionalMark : null,
    // Isolated: a name that is written from right to left leaves the sentence around it as it is.
    reader: `\u2068${reader.name}\u2069`,
    ...more,
  };
}

/** What a list of mails shows beside the subject, before the finding: that it is a correction, else whether anything is new and
 *  whether anything is asked of the reader. */
function composePreheader({ changes, overview, supersedes }: Briefing, translate: Translate): string {
  if (supersedes) return supersedes.note;
  const parts = [
    translate({ id: "label.changes-short", values: { count: changes.items.length, since: changes.since } }),
    translate({ id: "label.decisions-short", values: { count: overview.decisions.length } }),
  ];
  return `${parts.join(translate({ id: "list.semicolon" }))}${translate({ id: "list.stop" })}`;
}
