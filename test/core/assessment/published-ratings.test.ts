import { describe, expect, it } from "vitest";
import { cagrRatio } from "../../../functions/core/assessment/cagr-ratio.ts";
import { maintain } from "../../../functions/core/assessment/maintain.ts";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";
import { trend } from "../../../functions/core/assessment/trend.ts";
import { weather } from "../../../functions/core/assessment/weather.ts";

/** Statistics Canada's names of the bands, and Open SDG's. */
const bandNames = {
  target_achieved: "target achieved",
  substantial_progress: "on track",
  moderate_progress: "acceleration needed",
  limited_progress: "limited progress",
  deterioration: "deterioration",
  not_available: "cannot judge",
} as const;
type Status = keyof typeof bandNames;

// Source of the figures: Statistics Canada, Canadian Indicator Framework, file "indicator_calculation_components.yml"
// (base, current value, target, limit, progress value and status of each indicator, as published),
// https://github.com/sdg-data-canada-odd-donnees/cif-data-donnees-cic, commit 0004afd167193f28b9ca5d757999ad3dcb51fc28.
// Method: "Progress Measurement Methodology", https://sdgcif-data-canada-oddcic-donnee.github.io/methodology/.
describe("Statistics Canada's published ratings of indicators with a target", () => {
  it.each<[string, "increase" | "decrease", [number, number], [number, number], [number, number], number | null, Status]>([
    ["1-1-1", "decrease", [2015, 14.5], [2023, 10.2], [2030, 7.25], 0.9525901792032172, "substantial_progress"],
    ["11-1-1", "decrease", [2016, 26866], [2024, 36058], [2028, 13433], -0.6675781357974336, "deterioration"],
    ["11-3-1", "increase", [2005, 63], [2020, 74], [2030, 85], 0.8949392974311927, "moderate_progress"],
    ["11-5-1", "increase", [2016, 19.3], [2021, 13.9], [2030, 22], -6.76154243963871, "deterioration"],
    ["11-6-1", "decrease", [2014, 699], [2022, 683.4], [2030, 490], 0.12830416881599752, "limited_progress"],
    ["12-1-1", "increase", [2015, 0.37], [2024, 14.63], [2030, 60], 1.249622415033452, "substantial_progress"],
    ["14-1-1", "increase", [2015, 0.9], [2023, 14.7], [2030, 30], 1.5866947018068909, "substantial_progress"],
    // The base stood beyond the target and what it had was lost.
    ["14-2-1", "increase", [2015, 68.5534591194968], [2023, 46.7336683417085], [2026, 55], -2.3587220377696703, "deterioration"],
    ["15-2-1", "increase", [2019, 42], [2024, 40], [2026, 60], -0.18576295071190677, "deterioration"],
    ["15-4-1", "increase", [2015, 10.1], [2023, 13.7], [2030, 30], 0.5160064971944834, "limited_progress"],
    // Already better than the target at the base.
    ["15-5-1", "decrease", [2015, 70], [2021, 68], [2030, 100], 0.20028868698657923, "target_achieved"],
    ["2-2-1", "increase", [2016, 66], [2021, 64], [2030, 71], -1.1731882600976888, "deterioration"],
    ["3-12-1", "decrease", [2015, 184.4], [2023, 231.9], [2030, 0.1], -0.07371746216108555, "deterioration"],
    ["3-13-1", "decrease", [2016, 7.8], [2024, 17.7], [2028, 10], -5.155591320251755, "deterioration"],
    ["3-14-1", "decrease", [2015, 18.8], [2024, 11.1], [2035, 5], 0.8874610697051454, "moderate_progress"],
    ["3-2-1", "decrease", [2019, 13.2], [2019, 13.2], [2025, 10], null, "not_available"],
    ["3-4-1", "decrease", [2015, 8.1], [2023, 7.3], [2025, 8], 10.402574542255982, "target_achieved"],
    ["3-9-1 diphtheria, 2 years", "increase", [2015, 76.9], [2021, 77.1], [2025, 95], 0.020269306498664433, "limited_progress"],
    ["3-9-1 hepatitis B, 2 years", "increase", [2015, 69.2], [2021, 82.6], [2025, 95], 0.9299875425576409, "moderate_progress"],
    ["3-9-1 meningococcal C, 2 years", "increase", [2015, 87.8], [2021, 90.5], [2025, 95], 0.6395836985040276, "moderate_progress"],
    ["3-9-1 meningococcal C, 17 years", "increase", [2019, 89.3], [2021, 89], [2025, 90], -1.2909924104749682, "deterioration"],
  ])("%s", (_id, direction, [t0, y0], [t, y], [T, goal], value, status) => {
    const input = { direction, base: { t: t0, y: y0 }, current: { t, y }, target: { t: T, y: goal } };
    const outcome = cagrRatio.judge(methodInputSchema.parse(input));
    expect(outcome.band).toBe(bandNames[status]);
    if (value === null) expect(outcome.ratio).toBeNull();
    else expect(outcome.ratio).toBeCloseTo(value, 10);
  });
});

