import type { Assessment } from "../core/assessment/assessment.ts";
import { compareDates } from "../core/calendar.ts";
import type { Commitment } from "../core/commitment.ts";
import { textIn } from "../core/local-text.ts";
import { knownAt } from "../core/observation.ts";
import type { OfficeFolder, Register } from "../core/ports.ts";
import { explainFigures, later } from "./explain-figures.ts";
import type { ExplainWords } from "./explain-words.ts";
import { locatePassage } from "./locate-passage.ts";

/** The chain from a sentence to its verdict: what `biaogan explain --json` prints. Names are in the language of `words`. */
export type Explanation = ReturnType<typeof explainCommitment>;

/** Puts together everything that one verdict rests on.
 *  @param register as loaded, facts of all dates: what was known only after `assessment.asOf` is counted and not used
 *  @param folder where the speeches' texts are */
export function explainCommitment(
  commitment: Commitment,
  assessment: Assessment,
  register: Register,
  folder: Pick<OfficeFolder, "texts">,
  words: ExplainWords,
) {
  const { translate } = words;
  const { asOf, verdict, signal, explanation, formula, kind } = assessment;
  // Not the assessment's own list: what figures decide has statements too, and a reader looks for them here.
  const evidence = register.evidence
    .filter((e) => commitment.programmes.includes(e.programme))
    .toSorted((a, b) => compareDates(a.date, b.date));
  return {
    commitmentId: commitment.id,
    title: textIn(commitment.title, words.locale),
    asOf,
    passage: locatePassage(commitment, register, folder.texts.get(commitment.speech) ?? "", words),
    entry: { kind, kindName: translate({ id: `kind.${kind}` }), ...explainEntry(commitment, register, words) },
    programmes: commitment.programmes,
    measures: explainFigures(commitment, assessment, register, words),
    evidence: knownAt(evidence, asOf).map(({ id, programme, date, stage, statement, knownSince, source }) => ({
      ...{ id, programme, date, stage, knownSince, source },
      statement: textIn(statement, words.locale),
      stageName: translate({ id: `stage.${stage}` }),
    })),
    laterEvidence: later(evidence, asOf),
    method: explainMethod(assessment.method, words),
    numbers: formula,
    inputs: assessment.inputs,
    verdict,
    verdictName: translate({ id: `verdict.${verdict}` }),
    signal,
    signalName: translate({ id: `signal.${signal}` }),
    explanation,
  };
}

function explainEntry(commitment: Commitment, { office, commitments }: Register, { locale, translate }: ExplainWords) {
  const [themeId, childId] = commitment.theme.split("/");
  const theme = office.themes.find((t) => t.id === themeId);
  const child = theme?.children.find((c) => c.id === childId);
  const owner = office.owners.find((o) => o.id === commitment.owner);
  const named = (c: Commitment) => ({ id: c.id, title: textIn(c.title, locale) });
  const parent = commitments.find((c) => c.id === commitment.parent);
  const { members, notScored, note } = commitment;
  return {
    theme: [theme, child].flatMap((t) => (t ? [textIn(t.name, locale)] : [])).join(" / "),
    owner: owner ? textIn(owner.name, locale) : commitment.owner,
    ownerBasis: owner?.basis === "stated" ? translate({ id: "explain.stated" }) : translate({ id: "explain.inferred" }),
    ...(parent ? { parent: named(parent) } : {}),
    // The members that the text names, and the sentences of the register that say they belong to this one.
    ...(members === undefined
      ? {}
      : { members: typeof members === "string" ? translate({ id: "item.members-undefined" }) : members.map((m) => textIn(m, locale)) }),
    parts: commitments.filter((c) => c.parent === commitment.id).map(named),
    ...(notScored === undefined ? {} : { notScored: textIn(notScored, locale) }),
    ...(note === undefined ? {} : { note: textIn(note, locale) }),
  };
}

/** Only the name where nothing is scored: there is no method to describe. */
interface ExplainedMethod {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly formula?: string;
  readonly bands?: string;
  readonly source?: string;
}

function explainMethod(method: string, { translate }: ExplainWords): ExplainedMethod {
  const base = { id: method, name: translate({ id: `method.${method}.name` }) };
  if (method === "none") return base;
  return {
    ...base,
    description: translate({ id: `method.${method}.description` }),
    formula: translate({ id: `method.${method}.formula` }),
    bands: translate({ id: `method.${method}.bands` }),
    source: translate({ id: `method.${method}.source` }),
  };
}
