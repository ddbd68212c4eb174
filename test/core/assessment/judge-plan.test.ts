import { describe, expect, it } from "vitest";
import { aCommitment, anEvidence, aRegister, judge } from "../../support/register-builder.ts";

type Statement = ReturnType<typeof anEvidence>;

const target = { metric: "output", comparator: ">=", value: 1, unit: "t", due: "2018" };

function plan(evidence: readonly Statement[], asOf: string, parts: object = {}) {
  const commitments = [aCommitment({ kind: "deadline-or-plan", programmes: ["works"], ...parts })];
  return judge(aRegister({ commitments, evidence: [...evidence] }), asOf);
}

const planned = anEvidence("2017-09-27", "planned", { due: "2019" });

describe("the due date of a plan", () => {
  it("is compared with today, in words that give both", () => {
    const found = plan([planned], "2018-03-31");
    expect(found).toMatchObject({ verdict: "published", signal: "on track", method: "plan-date", evidence: [{ stage: "planned" }] });
    expect(found.formula).toBe('plan.today-against-due {"day":"31 March 2018","due":"31 December 2019"}');
    expect(found.explanation).toBe('plan.published-due {"due":"2019","statement":"It is planned","date":"27 September 2017"}');
  });

  it("is the commitment's own before that of any plan", () => {
    const found = plan([planned], "2019-01-01", { target });
    expect(found).toMatchObject({ verdict: "overdue", signal: "off track", explanation: 'plan.overdue {"due":"2018"}' });
    expect(found.formula).toBe('plan.today-against-due {"day":"1 January 2019","due":"31 December 2018"}');
    expect(plan([planned], "2018-12-31", { target }).verdict).toBe("published");
  });

  it("is that of the first plan which has one", () => {
    const vague = anEvidence("2017-08-01", "planned");
    expect(plan([vague, planned], "2020-01-01")).toMatchObject({ verdict: "overdue", explanation: 'plan.overdue {"due":"2019"}' });
    // What is no plan sets no date.
    const announced = anEvidence("2017-08-01", "announced", { due: "2017" });
    expect(plan([announced, planned], "2018-03-31").verdict).toBe("published");
  });

  it("passes without any plan having been seen", () => {
    expect(plan([], "2019-01-01", { target })).toMatchObject({ verdict: "overdue", evidence: [] });
  });
});

describe("a plan", () => {
  it.each(["planned", "issued"])("counts as published when a statement says: %s, and may have no date", (stage) => {
    expect(plan([anEvidence("2017-12-01", stage)], "2018-03-31")).toMatchObject({
      verdict: "published",
      signal: "on track",
      explanation: `plan.published {"due":"","statement":"It is ${stage}","date":"1 December 2017"}`,
    });
  });

  it("is not seen in a statement of another kind", () => {
    const found = plan([anEvidence("2017-12-01", "announced")], "2018-03-31", { target });
    expect(found).toMatchObject({ verdict: "not seen", signal: "cannot judge", method: "plan-date", explanation: "plan.not-seen {}" });
    expect(found.formula).toBe('plan.today-against-due {"day":"31 March 2018","due":"31 December 2018"}');
  });

  it("has the method's formula in words where there is no date to compare", () => {
    expect(plan([], "2018-03-31").formula).toBe("method.plan-date.formula {}");
    expect(plan([anEvidence("2017-12-01", "issued")], "2018-03-31").formula).toBe("method.plan-date.formula {}");
  });
});

describe("what was planned and is done", () => {
  const done = (date: string, evidence: readonly Statement[] = [planned]) =>
    plan([...evidence, anEvidence(date, "done", { knownSince: "2020-12-31" })], "2020-12-31");

  it("is on time up to the last day", () => {
    expect(done("2019-12-31")).toMatchObject({
      verdict: "done on time",
      signal: "achieved",
      method: "plan-date",
      formula: 'plan.done-against-due {"day":"31 December 2019","due":"31 December 2019"}',
      explanation: 'plan.done-on-time {"due":"2019","statement":"It is done","date":"31 December 2019"}',
      evidence: [{ stage: "planned" }, { stage: "done" }],
    });
  });

  it("is late from the day after", () => {
    expect(done("2020-01-01")).toMatchObject({
      verdict: "done late",
      signal: "watch",
      formula: 'plan.done-against-due {"day":"1 January 2020","due":"31 December 2019"}',
      explanation: 'plan.done-late {"due":"2019","statement":"It is done","date":"1 January 2020"}',
    });
  });

  it("was done by the end of the month or the year that the statement leaves open", () => {
    expect(done("2019-12").verdict).toBe("done on time");
    expect(done("2020-01").formula).toContain("31 January 2020");
    expect(done("2020").formula).toContain("31 December 2020");
  });

  it("is achieved where no date was ever set", () => {
    expect(done("2020-06-30", [])).toMatchObject({
      verdict: "done on time",
      signal: "achieved",
      formula: "method.plan-date.formula {}",
      explanation: 'plan.done {"due":"","statement":"It is done","date":"30 June 2020"}',
    });
  });
});
