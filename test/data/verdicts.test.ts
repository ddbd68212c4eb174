import { describe, expect, it } from "vitest";
import { decidingFigure, entry, judge, judgeAll, report } from "../support/real-office.ts";

// Worked out by hand from the two texts and the sources, with the day on which each source could be known. A row is:
// commitment, as of, verdict, signal, and — where a figure decides — its period, value and status. Never copied from the program.
type Row = readonly [id: string, asOf: string, verdict: string, signal: string, figure?: string];

function check(rows: readonly Row[]): void {
  for (const [id, asOf, verdict, signal, figure] of rows) {
    it(`${id} on ${asOf}: ${verdict}, ${signal}`, () => {
      const assessment = judge(id, asOf);
      expect({ verdict: assessment.verdict, signal: assessment.signal }).toEqual({ verdict, signal });
      if (figure !== undefined) expect(decidingFigure(assessment)).toBe(figure);
    });
  }
}

describe("the forecasts for 2017", () => {
  // The mayor's report of 2018-01-03 has the estimates; later sources have 2606 for GDP (2018-11-20) and nothing new for the others.
  check([
    ["2017-gdp", "2018-01-02", "no data", "cannot judge"],
    ["2017-gdp", "2018-01-03", "met", "achieved", "2017 2590 E"],
    ["2017-gdp", "2018-01-31", "met", "achieved", "2017 2590 E"],
    ["2017-gdp", "2018-11-19", "met", "achieved", "2017 2590 E"],
    ["2017-gdp", "2018-11-20", "met", "achieved", "2017 2606 A"],
    ["2017-gdp", "2018-12-31", "met", "achieved", "2017 2606 A"],
    ["2017-gdp-growth", "2018-01-31", "met", "achieved", "2017 7.3 E"],
    ["2017-gdp-growth", "2019-12-31", "met", "achieved", "2017 7.3 E"],
    ["2017-fiscal-revenue", "2018-01-31", "on the line", "watch", "2017 210 E"],
    // 233.4 is the figure of 2018 and says nothing of 2017.
    ["2017-fiscal-revenue", "2019-04-30", "on the line", "watch", "2017 210 E"],
    ["2017-trade-growth", "2018-01-31", "met", "achieved", "2017 16.1 E"],
    ["2017-emerging-growth", "2018-01-31", "no data", "cannot judge"],
    ["2017-emerging-growth", "2021-12-31", "no data", "cannot judge"],
  ]);

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
  // Signed 2017-11-02; controller seized (known 2019-05-31); delisting decided 2021-04-06, in the paper on 2021-04-07.
  check([
    ["2017-kdx-signing", "2018-01-31", "announced", "watch"],
    ["2017-kdx-signing", "2019-05-30", "announced", "watch"],
    ["2017-kdx-signing", "2019-05-31", "announced", "off track"],
    ["2017-kdx-signing", "2021-04-06", "announced", "off track"],
    ["2017-kdx-signing", "2021-04-07", "ended", "failed"],
    ["2017-kdx-signing", "2021-04-30", "ended", "failed"],
    ["2017-kdx-world-class", "2018-01-31", "announced", "watch"],
    ["2017-kdx-world-class", "2021-04-30", "ended", "failed"],
  ]);

  it("says why: the signing first, the delisting in the end", () => {
    expect(judge("2017-kdx-signing", "2018-01-31").explanation).toContain("战略合作框架协议");
    expect(judge("2017-kdx-signing", "2021-04-30").explanation).toContain("退市");
    expect(judge("2017-kdx-signing", "2018-01-31").evidence.every((e) => e.knownSince <= "2018-01-31")).toBe(true);
  });
});

describe("railways", () => {
  // Promised "in 2019" (site of 2017-09-27); opened on 2020-07-01, in the news of 2020-07-02.
  check([
    ["2017-hutong-railway", "2018-01-31", "published", "on track"],
    ["2017-hutong-railway", "2019-12-31", "published", "on track"],
    ["2017-hutong-railway", "2020-01-01", "overdue", "off track"],
    ["2017-hutong-railway", "2020-03-31", "overdue", "off track"],
    ["2017-hutong-railway", "2020-07-01", "overdue", "off track"],
    ["2017-hutong-railway", "2020-07-02", "done late", "watch"],
    ["2017-high-speed-rail", "2018-01-31", "announced", "watch"],
  ]);

  it("does not call three railways achieved when one of them has opened", () => {
    expect(judge("2017-high-speed-rail", "2020-07-31").signal).not.toBe("achieved");
  });
});

