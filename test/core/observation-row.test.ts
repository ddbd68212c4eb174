import { describe, expect, it } from "vitest";
import { type Metric, metricSchema } from "../../functions/core/metric.ts";
import { readObservationRow } from "../../functions/core/observation-row.ts";

const income: Metric = metricSchema.parse({
  id: "income",
  name: { en: "Income" },
  unit: { id: "£ million", measure: "GBP", mult: 6 },
  direction: "increase",
  frequency: "A",
  shape: "level",
  priceBasis: "current",
  definition: { en: "What came in" },
  definitions: [{ id: "gross", name: { en: "Gross" } }],
});
const metrics = new Map([[income.id, income]]);
const areas = new Set(["Harbourton"]);

const row = {
  METRIC: "income",
  REF_AREA: "Harbourton",
  TIME_PERIOD: "2024",
  OBS_VALUE: "36.4",
  UNIT_MEASURE: "£ million",
  UNIT_MULT: "0",
  OBS_STATUS: "A",
  KNOWN_SINCE: "2025-05-16",
  SOURCE_TITLE: "Accounts",
  SOURCE_URL: "https://example.org/accounts",
  SOURCE_QUOTE: "36.4",
  COMMENT: "",
};

function read(change: Partial<Record<string, string>>) {
  return readObservationRow({ ...row, ...change } as Record<string, string>, metrics, areas);
}

describe("a row of figures", () => {
  it("is read into an observation; what is left empty is left out", () => {
    expect(read({})).toEqual({
      ok: true,
      observation: {
        metric: "income",
        refArea: "Harbourton",
        period: "2024",
        value: 36.4,
        decimals: 1,
        unit: "£ million",
        status: "A",
        knownSince: "2025-05-16",
        source: { title: "Accounts", url: "https://example.org/accounts", quote: "36.4", rank: "original" },
      },
    });
  });

  it.each([
    ["GBP", "6", "36.4", 36.4, 1],
    ["GBP", "9", "0.0364", 36.4, 1],
    ["GBP", "3", "36400", 36.4, 3],
    ["£ million", "3", "2.5", 2500, -2],
    ["GBP", "0", "-36400000", -36.4, 6],
  ])("in %s × 10^%s, %s is %d million with the digits that were published", (UNIT_MEASURE, UNIT_MULT, OBS_VALUE, value, decimals) => {
    expect(read({ UNIT_MEASURE, UNIT_MULT, OBS_VALUE })).toMatchObject({ ok: true, observation: { value, decimals, unit: "£ million" } });
  });

  it("moves the point without the errors of binary fractions", () => {
    expect(read({ OBS_VALUE: "260.6", UNIT_MULT: "1" })).toMatchObject({ observation: { value: 2606 } });
  });

  it("has no value where the status says missing, and only there", () => {
    expect(read({ OBS_STATUS: "M", OBS_VALUE: "" })).toMatchObject({ ok: true, observation: { value: null, status: "M" } });
    expect(read({ OBS_STATUS: "M", OBS_VALUE: "0" })).toMatchObject({ problems: [{ field: "OBS_VALUE" }] });
    expect(read({ OBS_VALUE: "" })).toMatchObject({ problems: [{ field: "OBS_VALUE", message: expect.stringContaining("missing") }] });
  });

  it.each([
    ["2,590", '"2,590" is not a number (write 2590)'],
    ["2，590", '"2，590" is not a number (write 2590)'],
    ["1e3", '"1e3" is not a number'],
    ["0x10", '"0x10" is not a number'],
    ["二千", '"二千" is not a number'],
    ["NaN", '"NaN" is not a number'],
    ["Infinity", '"Infinity" is not a number'],
    ["7.3%", '"7.3%" is not a number'],
  ])("%s is no number", (OBS_VALUE, message) => {
    expect(read({ OBS_VALUE })).toEqual({ ok: false, problems: [{ field: "OBS_VALUE", message }] });
  });

  it.each([
    ["METRIC", "gdpp"],
    ["REF_AREA", "Nowhere"],
    ["TIME_PERIOD", "2024-13"],
    ["UNIT_MEASURE", "EUR"],
    ["UNIT_MULT", "6.5"],
    ["OBS_STATUS", "X"],
    ["KNOWN_SINCE", "2025-02-30"],
    ["SOURCE_TITLE", ""],
    ["SOURCE_URL", "javascript:alert(1)"],
    ["SOURCE_QUOTE", ""],
    ["SOURCE_RANK", "hearsay"],
    ["DEFINITION", "net"],
  ])("names the column %s when it says %j", (field, value) => {
    expect(read({ [field]: value })).toMatchObject({ ok: false, problems: [{ field }] });
  });

  it("tells every problem of the row at once", () => {
    const result = read({ METRIC: "gdpp", REF_AREA: "Nowhere", OBS_VALUE: "many" });
    expect(result).toMatchObject({ problems: [{ field: "METRIC" }, { field: "REF_AREA" }, { field: "OBS_VALUE" }] });
  });
});
