import { describe, expect, it } from "vitest";
import { asKnownAt, inReadingOrder } from "../../functions/core/register-order.ts";
import { aCommitment, anEvidence, anObservation, aRegister } from "../support/register-builder.ts";

describe("a register as known on a day", () => {
  const register = aRegister({
    commitments: [aCommitment({})],
    observations: [anObservation("2017", "1", { knownSince: "2017-11-17" }), anObservation("2018", "2", { knownSince: "2017-11-18" })],
    evidence: [anEvidence("2017-11-17", "announced"), anEvidence("2017-11-18", "issued")],
  });

  it("has what was said, published and shown by the end of that day, and nothing later", () => {
    const known = asKnownAt(register, "2017-11-17");
    expect(known.speeches).toHaveLength(1);
    expect(known.commitments).toHaveLength(1);
    expect(known.observations.map((o) => o.period)).toEqual(["2017"]);
    expect(known.evidence.map((e) => e.stage)).toEqual(["announced"]);
  });

  it("has no commitments of a speech not yet made", () => {
    expect(asKnownAt(register, "2017-11-16")).toMatchObject({ speeches: [], commitments: [], observations: [], evidence: [] });
  });
});

describe("reading order", () => {
  it("is that of the speech, the longer passage first, whatever order the register came in", () => {
    const at = (id: string, start: number, quote: string) => aCommitment({ id, quote, start, end: start + quote.length });
    const commitments = [at("later", 50, "x"), at("member", 10, "short"), at("framework", 10, "a longer one")];
    const observations = [anObservation("2018", "2"), anObservation("2017", "1")];
    const ordered = inReadingOrder(aRegister({ commitments, observations }));
    expect(ordered.commitments.map((c) => c.id)).toEqual(["framework", "member", "later"]);
    expect(ordered.observations.map((o) => o.period)).toEqual(["2017", "2018"]);
    expect(inReadingOrder(aRegister({ commitments: commitments.toReversed(), observations: observations.toReversed() }))).toEqual(ordered);
  });
});
