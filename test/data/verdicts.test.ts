import { describe, expect, it } from "vitest";
import { entry, judge, judgeAll, report } from "../support/real-office.ts";

// What verdict each commitment has on which day, and why, is in test/gold. Here: what must hold of every assessment, and of a few explanations.

describe("the forecasts for 2017", () => {
  it("shows the estimate that the later figure replaced, with the source of each", () => {
    const inputs = judge("2017-gdp", "2018-12-31").inputs.map((i) => [i.role, i.value, i.status, i.knownSince, i.sourceUrl]);
    expect(inputs).toEqual([
      ["decides", 2606, "A", "2018-11-20", "http://m.zgkjsz.com/page/2018/1120/4505644.shtml"],
      ["superseded", 2590, "E", "2018-01-03", "https://www.fanwen112.com/fanwen/557506.html"],
    ]);
    expect(judge("2017-gdp", "2018-01-31").inputs).toHaveLength(1);
  });
});

describe("Kangde Xin's two parks and one city", () => {
  it("says why: the signing first, the delisting in the end", () => {
    expect(judge("2017-kdx-signing", "2018-01-31").explanation).toContain("战略合作框架协议");
    expect(judge("2017-kdx-signing", "2021-04-30").explanation).toContain("退市");
    expect(judge("2017-kdx-signing", "2018-01-31").evidence.every((e) => e.knownSince <= "2018-01-31")).toBe(true);
  });
});

describe("facts and honours", () => {
  it("rests the rally of October 2019 on a report of that rally, also after a page about 1992 is known", () => {
    expect(judge("s2020-october-rally", "2020-03-31").explanation).toContain("2019年10月23日");
    expect(judge("s2020-october-rally", "2021-12-31").explanation).toContain("2019年10月23日");
  });
});

describe("what is on record on a day", () => {
  it("has neither speech before it was given, and the second from its day on", () => {
    expect(judgeAll("2017-11-16")).toEqual([]);
    expect(judgeAll("2020-03-08").filter((a) => a.speech === report)).toEqual([]);
    expect(judgeAll("2020-03-09").filter((a) => a.speech === report).length).toBeGreaterThan(60);
  });

  const days = ["2017-11-17", "2018-01-31", "2018-12-31", "2020-03-31", "2021-04-06", "2021-04-30", "2026-11-22"];

  it.each(days)("uses nothing on %s that was not known then", (asOf) => {
    const later = judgeAll(asOf).flatMap((a) => [...a.inputs, ...a.evidence].filter((fact) => fact.knownSince > asOf));
    expect(later).toEqual([]);
  });

  it.each(days)("gives every commitment that cannot be judged on %s its reason in words", (asOf) => {
    const silent = judgeAll(asOf).filter((a) => a.signal === "cannot judge" && !/没有|未见|尚未|不作|看不出|无法|无从/.test(a.explanation));
    expect(silent.map((a) => `${a.commitmentId}: ${a.explanation}`)).toEqual([]);
    const unexplained = judgeAll(asOf).filter((a) => a.signal === "not scored" && a.verdict === "not scored");
    for (const { commitmentId, explanation } of unexplained) expect(explanation).toContain(entry(commitmentId).notScored?.["zh-CN"]);
  });

  it("changes between January 2018 and April 2021 where the facts did, and only there does a verdict turn", () => {
    const verdictOn = (asOf: string) => new Map(judgeAll(asOf).map((a) => [a.commitmentId, a.verdict]));
    const [then, now] = [verdictOn("2018-01-31"), verdictOn("2021-04-30")];
    const turned = [...then].filter(([id, verdict]) => now.get(id) !== verdict).map(([id]) => id);
    for (const id of ["2017-kdx-signing", "2017-kdx-world-class", "2017-hutong-railway", "2017-shagang-process"])
      expect(turned).toContain(id);
    for (const id of ["2017-gdp", "2017-fiscal-revenue", "2017-green-leader", "2017-learn-from-malmo"]) expect(turned).not.toContain(id);
  });
});