describe("Statistics Canada's published ratings of indicators without a target", () => {
  it.each<[string, "increase" | "decrease", number | undefined, [number, number], [number, number], number | null, Status]>([
    ["1-2-1", "increase", 100, [2016, 66.6], [2023, 71.4], 0.009991483690946268, "moderate_progress"],
    ["1-3-1", "decrease", undefined, [2015, 178.8], [2024, 171.9], 0.004363225612730504, "limited_progress"],
    ["1-4-1", "increase", undefined, [2015, 69300], [2023, 74200], 0.008576474514661259, "moderate_progress"],
    ["10-1-1", "decrease", undefined, [2015, 0.314], [2023, 0.3], 0.005685092259251845, "moderate_progress"],
    ["10-2-1", "decrease", undefined, [2015, 3.8], [2024, 11.9], -0.1352325064900486, "deterioration"],
    ["11-2-1", "decrease", undefined, [2018, 11.3], [2022, 11.6], -0.006572095158251079, "deterioration"],
    ["11-4-1", "increase", 100, [2023, 75.3], [2024, 74.6], -0.009296148738379806, "deterioration"],
    ["13-3-1 bridges", "increase", 100, [2016, 28.45], [2022, 41.03], 0.06292643403829179, "substantial_progress"],
    ["13-3-1 active transport", "increase", 100, [2022, 18.41], [2022, 18.41], null, "not_available"],
    ["15-1-1", "increase", 100, [2015, 79.82], [2020, 80], 0.0004506085041826591, "limited_progress"],
    // No change at all is limited progress, not deterioration.
    ["16-1-1", "increase", 100, [2021, 79], [2022, 79], 0, "limited_progress"],
    ["16-6-1", "decrease", undefined, [2015, 87.93], [2023, 77.78], 0.015215151249107883, "substantial_progress"],
    // 0.85 % a year is on track only because the base of 86.3 lies near the limit of 100 and scales 1.5 % down.
    ["17-1-1", "increase", 100, [2016, 86.2795833333333], [2024, 92.35875], 0.008547253218384565, "substantial_progress"],
    ["3-10-1 dementia", "decrease", undefined, [2015, 1463], [2022, 1411], 0.005156722387535284, "moderate_progress"],
    ["3-10-1 hypertension", "decrease", undefined, [2015, 2049], [2022, 2062], -0.000903910615186243, "deterioration"],
    ["3-5-1 18 to 64 years", "increase", 100, [2015, 45.2], [2024, 50.2], 0.011725762907919934, "moderate_progress"],
  ])("%s", (_id, direction, limit, [t0, y0], [t, y], value, status) => {
    const outcome = trend.judge(methodInputSchema.parse({ direction, limit, base: { t: t0, y: y0 }, current: { t, y } }));
    expect(outcome.band).toBe(bandNames[status]);
    if (value === null) expect(outcome.ratio).toBeNull();
    else expect(outcome.ratio).toBeCloseTo(value, 12);
  });

  // "Special considerations for the base value", Open SDG, Progress Measurement Methodology,
  // https://open-sdg.readthedocs.io/en/latest/progress-methodology/: a base at its limit that is not lost is on track.
  it("rates a base at its natural limit on track while it is kept", () => {
    const at = (y: number) => trend.judge(methodInputSchema.parse({ limit: 100, base: { t: 2015, y: 100 }, current: { t: 2020, y } })).band;
    expect([at(100), at(99.9)]).toEqual(["on track", "deterioration"]);
  });
});

