import { assessRegister } from "../../functions/core/assessment/assess-register.ts";
import type { Assessment } from "../../functions/core/assessment/assessment.ts";
import { commitmentSchema } from "../../functions/core/commitment.ts";
import { evidenceSchema } from "../../functions/core/evidence.ts";
import type { Message } from "../../functions/core/local-text.ts";
import { metricSchema } from "../../functions/core/metric.ts";
import { type Observation, observationSchema } from "../../functions/core/observation.ts";
import { officeSchema } from "../../functions/core/office.ts";
import type { Register } from "../../functions/core/ports.ts";
import { speechSchema } from "../../functions/core/speech.ts";

const source = { title: "Fictional gazette", url: "https://example.org/gazette", quote: "the figure", rank: "original" } as const;

const office = officeSchema.parse({
  id: "testtown",
  name: { en: "Testtown" },
  series: { en: "Test briefing" },
  issuer: { en: "Tests" },
  fictional: true,
  language: "en",
  timeZone: "Europe/London",
  refArea: "Testtown",
  firstIssue: "2017-11",
  areas: [
    { id: "Testtown", name: { en: "Testtown" } },
    { id: "Otherton", name: { en: "Otherton" } },
  ],
  themes: [{ id: "growth", name: { en: "Growth" }, children: [{ id: "money", name: { en: "Money" } }] }],
  owners: [{ id: "mayor", name: { en: "The mayor" }, basis: "stated" }],
});

const speech = speechSchema.parse({
  id: "speech",
  title: { en: "A speech" },
  form: "speech",
  speaker: { name: { en: "A. Mayor" }, office: { en: "Mayor" } },
  date: { value: "2017-11-17", of: "delivery", basis: "stated" },
  source: { title: "Made up" },
  sha256: "0".repeat(64),
});

/** A commitment with everything filled in but what the test is about. */
export function aCommitment(parts: object) {
  const quote = "we will";
  const base = {
    id: "it",
    speech: "speech",
    quote,
    start: 0,
    end: quote.length,
    title: { en: "It" },
    modality: "promise",
    voice: "leader",
  };
  return commitmentSchema.parse({ ...base, kind: "quantified-target", theme: "growth", owner: "mayor", ...parts });
}

/** A level metric `output` in tons, more being better. */
export function aMetric(parts: object = {}) {
  return metricSchema.parse({
    id: "output",
    name: { en: "Output" },
    unit: { id: "t" },
    direction: "increase",
    frequency: "A",
    shape: "level",
    priceBasis: "none",
    definition: { en: "what is put out" },
    ...parts,
  });
}

/** A final figure of `output` in Testtown, known the January after. */
export function anObservation(period: string, published: string, parts: object = {}): Observation {
  return observationSchema.parse({
    metric: "output",
    refArea: "Testtown",
    period,
    value: Number(published),
    decimals: published.split(".")[1]?.length ?? 0,
    unit: "t",
    status: "A",
    knownSince: `${Number(period.slice(0, 4)) + 1}-01-15`,
    source,
    ...parts,
  });
}

/** A statement about the programme `works`, known on the day it happened. */
export function anEvidence(date: string, stage: string, parts: object = {}) {
  return evidenceSchema.parse({
    id: `${stage.replaceAll(" ", "-")}-${date}`,
    programme: "works",
    date,
    stage,
    statement: { en: `It is ${stage}.` },
    knownSince: date,
    source,
    ...parts,
  });
}

export function aRegister(parts: Partial<Register>): Register {
  return { office, speeches: [speech], commitments: [], metrics: [aMetric()], observations: [], evidence: [], ...parts };
}

/** Shows a message as its name and slots, so that tests do not depend on wording. */
export function showMessage({ id, values }: Message): string {
  return `${id} ${JSON.stringify(values ?? {})}`;
}

/** Judges the only commitment of the register. */
export function judge(register: Register, asOf: string): Assessment {
  const [assessment, ...rest] = assessRegister(register, asOf, "en", showMessage);
  if (!assessment || rest.length > 0) throw new Error(`expected one assessment, got ${rest.length + (assessment ? 1 : 0)}`);
  return assessment;
}
