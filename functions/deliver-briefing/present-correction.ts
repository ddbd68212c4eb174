import type { Briefing } from "../core/briefing/briefing.ts";
import { type CorrectedFigure, compareIssues } from "../core/compare-issues.ts";
import type { Locale, Translate } from "../core/local-text.ts";
import { periodName } from "../core/period-name.ts";
import { withMark } from "../render-briefing/signs.ts";

/** More lines of one sort than this are counted only. */
const mostLines = 6;

/** What a correction's readers learn first: which issue it takes the place of, and what is different.
 *  @param previous the issue that it supersedes, where that can still be read
 *  @returns null when it supersedes none */
export function presentCorrection(briefing: Briefing, previous: Briefing | "unreadable" | undefined, translate: Translate) {
  const { supersedes, locale } = briefing;
  if (!supersedes) return null;
  const { mark, note } = supersedes;
  const nothing = { mark, note, turns: [], lines: [] };
  if (previous === undefined || previous === "unreadable") return { ...nothing, lines: [translate({ id: "mail.correction-unknown" })] };
  const { verdicts, figures, added, removed } = compareIssues(previous, briefing);
  const turns = verdicts.slice(0, mostLines).map(({ title, from, to }) => ({ title, from: withMark(from), to: withMark(to) }));
  const lines = [
    ...more(verdicts, translate),
    ...figures.slice(0, mostLines).map((figure) => describeFigure(figure, locale, translate)),
    ...more(figures, translate),
    ...nameStatements("mail.added", added, translate),
    ...nameStatements("mail.removed", removed, translate),
    ...(previous.provisional && !briefing.provisional ? [translate({ id: "mail.final-now" })] : []),
  ];
  if (turns.length === 0 && lines.length === 0) return { ...nothing, lines: [translate({ id: "mail.correction-none" })] };
  return { mark, note, turns, lines };
}

function describeFigure(figure: CorrectedFigure, locale: Locale, translate: Translate): string {
  const { metricName, refArea, period, unit, old, source } = figure;
  const values = { metric: metricName, area: refArea ?? "none", period: periodName(period, locale), unit, old, source };
  if (figure.new === null) return translate({ id: "mail.figure-withdrawn", values });
  return translate({ id: "mail.figure", values: { ...values, new: figure.new } });
}

function nameStatements(id: "mail.added" | "mail.removed", titles: readonly string[], translate: Translate): string[] {
  if (titles.length === 0) return [];
  const named = titles.slice(0, mostLines).join(translate({ id: "list.semicolon" }));
  return [translate({ id, values: { count: titles.length, titles: titles.length > mostLines ? `${named}…` : named } })];
}

function more(list: readonly unknown[], translate: Translate): string[] {
  return list.length > mostLines ? [translate({ id: "mail.more", values: { count: list.length - mostLines } })] : [];
}
