import { describe, expect, it } from "vitest";
import { aCommitment, anEvidence, aRegister, judge } from "../../support/register-builder.ts";

type Statement = ReturnType<typeof anEvidence>;

function stand(evidence: readonly Statement[], asOf = "2019-12-31", programmes: readonly string[] = ["works"]) {
  const commitments = [aCommitment({ kind: "programme-or-mechanism", programmes })];
  return judge(aRegister({ commitments, evidence: [...evidence] }), asOf);
}

/** The formula: the stages that were seen, in the order in which they were. */
function seen(...stages: string[]): string {
  return `evidence.formula ${JSON.stringify({ stages: stages.map((s) => `stage.${s} {}`).join(" · ") })}`;
}

describe("a programme's stage", () => {
  it("is explained by the earliest statement that shows the highest", () => {
    const evidence = [anEvidence("2017-12-01", "announced"), anEvidence("2018-05-01", "running"), anEvidence("2018-09-01", "running")];
    const words = { statement: "It is running", date: "1 May 2018", delivered: 0, all: 1, stage: "running" };
    expect(stand(evidence)).toMatchObject({
      verdict: "running",
      signal: "on track",
      method: "evidence-stage",
      formula: seen("announced", "running"),
      explanation: `evidence.running ${JSON.stringify(words)}`,
    });
    expect(stand(evidence).evidence).toHaveLength(3);
  });

  it("is output only when each of several programmes has it, and says how many have", () => {
    const evidence = [anEvidence("2018-05-01", "has output"), anEvidence("2018-06-01", "running", { programme: "road" })];
    const words = { statement: "It is has output", date: "1 May 2018", delivered: 1, all: 2, stage: "has output" };
    expect(stand(evidence, "2019-12-31", ["works", "road"])).toMatchObject({
      verdict: "running",
      signal: "on track",
      explanation: `evidence.in-part ${JSON.stringify(words)}`,
    });
    const both = [...evidence, anEvidence("2018-07-01", "has output", { programme: "road" })];
    expect(stand(both, "2019-12-31", ["works", "road"]).explanation).toBe(
      `evidence.has output ${JSON.stringify({ ...words, delivered: 2 })}`,
    );
  });

  it("is none where nothing was found, nor where a term was only defined", () => {
    const none = { verdict: "no evidence", signal: "cannot judge", method: "evidence-stage", explanation: "evidence.none {}" };
    expect(stand([])).toMatchObject({ ...none, formula: "method.evidence-stage.formula {}" });
    expect(stand([anEvidence("2017-12-01", "defines")])).toMatchObject({ ...none, formula: "method.evidence-stage.formula {}" });
    expect(stand([anEvidence("2017-12-01", "confirms")])).toMatchObject({ ...none, formula: seen("confirms") });
  });

  it("is ended by a statement that says so, in its words", () => {
    const evidence = [anEvidence("2018-05-01", "has output"), anEvidence("2018-09", "ended", { knownSince: "2018-10-02" })];
    expect(stand(evidence)).toMatchObject({
      verdict: "ended",
      signal: "failed",
      method: "evidence-stage",
      formula: seen("has output", "ended"),
      explanation: 'evidence.ended {"statement":"It is ended","date":"September 2018"}',
    });
  });

  it("is kept through a setback, which is named beside it", () => {
    const evidence = [anEvidence("2017-12-01", "issued"), anEvidence("2018-09-01", "setback")];
    const words = { statement: "It is issued", date: "1 December 2017", delivered: 0, all: 1, stage: "issued", setback: "It is setback" };
    expect(stand(evidence)).toMatchObject({
      verdict: "issued",
      signal: "off track",
      method: "evidence-stage",
      explanation: `evidence.setback ${JSON.stringify(words)}`,
    });
  });

  it("is put into a sentence without the statement's own full stop, and with every other one", () => {
    const explain = (en: string) => stand([anEvidence("2017-12-01", "announced", { statement: { en } })]).explanation;
    expect(explain("No. 3 is built.")).toContain('"No. 3 is built"');
    expect(explain("三号线开工。")).toContain('"三号线开工"');
    expect(explain("No. 3 is built")).toContain('"No. 3 is built"');
  });
});

describe("a plan whose date has passed", () => {
  const planned = anEvidence("2017-12-01", "planned", { due: "2018" });
  const words = { statement: "It is issued", date: "2 December 2017", delivered: 0, all: 1, stage: "issued" };

  it("makes the programme one to be watched, in words that name the plan", () => {
    const late = stand([planned, anEvidence("2017-12-02", "issued")]);
    expect(late).toMatchObject({ verdict: "issued", signal: "watch", method: "evidence-stage" });
    const sentence = `evidence.issued ${JSON.stringify(words)}`;
    expect(late.explanation).toBe(`evidence.overdue ${JSON.stringify({ sentence, plan: "It is planned" })}`);
  });

  it("has passed on the day after its last", () => {
    const evidence = [planned, anEvidence("2017-12-02", "issued")];
    expect(stand(evidence, "2018-12-31").explanation).toBe(`evidence.issued ${JSON.stringify(words)}`);
    expect(stand(evidence, "2019-01-01").signal).toBe("watch");
  });

  it("does not matter without a date, nor where what has the date is no plan", () => {
    expect(stand([anEvidence("2017-12-01", "planned"), anEvidence("2017-12-02", "issued")]).signal).toBe("on track");
    expect(stand([anEvidence("2017-12-01", "issued", { due: "2018" })]).signal).toBe("on track");
  });

  it.each(["running", "has output", "done"])("is kept once a later statement says: %s", (stage) => {
    const evidence = [planned, anEvidence("2017-12-02", "issued"), anEvidence("2018-06-01", stage)];
    expect(stand(evidence).explanation).not.toContain("evidence.overdue");
  });

  it("is not kept by work that was seen before the plan was made, or on its day, or is another programme's", () => {
    expect(stand([anEvidence("2017-11-20", "running"), planned]).signal).toBe("watch");
    expect(stand([anEvidence("2017-12-01", "running"), planned]).signal).toBe("watch");
    const elsewhere = [planned, anEvidence("2018-06-01", "running", { programme: "road" })];
    expect(stand(elsewhere, "2019-12-31", ["works", "road"]).signal).toBe("watch");
  });

  it("is not kept by another statement", () => {
    expect(stand([planned, anEvidence("2018-06-01", "issued")]).signal).toBe("watch");
  });

  it("takes nothing from a programme that has output", () => {
    const evidence = [anEvidence("2017-11-20", "has output"), planned];
    expect(stand(evidence)).toMatchObject({ verdict: "has output", signal: "achieved" });
  });
});
