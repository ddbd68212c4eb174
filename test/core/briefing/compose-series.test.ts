import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { loadMessages } from "../../../functions/adapters/templates/locale-messages.ts";
import { type BriefingSeries, seriesSchema } from "../../../functions/core/briefing/briefing-series.ts";
import { composeSeries } from "../../../functions/core/briefing/compose-series.ts";
import { SourceList } from "../../../functions/core/briefing/source-list.ts";
import type { Commitment } from "../../../functions/core/commitment.ts";
import type { Locale, Translate } from "../../../functions/core/local-text.ts";
import type { Observation } from "../../../functions/core/observation.ts";
import { aCommitment, aMetric, anObservation, aRegister } from "../../support/register-builder.ts";

const words = {} as Record<Locale, Translate>;
beforeAll(async () => {
  const templates = fileURLToPath(new URL("../../../templates", import.meta.url));
  for (const locale of ["en", "zh-CN"] as const) words[locale] = await loadMessages(templates, locale);
});

interface Given {
  readonly observations: Observation[];
  readonly commitments?: Commitment[];
  readonly metric?: object;
  readonly asOf?: string;
  readonly locale?: Locale;
}

function compose({ observations, commitments = [], metric = {}, asOf = "2018-12-31", locale = "en" }: Given): BriefingSeries | undefined {
  const context = { asOf, locale, translate: words[locale], sources: new SourceList() };
  const declared = aMetric({ name: { en: "Output", "zh-CN": "产出" }, ...metric });
  const series = composeSeries(declared, "Testtown", aRegister({ metrics: [declared], observations }), commitments, context);
  return series && seriesSchema.parse(series);
}

const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };
const two = [anObservation("2016", "90"), anObservation("2017", "120", { status: "P" })];
const repost = { title: "Later", url: "https://example.org/later", quote: "120", rank: "repost" } as const;

describe("the finding of a series", () => {
  it("says from what to what, whether the last figure is final, and what was said", () => {
    const commitments = [aCommitment({ target })];
    expect(compose({ observations: two, commitments })?.finding).toBe(
      "90 t in 2016, 120 t in 2017 (provisional); 2 periods. Said for 2017: more than 100 t; the figure is 120 t (provisional).",
    );
    expect(compose({ observations: two, commitments, locale: "zh-CN" })?.finding).toBe(
      "2016年 90 t，2017年 120 t（初步核算数），共 2 期。所说2017年超 100 t，该期为 120 t（初步核算数）。",
    );
  });

  it("says that a period has other figures, and that a target's period has none yet", () => {
    const observations = [...two, anObservation("2017", "99", { status: "E", knownSince: "2018-01-03", source: repost })];
    const commitments = [aCommitment({ target: { ...target, comparator: ">=", period: "2019" } })];
    const finding = compose({ observations, commitments })?.finding;
    expect(finding).toContain("Said for 2019: at least 100 t; there is no figure yet.");
    expect(finding).toContain("1 period has other figures too");
  });

  it("says that a figure is stale, which the series carries as a mark", () => {
    expect(compose({ observations: two, asOf: "2019-12-31" })).toMatchObject({ stale: false });
    const stale = compose({ observations: two, asOf: "2020-01-01" });
    expect(stale).toMatchObject({ stale: true, staleMark: "not up to date" });
    expect(stale?.finding).toContain("No newer figure of this kind since 2017.");
  });

  it("keeps figures under another definition apart, in words and in runs", () => {
    const metric = {
      definitions: [
        { id: "old", name: { en: "old census" } },
        { id: "new", name: { en: "new census" } },
      ],
    };
    const observations = [...two, anObservation("2018", "80", { definition: "new" })];
    const series = compose({ observations, metric, asOf: "2019-12-31" });
    expect(series?.finding).toContain(
      "90 t in 2016, 120 t in 2017 (provisional); 2 periods. Not comparable with these (new census): 80 t in 2018.",
    );
    expect(series?.points.map((p) => [p.run, p.definition])).toEqual([
      [0, "old census"],
      [0, "old census"],
      [1, "new census"],
    ]);
  });

  it("does not count a figure under another definition as a vintage of the same thing", () => {
    const metric = {
      definitions: [
        { id: "old", name: { en: "old census" } },
        { id: "new", name: { en: "new census" } },
      ],
    };
    const lost = anObservation("2016", "70", { definition: "new", status: "E" });
    expect(compose({ observations: [...two, lost], metric })?.points[0]?.superseded).toMatchObject([{ text: "70", comparable: false }]);
  });
});

describe("a series of one period", () => {
  const observations = [anObservation("2017", "120")];

  it("has no chart and says why, where a commitment uses it", () => {
    for (const parts of [{ target }, { proxy: { metric: "output" } }, { target: { ...target, metric: "other" }, moreTargets: [target] }]) {
      const series = compose({ observations, commitments: [aCommitment(parts)] });
      expect(series?.chart).toBeUndefined();
      expect(series?.points).toHaveLength(1);
      expect(series?.finding).toMatch(/^120 t in 2017; the only period with a comparable figure, so there is no chart\./);
    }
  });

  it("is none, where no commitment uses it", () => {
    expect(compose({ observations })).toBeUndefined();
    expect(compose({ observations: [] })).toBeUndefined();
  });
});

