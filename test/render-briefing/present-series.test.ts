import { describe, expect, it } from "vitest";
import { presentSeries } from "../../functions/render-briefing/present-series.ts";
import { aLostFigure, aPoint, aSeries } from "../support/series-builder.ts";

describe("a series as it is printed", () => {
  it("lists each period with the figures that lost beneath it", () => {
    const { rows, notes } = presentSeries(aSeries([aPoint("2016", 1), aPoint("2017", 2, { superseded: [aLostFigure(3)] })]), "full");
    expect(rows.map(({ period, text }) => [period, text])).toEqual([
      ["2016", "1"],
      ["2017", "2"],
      [null, "3"],
    ]);
    expect(notes.map((n) => n.id)).toEqual(["chart.superseded"]);
  });

  it("holds whole periods in at most 24 rows, the latest, and counts the rest", () => {
    const months = Array.from({ length: 600 }, (_, i) => `${1970 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`);
    const long = presentSeries(aSeries(months.map((m, i) => aPoint(m, i))), "half");
    expect([long.rows.length, long.rows[0]?.period, long.rows.at(-1)?.period]).toEqual([24, "2018-01", "2019-12"]);
    expect(long.notes.find((n) => n.id === "series.rows-left")?.count).toBe(576);
    const pairs = months.slice(0, 25).map((m, i) => aPoint(m, i, { superseded: [aLostFigure(-1), aLostFigure(-2)] }));
    expect(
      presentSeries(aSeries(pairs), "half")
        .rows.map((r) => r.period)
        .slice(0, 3),
    ).toEqual(["1971-06", null, null]);
    const revised = aPoint("2017", 0, { superseded: Array.from({ length: 40 }, (_, i) => aLostFigure(i)) });
    expect(presentSeries(aSeries([aPoint("2016", 1), revised]), "full").rows).toHaveLength(24);
  });

  it("of one figure is a sentence without chart and table, and says what it leaves out", () => {
    const { chart: _chart, ...series } = aSeries([aPoint("2017", 2)], { leftOut: 2 });
    const single = presentSeries(series, "full");
    expect(single).toMatchObject({ chart: null, only: { text: "2", source: 1 } });
    expect(single.notes).toMatchObject([{ id: "series.other-lengths", count: 2 }]);
  });
});
