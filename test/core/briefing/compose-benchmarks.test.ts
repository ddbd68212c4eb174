import { describe, expect, it } from "vitest";
import { composeBenchmarks } from "../../../functions/core/briefing/compose-benchmarks.ts";
import { SourceList } from "../../../functions/core/briefing/source-list.ts";
import type { Observation } from "../../../functions/core/observation.ts";
import type { Register } from "../../../functions/core/ports.ts";
import { aMetric, anObservation, aRegister, showMessage } from "../../support/register-builder.ts";

const other = (period: string, value: string, parts: object = {}) => anObservation(period, value, { refArea: "Otherton", ...parts });

function tables(observations: Observation[], parts: Partial<Register> = {}, named: string[] = []) {
  const register = aRegister({ observations, ...parts });
  return composeBenchmarks(
    register,
    { places: new Set(named), metrics: new Set(named.length > 0 ? ["output"] : []), onlyNamed: false },
    {
      asOf: "2019-12-31",
      locale: "en",
      translate: showMessage,
      sources: new SourceList(),
    },
  );
}

describe("gap tables", () => {
  it("compare the latest period that both places have, with both sources", () => {
    const own = { source: { title: "Own", url: "https://example.org/own", quote: "70", rank: "original" } };
    const observations = [
      anObservation("2016", "50"),
      other("2016", "100"),
      anObservation("2018", "70.5", own),
      other("2018", "110"),
      other("2019", "120"),
    ];
    expect(tables(observations)).toMatchObject([
      {
        metric: "output",
        rows: [
          {
            area: "Otherton",
            gap: { period: "2018", home: "70.5", homeSource: 1, other: "110", otherSource: 2, difference: "−40", ratio: "0.64" },
          },
        ],
      },
    ]);
  });

  it("refuse different periods, and say which each place has", () => {
    const [table] = tables([anObservation("2016", "50"), other("2017", "100")]);
    expect(table?.rows).toEqual([{ area: "Otherton", refusal: 'gap.no-common-period {"home":"2016","other":"2017"}' }]);
  });

  it("refuse different definitions of one period, and name both", () => {
    const metrics = [
      aMetric({
        definitions: [
          { id: "broad", name: { en: "broad" } },
          { id: "narrow", name: { en: "narrow" } },
        ],
      }),
    ];
    const [table] = tables([anObservation("2016", "50"), other("2016", "100", { definition: "narrow" })], { metrics });
    expect(table?.rows).toEqual([{ area: "Otherton", refusal: 'gap.definitions {"period":"2016","home":"broad","other":"narrow"}' }]);
  });

  it("name a place that was held up as an example although nothing is known of it", () => {
    const register = aRegister({});
    const areas = [...register.office.areas, { id: "Fardorp", name: { en: "Fardorp" }, kind: "place" as const }];
    const office = { ...register.office, areas };
    const rows = tables([anObservation("2016", "50"), other("2016", "100")], { office }, ["Otherton", "Fardorp"])[0]?.rows;
    expect(rows?.map((r) => r.area)).toEqual(["Otherton", "Fardorp"]);
    expect(rows?.[1]).toMatchObject({ refusal: "gap.unknown {}" });
  });

  it("subtract rates of growth and never divide them", () => {
    const [table] = tables([anObservation("2018", "3.9"), other("2018", "0.6")], {
      metrics: [aMetric({ shape: "rate", unit: { id: "%" } })],
    });
    expect(table).toMatchObject({
      unit: "%",
      differenceUnit: "unit.points {}",
      rows: [{ gap: { difference: "3.3", ratio: "gap.no-ratio {}" } }],
    });
  });

  it("subtract ranks and never divide them", () => {
    const metrics = [aMetric({ shape: "rank" })];
    const [table] = tables([anObservation("2018", "3"), other("2018", "1")], { metrics });
    expect(table?.rows).toMatchObject([{ gap: { difference: "2", ratio: "gap.no-ratio {}" } }]);
  });

  it("name the definitions that keep two places apart in the edition's language", () => {
    const definitions = [
      { id: "旧", name: { en: "the old name" } },
      { id: "新", name: { en: "the new name" } },
    ];
    const figures = [anObservation("2018", "3"), other("2018", "1", { definition: "新" })];
    const [table] = tables(figures, { metrics: [aMetric({ definitions })] });
    expect(table?.rows).toMatchObject([{ refusal: expect.stringMatching(/the old name.*the new name/) }]);
  });

  it("leave out organisations, and metrics that only one side has", () => {
    const register = aRegister({});
    const areas = register.office.areas.map((a) => (a.id === "Otherton" ? { ...a, kind: "organisation" as const } : a));
    expect(tables([anObservation("2016", "50"), other("2016", "100")], { office: { ...register.office, areas } })).toEqual([]);
    expect(tables([other("2016", "100")])).toEqual([]);
  });
});