describe("schemes and firms", () => {
  check([
    // Started 2016-08 (company, 2016-08-13); industrial production 2019-03-31 (company, 2019-05-15).
    ["2017-shagang-process", "2018-01-31", "announced", "watch"],
    ["2017-shagang-process", "2019-05-31", "has output", "achieved"],
    // Unveiled and running in 2017, by a page of 2018-03-02.
    ["2017-metallurgy-institute", "2018-01-31", "no evidence", "cannot judge"],
    ["2017-metallurgy-institute", "2018-03-31", "running", "on track"],
    // In force since 2015, but the first source read is of 2020-10-23.
    ["2017-innovation-points", "2018-01-31", "no evidence", "cannot judge"],
    ["2017-innovation-points", "2020-10-31", "has output", "achieved"],
    ["2017-error-tolerance", "2021-12-31", "no evidence", "cannot judge"],
    ["2017-green-leader", "2021-12-31", "no evidence", "cannot judge"],
    ["2017-ecological-audit", "2021-12-31", "no evidence", "cannot judge"],
    ["2017-port-city-partners", "2021-12-31", "no evidence", "cannot judge"],
    ["2017-three-year-plan", "2018-01-31", "not seen", "cannot judge"],
    ["s2020-three-benchmarks", "2020-03-09", "announced", "watch"],
    // The only report of the rally is dated to the month.
    ["s2020-speed-year", "2020-03-09", "no evidence", "cannot judge"],
    ["s2020-speed-year", "2020-03-31", "announced", "watch"],
    // Projects signed at the trade week are signed, not built.
    ["s2020-speed-year", "2020-12-31", "announced", "watch"],
    ["s2020-innovation-ring", "2021-12-31", "no evidence", "cannot judge"],
  ]);
});

describe("facts and honours", () => {
  check([
    ["2017-shagang-energy-saving", "2021-12-31", "cannot be verified", "cannot judge"],
    ["2017-shagang-cost-saving", "2021-12-31", "cannot be verified", "cannot judge"],
    ["2017-shagang-big-data-rank", "2021-12-31", "cannot be verified", "cannot judge"],
    // The page of 2019-08 repeats "nearly 300 billion" a year and nine months later, with Kangde Xin still in it.
    ["2017-listed-market-value", "2019-12-31", "cannot be verified", "cannot judge"],
    ["2017-civilised-city", "2018-01-31", "list incomplete", "cannot judge"],
    // The list of 2020-11-10 is that of the sixth round; the five lists behind 五连冠 were not found.
    ["2017-civilised-city", "2020-11-30", "list incomplete", "cannot judge"],
    // The page found is a copy of the text itself: not an independent source.
    ["s2020-rally", "2020-03-31", "cannot be verified", "cannot judge"],
    ["s2020-october-rally", "2020-03-31", "verified", "not scored"],
    ["s2020-excellent-shagang", "2021-12-31", "list incomplete", "cannot judge"],
  ]);

  it("rests the rally of October 2019 on a report of that rally, also after a page about 1992 is known", () => {
    expect(judge("s2020-october-rally", "2020-03-31").explanation).toContain("2019年10月23日");
    expect(judge("s2020-october-rally", "2021-12-31").explanation).toContain("2019年10月23日");
  });
});

describe("directions and role models", () => {
  check([
    ["2017-strong-port-city", "2018-02-28", "one period only", "cannot judge", "2016 44.4 A"],
    // 39.2 % is of strategic emerging industries in a half-year: no fall from 44.4 %.
    ["2017-strong-port-city", "2021-08-31", "one period only", "cannot judge"],
    ["2017-vital-port-city", "2018-03-31", "one period only", "cannot judge", "2017 23 A"],
    // 72.0 % for 2018 is worked out, not published.
    ["2017-beautiful-port-city", "2020-06-30", "one period only", "cannot judge", "2019 96 A"],
    ["2017-cultured-port-city", "2021-12-31", "no proxy", "cannot judge"],
    ["s2020-focus", "2024-01-31", "improving", "on track", "2023 405 A"],
    ["s2020-first-choice-city", "2020-06-30", "one period only", "cannot judge", "2019 5 A"],
    ["s2020-first-choice-city", "2024-01-31", "worsening", "off track", "2023 4.52 A"],
    ["s2020-focus-parks", "2022-10-31", "improving", "on track", "2022-10 1470 A"],
    ["s2020-construction-pace", "2023-12-31", "one period only", "cannot judge"],
    ["s2020-new-highland", "2023-10-31", "worsening", "off track", "2023 62 A"],
    // 12 in the thousand-talents plan and 62 national-level talents are two things.
    ["s2020-focus-talent", "2026-01-31", "one period only", "cannot judge"],
    ["2017-learn-from-kunshan", "2018-01-31", "not comparable", "cannot judge"],
    // 2850 is from before the census revision, of Kunshan's 4045.06 no source says.
    ["2017-learn-from-kunshan", "2021-06-30", "not comparable", "cannot judge"],
    ["2017-learn-from-kunshan", "2021-12-31", "not comparable", "cannot judge", "2020 4276.76 A"],
    ["2017-learn-from-nanshan", "2018-05-31", "not comparable", "cannot judge", "2017 4601.5 A"],
    ["2017-learn-from-changning", "2021-12-31", "no metric chosen", "cannot judge"],
    ["2017-learn-from-malmo", "2021-12-31", "no metric chosen", "cannot judge"],
    ["s2020-compete-with-best", "2021-12-31", "not scored", "not scored"],
  ]);

  it("does not say that there is one period where there is none", () => {
    // The only figure for investment in fixed assets was published on 2020-05-29.
    const assessment = judge("s2020-big-projects", "2020-03-31");
    expect(assessment.inputs).toEqual([]);
    expect(assessment.signal).toBe("cannot judge");
    expect(assessment.verdict).not.toBe("one period only");
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
    for (const { commitmentId, explanation } of unexplained) expect(explanation).toContain(entry(commitmentId).notScored);
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