describe("a chart", () => {
  const years = (values: readonly number[], parts: object = {}) => values.map((v, i) => anObservation(String(2000 + i), String(v), parts));

  it("has bars for few amounts and rates, a line for shares, ranks, many periods and where there is a course", () => {
    const form = (metric: object, values: readonly number[], commitments: Commitment[] = []) =>
      compose({ observations: years(values), metric, commitments })?.chart?.form;
    expect(form({}, [1, 2, 3])).toBe("bars");
    expect(form({ shape: "rate" }, [1, -2, 3])).toBe("bars");
    expect(form({ shape: "share" }, [1, 2, 3])).toBe("line");
    expect(form({ shape: "rank" }, [1, 2, 3])).toBe("line");
    expect(form({}, [1, 2, 3], [aCommitment({ target: { ...target, period: undefined, due: "2025" } })])).toBe("line");
    const monthly = Array.from({ length: 13 }, (_, i) =>
      anObservation(`201${i < 12 ? 6 : 7}-${String((i % 12) + 1).padStart(2, "0")}`, "5"),
    );
    expect(compose({ observations: monthly, metric: { frequency: "M" } })?.chart?.form).toBe("line");
  });

  it("leaves zero only where a line would be flat, and says so", () => {
    const share = { shape: "share", unit: { id: "%" } };
    const cut = compose({ observations: years([96, 97.5]), metric: share });
    expect(cut?.chart).toMatchObject({ axis: "cut", axisLabel: "% (axis does not start at zero)" });
    expect(cut?.finding).toContain("The chart's axis does not start at zero.");
    expect(compose({ observations: years([80, 97]), metric: share })?.chart?.axis).toBe("zero");
    expect(compose({ observations: years([96, 96]), metric: share })?.chart?.axis).toBe("zero");
    expect(compose({ observations: years([-1, 1]), metric: share })?.chart?.axis).toBe("zero");
    expect(compose({ observations: years([96, 97]) })?.chart).toMatchObject({ form: "bars", axis: "zero" });
    expect(compose({ observations: years([3, 2]), metric: { shape: "rank" } })?.chart?.axis).toBe("rank");
  });

  it("holds the last twelve years, and all where these are no series", () => {
    const long = years(Array.from({ length: 19 }, (_, i) => i + 1));
    const series = compose({ observations: long, asOf: "2019-06-30" });
    expect([series?.chart?.points, series?.points.length]).toEqual([12, 19]);
    expect(series?.finding).toContain("8 t in 2007, 19 t in 2018; 12 periods.");
    expect(compose({ observations: [anObservation("1992", "63"), anObservation("2017", "2590")] })?.chart?.points).toBe(2);
  });

  it("counts figures for periods of another length, which it cannot show", () => {
    const observations = [...two, anObservation("2018-S1", "70", { knownSince: "2018-08-01" })];
    const series = compose({ observations });
    expect([series?.points.length, series?.leftOut]).toEqual([2, 1]);
  });
});

describe("the targets of a chart", () => {
  it("start from the last figure before they were said; one that is due later has a course by the method that judges it", () => {
    const due = { ...target, period: undefined, due: "2020", value: 200 };
    const observations = [anObservation("2015", "80"), anObservation("2016", "90"), anObservation("2017", "120")];
    const targets = (parts: object, metric: object = {}) => compose({ observations, metric, commitments: [aCommitment(parts)] })?.targets;
    expect(targets({ target: due })).toMatchObject([
      { period: "2020", value: 200, base: { period: "2016", value: 90 }, course: { steps: "growing", label: "required course" } },
    ]);
    expect(targets({ target: due, method: "time-proportional" })).toMatchObject([{ course: { steps: "equal" } }]);
    expect(targets({ target: due }, { shape: "rate" })).toMatchObject([{ course: { steps: "equal" } }]);
    expect(targets({ target })?.[0]).not.toHaveProperty("course");
  });

  it("are three at most: those ahead before those past; the same words count once, a stated fact has no way to it", () => {
    const ahead = (value: number) => aCommitment({ target: { ...target, value, period: "2019" } });
    const past = aCommitment({ target });
    const fact = aCommitment({ kind: "baseline-fact", target: { ...target, comparator: "=", period: "2016" } });
    const values = (commitments: Commitment[]) => compose({ observations: two, commitments })?.targets.map((t) => t.value);
    expect(values([past, past, ahead(130)])).toEqual([100, 130]);
    expect(values([past, ahead(150), ahead(130), ahead(140)])).toEqual([130, 140, 150]);
    expect(compose({ observations: two, commitments: [fact] })?.targets[0]).not.toHaveProperty("base");
    expect(values([aCommitment({ target: { ...target, period: "2019-S1" } })])).toEqual([]);
  });
});
