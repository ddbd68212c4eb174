import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BriefingSeries } from "../../functions/core/briefing/briefing-series.ts";
import { type ChartDrawing, drawSeries } from "../../functions/render-briefing/chart-drawing.ts";
import { boxesMeet, lies } from "../../functions/render-briefing/chart-text.ts";
import { aLostFigure, aPoint, aSeries, aTarget } from "../support/series-builder.ts";

function draw(series: BriefingSeries, width?: number): ChartDrawing {
  const drawing = drawSeries(series, width);
  if (!drawing) throw new Error("a chart was expected");
  return drawing;
}

/** The path of one style; empty where nothing is drawn in it. */
function path(drawing: ChartDrawing, name: string): string {
  return drawing.shapes.find((s) => s.name === name)?.d ?? "";
}

/** Where the strokes of a path begin. */
function starts(d: string): { x: number; y: number }[] {
  return [...d.matchAll(/M(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
}

function texts(drawing: ChartDrawing, name: string): string[] {
  return drawing.labels.filter((l) => l.name === name).map((l) => l.text);
}

describe("a line", () => {
  it("keeps distances true to time and value over a zero base", () => {
    const chart = draw(aSeries([aPoint("2014", 50), aPoint("2016", 100), aPoint("2017", 75)]));
    const [a, b, c] = starts(path(chart, "mark final"));
    const [axis] = starts(path(chart, "axis"));
    if (!a || !b || !c || !axis) throw new Error("three marks and an axis were expected");
    expect((axis.y - a.y) / (axis.y - b.y)).toBeCloseTo(0.5, 1);
    expect((b.x - a.x) / (c.x - b.x)).toBeCloseTo(2, 1);
    expect(texts(chart, "tick")).toContain("0");
  });

  it("is one path, dashed over periods without a figure, and never joins two runs", () => {
    const points = [aPoint("2013", 1), aPoint("2014", 2), aPoint("2016", 3), aPoint("2017", 4, { run: 1 }), aPoint("2018", 5, { run: 1 })];
    const chart = draw(aSeries(points));
    expect(starts(path(chart, "line"))).toHaveLength(2);
    expect(path(chart, "line").match(/L/g)).toHaveLength(2);
    expect(path(chart, "line gap").match(/L/g)).toHaveLength(1);
    expect(starts(path(chart, "break"))).toHaveLength(1);
    expect(texts(chart, "lost")).toEqual(["not comparable"]);
    expect(chart.notes).toEqual(["gap", "broken"]);
  });

  it("marks final figures filled, provisional ones hollow, estimates hollow in another shape, and says what is hollow beside it", () => {
    const provisional = { status: "P", statusName: "provisional" } as const;
    const chart = draw(aSeries([aPoint("2015", 5), aPoint("2016", 9, provisional), aPoint("2017", 7, { status: "E" })]));
    expect(["final", "provisional", "estimate"].map((s) => path(chart, `mark ${s}`).slice(-3))).toEqual(
      ["0z", "0z", "-5z"].map((e) => expect.stringContaining(e)),
    );
    expect(texts(chart, "value").toSorted()).toEqual(["5", "7 estimate", "9 provisional"]);
    expect(chart.notes).toEqual([]);
  });

  it("shows the other figures of a period as crosses tied to the one that counts, each value once, none under another definition", () => {
    const superseded = [aLostFigure(70), aLostFigure(70), aLostFigure(75), aLostFigure(20, false)];
    const chart = draw(aSeries([aPoint("2016", 100), aPoint("2017", 75, { superseded })]));
    expect(starts(path(chart, "cross"))).toHaveLength(1);
    expect(path(chart, "hairline")).not.toBe("");
    expect(texts(chart, "lost")).toEqual(["70"]);
    expect(chart.notes).toEqual(["superseded"]);
  });

  it("of many points has no marks and labels the first, the last, the highest and the lowest", () => {
    const points = Array.from({ length: 144 }, (_, i) => {
      const month = `${2010 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`;
      return aPoint(month, i === 50 ? 300 : i === 90 ? 2 : 100 + i);
    });
    const chart = draw(aSeries(points));
    expect(texts(chart, "value").toSorted()).toEqual(["100", "2", "243", "300"]);
    expect(chart.shapes.map((s) => s.name)).toEqual(expect.not.arrayContaining(["mark final"]));
    expect(texts(chart, "tick").filter((t) => /^20\d\d$/.test(t)).length).toBeGreaterThan(5);
    expect(chart.shapes.length + chart.labels.length).toBeLessThan(40);
  });
});

describe("bars", () => {
  it("stand on zero, negative ones below it, with a true minus", () => {
    const chart = draw(aSeries([aPoint("2016", 3), aPoint("2017", -1.5)], { form: "bars" }));
    const [axis] = starts(path(chart, "axis"));
    const tops = [...path(chart, "bar final").matchAll(/M[\d.]+ ([\d.]+)V([\d.]+)H/g)].map((m) => [Number(m[1]), Number(m[2])]);
    expect(tops.map(([foot]) => foot)).toEqual([axis?.y, axis?.y]);
    expect(tops[0]?.[1]).toBeLessThan(axis?.y ?? 0);
    expect(tops[1]?.[1]).toBeGreaterThan(axis?.y ?? 999);
    expect(texts(chart, "value")).toContain("−1.5");
  });
});

describe("a target", () => {
  const base = { period: "2016", value: 50 };

  it("is a level line from the figure of that day to its period and no further, with its words", () => {
    const points = [aPoint("2015", 40), aPoint("2016", 50), aPoint("2017", 60), aPoint("2018", 70)];
    const chart = draw(aSeries(points, { targets: [aTarget("2017", 80, { base })] }));
    const [from, to] = [starts(path(chart, "target"))[0]?.x ?? 0, Number(/L([\d.]+)/.exec(path(chart, "target"))?.[1])];
    const marks = starts(path(chart, "mark final")).map((m) => m.x + 4);
    expect(from).toBeCloseTo(marks[1] ?? 0, 0);
    expect(to).toBeGreaterThan(marks[2] ?? 0);
    expect(to).toBeLessThan(marks[3] ?? 0);
    expect(texts(chart, "target-label")).toEqual(["said: 80"]);
  });

  it("still ahead has a course from the base, straight or bent as its method goes", () => {
    const course = (steps: "equal" | "growing") => {
      const target = aTarget("2026", 200, { base, course: { steps, label: "required course" } });
      return draw(aSeries([aPoint("2016", 50), aPoint("2017", 60)], { targets: [target] }));
    };
    expect(path(course("equal"), "course").match(/L/g)).toHaveLength(1);
    expect(path(course("growing"), "course").match(/L/g)?.length).toBeGreaterThan(5);
    expect(texts(course("equal"), "course-label")).toEqual(["required course"]);
    expect(texts(course("equal"), "tick")).toContain("2026");
  });

  it("has its words nearer to its own line than to another's", () => {
    const points = [aPoint("2015", 40), aPoint("2016", 50), aPoint("2017", 60), aPoint("2018", 70)];
    const targets = [80, 76, 72].map((value) => aTarget("2018", value, { base }));
    const chart = draw(aSeries(points, { targets }));
    const levels = starts(path(chart, "target")).map((s) => s.y);
    const labels = chart.labels.filter((l) => l.name === "target-label");
    expect(labels.length).toBeGreaterThan(1);
    for (const { text, y } of labels) {
      const own = levels[targets.findIndex((t) => text.endsWith(String(t.value)))] ?? Number.NaN;
      expect(Math.min(...levels.map((l) => Math.abs(y - 4 - l))), text).toBeCloseTo(Math.abs(y - 4 - own), 0);
    }
  });

  it("older than the drawing is left out", () => {
    const points = [aPoint("1992", 63), aPoint("2014", 2200), aPoint("2017", 2590)];
    const chart = draw({ ...aSeries(points, { targets: [aTarget("1993", 70)] }), chart: { ...chartOf(points), points: 2 } });
    expect(path(chart, "target")).toBe("");
    expect(texts(chart, "tick")).not.toContain("1992");
    expect(chart.notes).toEqual(["gap", "window"]);
  });
});

function chartOf(points: BriefingSeries["points"]) {
  const { chart } = aSeries(points);
  if (!chart) throw new Error("a chart was expected");
  return chart;
}

describe("an axis", () => {
  it("that does not begin at zero has a zigzag at its foot", () => {
    const points = [aPoint("2016", 96), aPoint("2017", 97)];
    const cut = draw({ ...aSeries(points), chart: { ...chartOf(points), axis: "cut" } });
    expect(path(cut, "axis")).toContain("l4-5");
    expect(texts(cut, "tick")).not.toContain("0");
    expect(path(draw(aSeries(points)), "axis")).not.toContain("l4-5");
  });

  it("of ranks has the first at the top and only whole numbers", () => {
    const points = [aPoint("2016", 4), aPoint("2017", 2)];
    const chart = draw({ ...aSeries(points), chart: { ...chartOf(points), axis: "rank" } });
    const [fourth, second] = starts(path(chart, "mark final"));
    expect(second?.y).toBeLessThan(fourth?.y ?? 0);
    expect(texts(chart, "tick")).toEqual(expect.arrayContaining(["1", "2", "3", "4"]));
    expect(texts(chart, "tick").join()).not.toContain(".");
  });

  it("sets thousands apart as the published figures do", () => {
    const points = [aPoint("2016", 1500), aPoint("2017", 20000)];
    const ticks = (parts: object) => texts(draw({ ...aSeries(points), chart: { ...chartOf(points), ...parts } }), "tick");
    expect(ticks({ grouping: "en" })).toEqual(expect.arrayContaining(["5,000", "20,000"]));
    expect(ticks({ grouping: "zh-CN" })).toEqual(expect.arrayContaining(["5000", "20,000"]));
    expect(ticks({})).toEqual(expect.arrayContaining(["5000", "20000"]));
  });

  it("of numbers too long to read is written in a power of ten, and says so", () => {
    const chart = draw(aSeries([aPoint("2016", 1.5e15), aPoint("2017", 2e15)]));
    expect(texts(chart, "tick")).toEqual(expect.arrayContaining(["t ×10^15", "0.0", "2.0"]));
  });
});

it("draws nothing where no two figures can be compared", () => {
  const { chart: _chart, ...rest } = aSeries([aPoint("2017", 1)]);
  expect(drawSeries(rest)).toBeNull();
});

describe("whatever is drawn", () => {
  const value = fc.oneof(
    fc.integer({ min: -100, max: 5000 }),
    fc.constantFrom(0, 5, 1e12, 1e-6, -3.25, 1.7e308, 5e-324),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  );
  const status = fc.constantFrom("A" as const, "P" as const, "E" as const);
  const point = fc.record({ value, status, lost: fc.array(value, { maxLength: 4 }), run: fc.nat(1), skip: fc.integer({ min: 1, max: 3 }) });
  const targetValue = fc.record({
    value,
    at: fc.nat(20),
    words: fc.constantFrom("所说：超 2500 亿元", "said: at least 60%", "x".repeat(300)),
  });
  const series = fc
    .record({
      points: fc.array(point, { minLength: 2, maxLength: 60 }),
      targets: fc.array(targetValue, { maxLength: 3 }),
      form: fc.constantFrom("bars" as const, "line" as const),
      axis: fc.constantFrom("zero" as const, "cut" as const, "rank" as const),
      unit: fc.constantFrom("%", "亿元（纵轴不从零起）", "u".repeat(200)),
      monthly: fc.boolean(),
      width: fc.constantFrom(590, 280),
    })
    .map(({ points, targets, form, axis, unit, monthly, width }) => {
      let at = 0;
      const period = (i: number) => (monthly ? `${2000 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}` : String(1900 + i));
      const all = points.map((p) => {
        at += p.skip;
        return aPoint(period(at), p.value, { status: p.status, run: p.run, superseded: p.lost.map((l) => aLostFigure(l)) });
      });
      const base = all[0] && { period: all[0].period, value: all[0].value };
      const said = targets.map((t) => {
        const course = { steps: "equal", label: "应有进度" } as const;
        return aTarget(period(at + t.at - 5), t.value, base ? { label: t.words, base, course } : { label: t.words });
      });
      const sample = aSeries(all, { form, targets: said });
      return {
        series: { ...sample, chart: { ...chartOf(all), form, axis: form === "bars" ? "zero" : axis, axisLabel: unit } },
        width,
      } as const;
    });

  it("no two labels meet, and none leaves the drawing", () => {
    fc.assert(
      fc.property(series, (sample) => {
        const { labels, width, height } = draw(sample.series, sample.width);
        for (const [i, { box, text }] of labels.entries()) {
          expect(lies(box, { x: -0.2, y: -0.2, width: width + 0.4, height: height + 0.4 }), text).toBe(true);
          const met = labels
            .slice(i + 1)
            .find((l) => boxesMeet({ ...box, x: box.x + 0.1, y: box.y + 0.1, width: box.width - 0.2, height: box.height - 0.2 }, l.box));
          expect(met?.text, `meets ${text}`).toBeUndefined();
        }
      }),
      { numRuns: 150 },
    );
  });

  it("every place is a number inside the drawing, in few nodes, and the same each time", () => {
    fc.assert(
      fc.property(series, (sample) => {
        const chart = draw(sample.series, sample.width);
        expect(draw(sample.series, sample.width)).toEqual(chart);
        expect(chart.shapes.length).toBeLessThanOrEqual(15);
        for (const { name, d } of chart.shapes) {
          expect(d, name).not.toMatch(/NaN|Infinity|e/);
          for (const { x, y } of starts(d)) {
            expect(x, name).toBeGreaterThanOrEqual(-1);
            expect(x, name).toBeLessThanOrEqual(chart.width + 1);
            expect(y, name).toBeGreaterThanOrEqual(-1);
            expect(y, name).toBeLessThanOrEqual(chart.height + 1);
          }
        }
      }),
      { numRuns: 80 },
    );
  });
});
