import { dayName, periodName } from "../core/period-name.ts";
import type { Explanation } from "./explain-commitment.ts";
import type { ExplainWords } from "./explain-words.ts";
import { wrapText } from "./wrap-text.ts";

type Measure = Explanation["measures"][number];
type Shown = Measure["periods"][number]["best"];

/** Writes an explanation for a terminal of 80 columns; only addresses may be longer. No colours: it can be piped and mailed. */
export function writeExplanation(e: Explanation, words: ExplainWords): string {
  const { translate } = words;
  const blocks = [
    [
      ...wrapText(`${e.commitmentId} · ${e.title}`, ""),
      ...wrapText(translate({ id: "explain.as-of", values: { day: dayName(e.asOf, words.locale) } }), ""),
    ],
    section(translate({ id: "explain.passage" }), passageLines(e, words)),
    section(translate({ id: "explain.entry" }), entryLines(e, words)),
    section(translate({ id: "explain.measure" }), measureLines(e, words)),
    section(translate({ id: "explain.evidence" }), evidenceLines(e, words)),
    section(translate({ id: "explain.method" }), methodLines(e, words)),
    section(translate({ id: "explain.verdict" }), [
      ...wrapText(`${e.signalName} · ${e.verdictName}`, "  "),
      ...wrapText(e.explanation, "  "),
    ]),
  ];
  return blocks.map((lines) => lines.join("\n")).join("\n\n");
}

function section(heading: string, lines: readonly string[]): string[] {
  return [`== ${heading}`, ...lines];
}

function passageLines({ passage }: Explanation, { translate }: ExplainWords): string[] {
  const { before, quote, after, start, end, line } = passage;
  return [
    ...wrapText(`${before}【${quote}】${after}`, "  "),
    "",
    ...wrapText(`${passage.speechTitle} (${passage.speech})`, "  "),
    ...wrapText(translate({ id: "explain.place", values: { line: String(line), start: String(start), end: String(end) } }), "  "),
    ...wrapText(`${passage.dateText} · ${passage.speechSource}`, "  "),
    ...passage.dateReasons.flatMap((reason) => wrapText(`– ${reason}`, "    ", "      ")),
    ...wrapText(`${passage.speaker}, ${passage.speakerOffice}`, "  "),
    ...wrapText(passage.said, "  "),
  ];
}

function entryLines({ entry }: Explanation, { translate }: ExplainWords): string[] {
  const row = (label: string, value: string) => wrapText(`${label}: ${value}`, "  ", "    ");
  const { members, parent, parts, note, notScored } = entry;
  return [
    ...row(translate({ id: "explain.kind" }), entry.kindName),
    ...row(translate({ id: "explain.theme" }), entry.theme),
    ...row(translate({ id: "label.owner" }), `${entry.owner} (${entry.ownerBasis})`),
    ...(parent ? row(translate({ id: "explain.parent" }), `${parent.title} (${parent.id})`) : []),
    ...(members === undefined
      ? []
      : row(translate({ id: "explain.members" }), typeof members === "string" ? members : members.join(" · "))),
    ...(parts.length > 0 ? row(translate({ id: "explain.parts" }), parts.map((p) => `${p.title} (${p.id})`).join(" · ")) : []),
    ...(notScored === undefined ? [] : row(translate({ id: "explain.not-scored" }), notScored)),
    ...(note === undefined ? [] : row(translate({ id: "label.note" }), note)),
  ];
}

function measureLines({ measures }: Explanation, words: ExplainWords): string[] {
  if (measures.length === 0) return wrapText(words.translate({ id: "explain.no-measure" }), "  ");
  return measures.flatMap((m, index) => [...(index > 0 ? [""] : []), ...oneMeasure(m, words)]);
}

function oneMeasure(m: Measure, words: ExplainWords): string[] {
  const { translate } = words;
  const { count, dates } = m.later;
  return [
    ...wrapText(
      `${m.useName}: ${m.name} (${m.metric}, ${m.unitName}), ${m.area}${m.targetText === undefined ? "" : ` · ${m.targetText}`}`,
      "  ",
    ),
    ...wrapText(m.definition, "    "),
    ...(m.periods.length === 0 ? wrapText(translate({ id: "explain.no-figure" }), "    ") : []),
    ...m.periods.flatMap(({ best, others, decides }) => [
      ...wrapText(`${decides ? "▶" : "·"} ${best.periodText}: ${figureText(best, words)}`, "    ", "      "),
      ...sourceLines(best.source, "      "),
      ...others.flatMap((o) => [
        ...(o.decides
          ? wrapText(`▶ ${figureText(o, words)}`, "      ", "        ")
          : wrapText(translate({ id: "explain.lost", values: { figure: figureText(o, words), rule: o.ruleName } }), "      ", "        ")),
        ...sourceLines(o.source, "        "),
      ]),
    ]),
    ...(m.periods.some((p) => p.decides || p.others.some((o) => o.decides)) ? wrapText(translate({ id: "explain.mark" }), "    ") : []),
    ...(count > 0 ? wrapText(translate({ id: "explain.later-figures", values: { count, dates: dates.join(", ") } }), "    ") : []),
  ];
}

function figureText({ text, statusName, knownText, rankName, definitionName }: Shown, { translate }: ExplainWords): string {
  const known = translate({ id: "explain.known", values: { day: knownText } });
  return [text, statusName, known, rankName, definitionName].filter((part) => part !== "").join(" · ");
}

function sourceLines({ title, url, quote }: { title: string; url: string; quote: string }, indent: string): string[] {
  return [...wrapText(title, indent), ...wrapText(url, indent), ...wrapText(`“${quote}”`, indent)];
}

function evidenceLines({ evidence, laterEvidence, programmes }: Explanation, { locale, translate }: ExplainWords): string[] {
  if (programmes.length === 0) return wrapText(translate({ id: "explain.no-programme" }), "  ");
  const { count, dates } = laterEvidence;
  return [
    ...wrapText(`${translate({ id: "explain.programmes" })}: ${programmes.join(", ")}`, "  "),
    ...(evidence.length === 0 ? wrapText(translate({ id: "explain.no-evidence" }), "  ") : []),
    ...evidence.flatMap((e) => [
      ...wrapText(`· ${periodName(e.date, locale)} · ${e.stageName} · ${e.statement}`, "  ", "    "),
      ...wrapText(translate({ id: "explain.known", values: { day: dayName(e.knownSince, locale) } }), "    "),
      ...sourceLines(e.source, "    "),
    ]),
    ...(count > 0 ? wrapText(translate({ id: "explain.later-evidence", values: { count, dates: dates.join(", ") } }), "  ") : []),
  ];
}

function methodLines({ method, numbers }: Explanation, { translate }: ExplainWords): string[] {
  const row = (label: string, value: string | undefined) => (value === undefined ? [] : wrapText(`${label}: ${value}`, "  ", "    "));
  return [
    ...wrapText(`${method.name} (${method.id})`, "  "),
    ...row(translate({ id: "explain.description" }), method.description),
    ...row(translate({ id: "explain.formula" }), method.formula),
    ...row(translate({ id: "label.bands" }), method.bands),
    ...row(translate({ id: "label.method-source" }), method.source),
    ...row(translate({ id: "explain.numbers" }), numbers),
  ];
}