const yearly = (from: number, values: readonly number[]) => values.map((y, i) => ({ t: from + i, y }));

// Rule: Destatis, "Indicator status – Methodology", https://dns-indikatoren.de/en/status/. Values, targets and symbols: the data and
// metadata files of the same platform, https://github.com/Nachhaltige-Entwicklung-Deutschland/open-sdg-data-starter. The symbols were
// given on the data of their day; cases whose series was revised since are left out. No published "partly cloudy" case was found whose data of the day are on record.
describe("the German sustainability strategy's published symbols", () => {
  const objects = yearly(2012, [5.6, 6.9, 11.2, 18.16, 20.45, 23.72, 24.16, 32.06, 34.5]);
  const organic = yearly(2012, [5.76, 6.04, 6.18, 6.34, 6.82, 6.82, 7.34, 7.75, 9.6]);
  const freight = yearly(2009, [97.8, 103.27, 105.5, 102.8, 103.94, 106.25, 108.05, 110]);

  it.each([2017, 2018, 2019, 2020])("11.4 objects in the German Digital Library, 50 million by 2030: sun in %i", (year) => {
    const series = objects.filter((p) => p.t <= year);
    expect(weather.judge(methodInputSchema.parse({ series, target: { t: 2030, y: 50 } })).band).toBe("sun");
  });

  it.each([2017, 2018, 2019, 2020])("2.1.b organic farming, 20 %% of the land by 2030: cloud in %i", (year) => {
    const series = organic.filter((p) => p.t <= year);
    expect(weather.judge(methodInputSchema.parse({ series, target: { t: 2030, y: 20 } })).band).toBe("cloud");
  });

  it("2.1.b organic farming, 30 % of the land by 2030: cloud in 2023, and about the 16.7 % that is published as the projection", () => {
    // The data file ends in 2020; the text of the indicator gives 11.2 % for 2023.
    const series = [...organic, { t: 2023, y: 11.2 }];
    const outcome = weather.judge(methodInputSchema.parse({ series, target: { t: 2030, y: 30 } }));
    expect(outcome.band).toBe("cloud");
    // Rounding of 11.2 leaves ±0.05 · (1 + 7 ÷ 5) open.
    expect(Math.abs((outcome.projection?.value ?? 0) - 16.7)).toBeLessThan(0.12);
  });

  it("12.1.a products with an official eco-label, 34 % of the market by 2030: cloud in 2018", () => {
    const series = [...yearly(2012, [3.6, 4.4, 5.9, 7.5, 8.6]), { t: 2018, y: 7.5 }];
    expect(weather.judge(methodInputSchema.parse({ series, target: { t: 2030, y: 34 } })).band).toBe("cloud");
  });

  it.each([2014, 2015, 2016])("11.2.a energy used by freight transport, 85 by 2030 (2005 = 100): storm in %i", (year) => {
    const series = freight.filter((p) => p.t <= year);
    expect(weather.judge(methodInputSchema.parse({ direction: "decrease", series, target: { t: 2030, y: 85 } })).band).toBe("storm");
  });

  // The rule's own four sentences on targets to be kept every year; the same rule holds where a dated target is already reached.
  it.each([
    ["reached, no setback in sight", [80, 81, 82, 83, 84, 85], "sun", "held"],
    ["reached, the trend points to a setback", [90, 89, 88, 87, 86, 85], "partly cloudy", "slipping"],
    ["not reached, not moving away", [70, 71, 72, 73, 74, 75], "cloud", "recovering"],
    ["not reached, moving away", [79, 78, 77, 76, 75, 74], "storm", "broken"],
  ])("targets to be kept: %s", (_case, values, symbol, band) => {
    const input = methodInputSchema.parse({ series: yearly(2015, values), target: { t: 2023, y: 80 } });
    expect(maintain.judge(input).band).toBe(band);
    expect(weather.judge(input).band).toBe(symbol);
  });
});
