import type { Commitment } from "../commitment.ts";
import { type Locale, type Translate, textIn } from "../local-text.ts";
import type { Figure } from "../observation.ts";
import type { Register } from "../ports.ts";
import type { Assessment, EvidenceInput, Input } from "./assessment.ts";
import { judgeBenchmark } from "./judge-benchmark.ts";
import { type Finding, type Judges, openContext } from "./judge-context.ts";
import { judgeDirection } from "./judge-direction.ts";
import { judgeFact, judgeRecognition } from "./judge-fact.ts";
import { judgePlan } from "./judge-plan.ts";
import { judgeProgramme } from "./judge-programme.ts";
import { judgeTarget } from "./judge-target.ts";

/** One judge a kind; a new kind is one file and one line here. */
const judges: Judges = {
  "quantified-target": judgeTarget,
  "directional-commitment": judgeDirection,
  "programme-or-mechanism": judgeProgramme,
  benchmark: judgeBenchmark,
  "baseline-fact": judgeFact,
  recognition: judgeRecognition,
  "deadline-or-plan": judgePlan,
};

/** Judges every commitment that had been made by `asOf`, from what was known at the end of that day.
 *  @param asOf YYYY-MM-DD in the office's time zone
 *  @returns in the order of the register; sentences in `locale` */
export function assessRegister(register: Register, asOf: string, locale: Locale, translate: Translate): Assessment[] {
  const context = openContext(register, asOf, locale, translate);
  return register.commitments
    .filter((commitment) => context.spokenOn(commitment) <= asOf)
    .map((commitment) => toAssessment(commitment, judge(commitment), asOf, locale, translate));

  function judge(commitment: Commitment): Finding {
    if (commitment.notScored === undefined) return judges[commitment.kind](commitment, context);
    return {
      verdict: "not scored",
      signal: "not scored",
      method: "none",
      formula: "",
      explanation: { id: "not-scored", values: { reason: textIn(commitment.notScored, locale) } },
      evidence: context.evidenceOn(commitment.programmes),
    };
  }
}

function toAssessment(commitment: Commitment, finding: Finding, asOf: string, locale: Locale, translate: Translate): Assessment {
  return {
    commitmentId: commitment.id,
    speech: commitment.speech,
    quote: commitment.quote,
    kind: commitment.kind,
    verdict: finding.verdict,
    signal: finding.signal,
    method: finding.method,
    formula: finding.formula || translate({ id: `method.${finding.method}.formula` }),
    asOf,
    inputs: (finding.figures ?? []).flatMap((v) => [toInput(v.best, "decides"), ...v.others.map((o) => toInput(o, "superseded"))]),
    evidence: (finding.evidence ?? []).map((e): EvidenceInput => {
      const { id, programme, date, stage, knownSince } = e;
      return { id, programme, date, stage, statement: textIn(e.statement, locale), knownSince, ...sourceColumns(e.source) };
    }),
    explanation: translate(finding.explanation),
  };
}

function toInput(figure: Figure, role: Input["role"]): Input {
  const { metric, refArea, period, value, decimals, unit, status, knownSince, definition } = figure;
  const base = { metric, refArea, period, value, decimals, unit, status, knownSince, ...sourceColumns(figure.source), role };
  return definition === undefined ? base : { ...base, definition };
}

function sourceColumns({ title, url, quote, rank }: Figure["source"]) {
  return { sourceTitle: title, sourceUrl: url, sourceQuote: quote, sourceRank: rank };
}
