import { describe, expect, it } from "vitest";
import type { BriefingSeries } from "../../functions/core/briefing-series.ts";
import { drawSeries } from "../../functions/render-briefing/chart-drawing.ts";

function point(period: string, value: number, more: Partial<BriefingSeries["points"][number]> = {}): BriefingSeries["points"][number] {
  const common = { periodName: period, statusName: "", knownSince: "", source: 1, superseded: [] };
  return { period, value, text: String(value), status: "A", ...common, ...more };
}

function series(points: BriefingSeries["points"], target?: BriefingSeries["target"]): BriefingSeries {
  const words = { metric: "output", name: "", area: "", unit: "", definition: "", finding: "" };
  return target ? { ...words, points, target } : { ...words, points };
}

describe("a chart", () => {
  it("stands on zero and keeps distances true to time and value", () => {
    const chart = drawSeries(series([point("2014", 50), point("2016", 100), point("2017", 75)]));
    const [a, b, c] = chart.points;
    if (!a || !b || !c) throw new Error("three points were expected");
    const zero = chart.baseline.y;
    expect((zero - a.y) / (zero - b.y)).toBeCloseTo(0.5, 2);
    expect((b.x - a.x) / (c.x - b.x)).toBeCloseTo(2, 1);
    expect(chart.yTicks[0]?.label).toBe("0");
  });

  it("draws figures that are not final hollow, and gaps in the series dashed", () => {
    const chart = drawSeries(series([point("2014", 50), point("2016", 100), point("2017", 75, { status: "E" })]));
    expect(chart.points.map((p) => p.fill)).toEqual(["currentColor", "currentColor", "#fff"]);
    expect(chart.lines.map((l) => l.dash)).toEqual(["4 3", "none"]);
  });

  it("marks the figures that lost, where they differ", () => {
    const lost = (value: number) => ({ value, text: "", statusName: "", knownSince: "", source: 1 });
    const chart = drawSeries(series([point("2016", 100), point("2017", 75, { superseded: [lost(70), lost(75)] })]));
    expect(chart.crosses).toHaveLength(1);
    expect(chart.crosses[0]?.y).toBeGreaterThan(chart.points[1]?.y ?? Number.NaN);
  });

  it("takes negative values below the line, with their labels and a true minus", () => {
    const chart = drawSeries(series([point("2016", 3), point("2017", -1.5)]));
    const negative = chart.points[1];
    expect(negative?.y).toBeGreaterThan(chart.baseline.y);
    expect(negative?.labelY).toBeGreaterThan(negative?.y ?? Number.NaN);
    expect(negative?.label).toBe("−1.5");
  });

  it("puts a target at its value and period, its words clear of the value's", () => {
    const target = { period: "2017", value: 80, label: "said: above 80" };
    const chart = drawSeries(series([point("2016", 100), point("2017", 75)], target));
    const [target2017, value2017] = [chart.target, chart.points[1]];
    if (!target2017 || !value2017) throw new Error("target and value were expected");
    expect((target2017.x1 + target2017.x2) / 2).toBeCloseTo(value2017.x, 0);
    expect(target2017.y).toBeLessThan(value2017.y);
    expect(target2017.labelY).toBeLessThan(target2017.y);
    expect(value2017.labelY).toBeGreaterThan(value2017.y);
  });

  it("leaves periods of long ago to the table", () => {
    const chart = drawSeries(series([point("1992", 63), point("2014", 2200), point("2017", 2590)]));
    expect(chart.xTicks.map((t) => t.label)).toEqual(["2014", "2017"]);
    expect(chart.omitted).toBe(1);
    expect(drawSeries(series([point("1992", 63), point("2017", 2590)])).omitted).toBe(0);
  });

  it.each([
    ["zeros", [0, 0]],
    ["equal values", [5, 5]],
    ["negative values", [-5, -7]],
    ["huge and tiny values", [1e12, 1e-6]],
  ])("has a place for %s", (_name, [first = 0, second = 0]) => {
    const chart = drawSeries(series([point("2016", first), point("2017", second)]));
    for (const place of [...chart.points, ...chart.yTicks]) {
      expect(place.y).toBeGreaterThanOrEqual(0);
      expect(place.y).toBeLessThanOrEqual(chart.height);
    }
    expect(chart.yTicks.some((t) => t.label === "0" && t.y === chart.baseline.y)).toBe(true);
  });
});
