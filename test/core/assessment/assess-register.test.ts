import { describe, expect, it } from "vitest";
import { assessRegister } from "../../../functions/core/assessment/assess-register.ts";
import type { Locale } from "../../../functions/core/local-text.ts";
import type { Register } from "../../../functions/core/ports.ts";
import { aCommitment, aMetric, anEvidence, anObservation, aRegister, judge, showMessage } from "../../support/register-builder.ts";

function assess(register: Register, asOf: string, locale: Locale = "en") {
  return assessRegister(register, asOf, locale, showMessage);
}

describe("a register that is judged", () => {
  it("gives every commitment made by that day, in its own order", () => {
    const [first] = aRegister({}).speeches;
    if (!first) throw new Error("the register has no speech");
    const later = { ...first, id: "later", date: { ...first.date, value: "2018-03-09" } };
    const commitments = [aCommitment({ id: "b", speech: "later" }), aCommitment({ id: "c" }), aCommitment({ id: "a" })];
    const register = aRegister({ speeches: [first, later], commitments });
    const ids = (asOf: string) => assess(register, asOf).map((a) => a.commitmentId);
    expect(ids("2017-11-16")).toEqual([]);
    expect(ids("2017-11-17")).toEqual(["c", "a"]);
    expect(ids("2018-03-08")).toEqual(["c", "a"]);
    expect(ids("2018-03-09")).toEqual(["b", "c", "a"]);
  });

  it("shows the figure that decides with its source, and each that it superseded", () => {
    const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };
    const press = { title: "Paper", url: "https://example.org/paper", quote: "about 105", rank: "press" };
    const definitions = [{ id: "narrow", name: { en: "narrow" } }];
    const observations = [
      anObservation("2017", "105", { status: "E", knownSince: "2018-01-03", source: press }),
      anObservation("2017", "106.5", { knownSince: "2018-11-20", definition: "narrow" }),
    ];
    const register = aRegister({ metrics: [aMetric({ definitions })], commitments: [aCommitment({ target })], observations });
    // Strictly: what has no definition has not even the field.
    expect(judge(register, "2018-12-31").inputs).toStrictEqual([
      {
        metric: "output",
        refArea: "Testtown",
        period: "2017",
        value: 106.5,
        decimals: 1,
        unit: "t",
        status: "A",
        knownSince: "2018-11-20",
        sourceTitle: "Fictional gazette",
        sourceUrl: "https://example.org/gazette",
        sourceQuote: "the figure",
        sourceRank: "original",
        role: "decides",
        definition: "narrow",
      },
      {
        metric: "output",
        refArea: "Testtown",
        period: "2017",
        value: 105,
        decimals: 0,
        unit: "t",
        status: "E",
        knownSince: "2018-01-03",
        sourceTitle: "Paper",
        sourceUrl: "https://example.org/paper",
        sourceQuote: "about 105",
        sourceRank: "press",
        role: "superseded",
      },
    ]);
  });

  it("shows each statement in the language that is asked for, with its source", () => {
    const commitments = [aCommitment({ kind: "programme-or-mechanism", programmes: ["works"] })];
    const evidence = [anEvidence("2017-12-01", "issued", { statement: { en: "A plan was issued.", "zh-CN": "印发方案。" } })];
    const register = aRegister({ commitments, evidence });
    expect(assess(register, "2018-01-31")[0]?.evidence).toEqual([
      {
        id: "issued-2017-12-01",
        programme: "works",
        date: "2017-12-01",
        stage: "issued",
        statement: "A plan was issued.",
        knownSince: "2017-12-01",
        sourceTitle: "Fictional gazette",
        sourceUrl: "https://example.org/gazette",
        sourceQuote: "the figure",
        sourceRank: "original",
      },
    ]);
    expect(assess(register, "2018-01-31", "zh-CN")[0]?.evidence[0]?.statement).toBe("印发方案。");
  });

  it("repeats what the commitment is, and says by what and on which day it was judged", () => {
    expect(judge(aRegister({ commitments: [aCommitment({ kind: "recognition" })] }), "2018-01-31")).toEqual({
      commitmentId: "it",
      speech: "speech",
      quote: "we will",
      kind: "recognition",
      verdict: "list incomplete",
      signal: "cannot judge",
      method: "official-list",
      formula: "method.official-list.formula {}",
      asOf: "2018-01-31",
      inputs: [],
      evidence: [],
      explanation: "recognition.no-list {}",
    });
  });
});

describe("what is recorded and not scored", () => {
  const notScored = { en: "a national slogan", "zh-CN": "国家提法" };
  const commitments = [aCommitment({ kind: "programme-or-mechanism", programmes: ["works"], notScored })];
  const register = aRegister({ commitments, evidence: [anEvidence("2017-12-01", "issued")] });

  it("keeps its reason and its statements, with the formula in words", () => {
    expect(judge(register, "2018-01-31")).toMatchObject({
      verdict: "not scored",
      signal: "not scored",
      method: "none",
      formula: "method.none.formula {}",
      explanation: 'not-scored {"reason":"a national slogan"}',
      evidence: [{ stage: "issued" }],
    });
  });

  it("gives its reason in the language asked for", () => {
    expect(assess(register, "2018-01-31", "zh-CN")[0]?.explanation).toBe('not-scored {"reason":"国家提法"}');
  });
});
