import { knownAt } from "./observation.ts";
import type { Register } from "./ports.ts";

/** The register in one order, whatever store it came from: commitments as they stand in the speeches, everything else by its name.
 *  Two registers with the same content are then the same text as JSON. */
export function inReadingOrder(register: Register): Register {
  const { office, speeches, commitments, metrics, observations, evidence } = register;
  const dates = new Map(speeches.map((s) => [s.id, s.date.value]));
  const by =
    <T>(...keys: ((entry: T) => string | number)[]) =>
    (a: T, b: T) => {
      const key = keys.find((k) => k(a) !== k(b));
      return key === undefined ? 0 : key(a) < key(b) ? -1 : 1;
    };
  return {
    office,
    speeches: speeches.toSorted(
      by(
        (s) => s.date.value,
        (s) => s.id,
      ),
    ),
    commitments: commitments.toSorted(
      by(
        (c) => dates.get(c.speech) ?? "",
        (c) => c.speech,
        (c) => c.start,
        // The longer passage first: a framework before its members.
        (c) => -c.end,
        (c) => c.id,
      ),
    ),
    metrics: metrics.toSorted(by((m) => m.id)),
    observations: observations.toSorted(
      by(
        (o) => o.metric,
        (o) => o.refArea,
        (o) => o.period,
        (o) => o.knownSince,
        (o) => o.status,
        (o) => o.definition ?? "",
        (o) => o.source.url,
      ),
    ),
    evidence: evidence.toSorted(by((e) => e.id)),
  };
}

/** What of the register was on record at the end of the day `asOf`: later speeches, figures and evidence are not in it. */
export function asKnownAt(register: Register, asOf: string): Register {
  const speeches = register.speeches.filter((s) => s.date.value <= asOf);
  const held = new Set(speeches.map((s) => s.id));
  return {
    ...register,
    speeches,
    commitments: register.commitments.filter((c) => held.has(c.speech)),
    observations: knownAt(register.observations, asOf),
    evidence: knownAt(register.evidence, asOf),
  };
}
