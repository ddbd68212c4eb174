import type { Assessment } from "../assessment/assessment.ts";
import type { Commitment } from "../commitment.ts";
import { textIn } from "../local-text.ts";
import type { Register } from "../ports.ts";
import type { BriefingItem } from "./briefing-item.ts";
import type { ComposeContext } from "./compose-context.ts";

/** Composes one commitment as it is printed. The quote stays as it was said; an edition in another language than the office's says what it means beside it. */
export function composeItem(assessment: Assessment, commitment: Commitment, register: Register, context: ComposeContext): BriefingItem {
  const { locale, translate } = context;
  const { office } = register;
  const speech = register.speeches.find((s) => s.id === commitment.speech);
  const owner = office.owners.find((o) => o.id === commitment.owner);
  const decidedByEvidence = assessment.signal !== "cannot judge" && assessment.inputs.length === 0;
  const sources = [...assessment.inputs, ...(decidedByEvidence ? assessment.evidence : [])].map((fact) => cite(fact, register, context));
  return {
    commitmentId: assessment.commitmentId,
    title: textIn(commitment.title, locale),
    quote: assessment.quote,
    quoteLanguage: office.language,
    ...(locale === office.language ? {} : { quoteTranslation: composeTranslation(commitment, context) }),
    said: translate({
      id: "item.said",
      values: {
        speaker: speech ? textIn(speech.speaker.name, locale) : "",
        voice: commitment.voice.replaceAll("-", "_"),
        modality: commitment.modality,
      },
    }),
    kind: assessment.kind,
    kindName: translate({ id: `kind.${assessment.kind}` }),
    verdict: assessment.verdict,
    verdictName: translate({ id: `verdict.${assessment.verdict}` }),
    signal: assessment.signal,
    signalName: translate({ id: `signal.${assessment.signal}` }),
    method: assessment.method,
    methodName: translate({ id: `method.${assessment.method}.name` }),
    formula: sources.length > 0 ? assessment.formula : "",
    explanation: assessment.explanation,
    sources: [...new Set(sources)].toSorted((a, b) => a - b),
    alsoKnown: decidedByEvidence ? [] : assessment.evidence.map((e) => ({ statement: e.statement, source: cite(e, register, context) })),
    owner: owner ? textIn(owner.name, locale) : commitment.owner,
    ...(commitment.members === undefined ? {} : { members: composeMembers(commitment.members, context) }),
    ...(commitment.note === undefined ? {} : { note: textIn(commitment.note, locale) }),
  };
}

function composeTranslation({ translations }: Commitment, { locale, translate }: ComposeContext): string {
  const text = translations?.[locale];
  return translate(text === undefined ? { id: "item.no-translation" } : { id: "item.translation", values: { text } });
}

function composeMembers(members: NonNullable<Commitment["members"]>, { locale, translate }: ComposeContext): string {
  if (typeof members === "string") return translate({ id: "item.members-undefined" });
  return translate({
    id: "item.members",
    values: { list: members.map((m) => textIn(m, locale)).join(translate({ id: "list.separator" })) },
  });
}

type Fact = Assessment["inputs"][number] | Assessment["evidence"][number];

function cite(fact: Fact, register: Register, { sources }: ComposeContext): number {
  const { sourceTitle: title, sourceUrl: url, sourceQuote: quote, sourceRank: rank, knownSince } = fact;
  const publisher = [...register.observations, ...register.evidence].find((f) => f.source.url === url)?.source.publisher;
  return sources.cite({ title, url, quote, rank, ...(publisher === undefined ? {} : { publisher }) }, knownSince);
}
