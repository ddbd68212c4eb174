import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { writeObservationsCsv } from "../../functions/render-briefing/observations-csv.ts";
import { composeSample } from "../support/compose-sample.ts";
import { aCommitment, aMetric, anObservation, aRegister } from "../support/register-builder.ts";

const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };
const source = (title: string) => ({ source: { title, url: "https://example.org/a", quote: "a", rank: "original" } });

function write(observations: Parameters<typeof aRegister>[0]["observations"]): string {
  const briefing = composeSample(aRegister({ commitments: [aCommitment({ target })], observations: observations ?? [] }), {
    asOf: "2018-12-31",
  });
  return Buffer.from(writeObservationsCsv(briefing)).toString("utf8");
}

describe("the figures beside a briefing", () => {
  it("are a table with SDMX's column names, every figure with its source, those that lost included", () => {
    const text = write([anObservation("2017", "99", { status: "E" }), anObservation("2017", "120.50", { knownSince: "2018-11-20" })]);
    const rows = parse<Record<string, string>>(text, { columns: true, bom: true });
    expect(
      rows.map((r) => [r["METRIC"], r["REF_AREA"], r["TIME_PERIOD"], r["OBS_VALUE"], r["OBS_STATUS"], r["KNOWN_SINCE"], r["ROLE"]]),
    ).toEqual([
      ["output", "Testtown", "2017", "120.50", "A", "2018-11-20", "decides"],
      ["output", "Testtown", "2017", "99", "E", "2018-01-15", "superseded"],
    ]);
    expect(rows[0]).toMatchObject({ SOURCE_TITLE: "Fictional gazette", SOURCE_URL: "https://example.org/gazette", UNIT_MEASURE: "t" });
  });

  it("say of the figure that decided that it did, though another one is the period's best", () => {
    const definitions = ["new", "old"].map((id) => ({ id, name: { en: id } }));
    const commitments = [aCommitment({ target: { ...target, definition: "old" } })];
    const figures = [anObservation("2017", "120", { definition: "new" }), anObservation("2017", "90", { status: "P", definition: "old" })];
    const register = aRegister({ commitments, metrics: [aMetric({ definitions })], observations: figures });
    const text = Buffer.from(writeObservationsCsv(composeSample(register, { asOf: "2018-12-31" }))).toString("utf8");
    const rows = parse<Record<string, string>>(text, { columns: true, bom: true });
    expect(rows.map((r) => [r["OBS_VALUE"], r["DEFINITION"], r["ROLE"]])).toEqual([
      ["120", "new", "shown"],
      ["90", "old", "decides"],
    ]);
  });

  it("begin with a byte order mark and end their lines as RFC 4180 says, so that a spreadsheet reads Chinese", () => {
    const text = write([anObservation("2017", "120")]);
    expect(text.startsWith("\uFEFFMETRIC,")).toBe(true);
    expect(text.endsWith("\r\n")).toBe(true);
  });

  it.each(["=1+1", "+1", "@SUM(A1)", "-cmd", "\t=1", "＝1+1", '=HYPERLINK("http://evil.example","x")'])(
    "do not run %j as a formula",
    (title) => {
      const rows = parse<Record<string, string>>(write([anObservation("2017", "120", source(title))]), { columns: true, bom: true });
      expect(rows[0]?.["SOURCE_TITLE"]).toBe(`'${title}`);
    },
  );

  it("leave a negative number a number", () => {
    const rows = parse<Record<string, string>>(write([anObservation("2017", "-3.50")]), { columns: true, bom: true });
    expect(rows[0]?.["OBS_VALUE"]).toBe("-3.50");
  });
});
