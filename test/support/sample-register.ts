import { commitmentSchema } from "../../functions/core/commitment.ts";
import { evidenceSchema } from "../../functions/core/evidence.ts";
import { metricSchema } from "../../functions/core/metric.ts";
import { type Observation, observationSchema } from "../../functions/core/observation.ts";
import { officeSchema } from "../../functions/core/office.ts";
import type { Register } from "../../functions/core/ports.ts";
import { speechSchema } from "../../functions/core/speech.ts";

const source = { title: "Yearbook", url: "https://example.org/yearbook", quote: "as printed", rank: "original" as const };

/** An observation of a fictional place; what a test is about is given by it. */
export function sampleObservation(given: Partial<Observation> = {}): Observation {
  return observationSchema.parse({
    metric: "gdp",
    refArea: "harbour-town",
    period: "2017",
    value: 2590,
    decimals: 0,
    unit: "亿元",
    status: "E",
    knownSince: "2018-01-10",
    source,
    ...given,
  });
}

function sampleCommitment(id: string, speech: string, start: number, quote: string) {
  return commitmentSchema.parse({
    id,
    speech,
    quote,
    start,
    end: start + quote.length,
    title: { en: id },
    kind: "quantified-target",
    modality: "promise",
    voice: "leader",
    theme: "economy",
    owner: "council",
    target: { metric: "gdp", comparator: ">", value: 2600, unit: "亿元", period: "2017" },
  });
}

/** A small register of a fictional office, with every kind of fact, in the order in which a store gives it back. */
export function sampleRegister(given: Partial<Register> = {}): Register {
  return {
    office: officeSchema.parse({
      id: "harbour-town",
      name: { en: "Harbour Town", "zh-CN": "港镇" },
      series: { en: "Briefing" },
      issuer: { en: "nobody; a test" },
      fictional: true,
      language: "en",
      timeZone: "Asia/Shanghai",
      refArea: "harbour-town",
      firstIssue: "2018-01",
      areas: [{ id: "harbour-town", name: { en: "Harbour Town" } }],
      themes: [{ id: "economy", name: { en: "Economy" } }],
      owners: [{ id: "council", name: { en: "Council" }, basis: "stated" }],
    }),
    speeches: ["first", "second"].map((id) =>
      speechSchema.parse({
        id,
        title: { en: id },
        form: "speech",
        speaker: { name: { en: "A. Mayor" }, office: { en: "Mayor" } },
        date: { value: "2017-11-17", of: "publication", basis: "stated" },
        source: { title: "The Harbour Paper" },
        sha256: "0".repeat(64),
      }),
    ),
    commitments: [
      sampleCommitment("zeta", "first", 10, "近3000"),
      sampleCommitment("alpha", "first", 200, "超 210\u00a0亿元"),
      sampleCommitment("beta", "second", 0, "张·家·港 🚢"),
    ],
    metrics: ["gdp", "trade_total"].map((id) =>
      metricSchema.parse({
        id,
        name: { en: id },
        unit: { id: "亿元", measure: "CNY", mult: 8 },
        direction: "increase",
        frequency: "A",
        shape: "level",
        priceBasis: "current",
        definition: { en: `${id} as the yearbook defines it` },
      }),
    ),
    observations: [
      sampleObservation({ period: "2016", value: 2317.2400000000002, decimals: 2, status: "A", knownSince: "2017-02-01" }),
      sampleObservation(),
      sampleObservation({ value: 2606.05, decimals: 2, status: "A", knownSince: "2018-12-15", comment: "revised" }),
      sampleObservation({ refArea: "next-town", value: null, status: "M" }),
      sampleObservation({ metric: "trade_total", value: -0.1, decimals: 1 }),
    ],
    evidence: [
      evidenceSchema.parse({
        id: "line-opened",
        programme: "railway",
        date: "2020-07-01",
        stage: "has output",
        statement: { en: "The line opened." },
        knownSince: "2020-07-01",
        source,
        figure: { label: { en: "length" }, value: 137.3, unit: "km" },
      }),
    ],
    ...given,
  };
}

/** A register whose load takes several transactions and whose reading takes several pages.
 *  @param count of observations, one a day's vintage */
export function largeRegister(count: number): Register {
  const observations = Array.from({ length: count }, (_, index) =>
    sampleObservation({
      value: index,
      knownSince: new Date(Date.UTC(2000, 0, 1 + index)).toISOString().slice(0, 10),
      source: { ...source, quote: "x".repeat(2_000) },
    }),
  );
  return sampleRegister({ observations });
}
