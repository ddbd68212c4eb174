import { describe, expect, it } from "vitest";
import { assessRegister } from "../../functions/core/assessment/assess-register.ts";
import type { Register } from "../../functions/core/ports.ts";
import { monthsBetween, replayRegister } from "../../functions/core/replay-register.ts";
import { aCommitment, aMetric, anEvidence, anObservation, aRegister, showMessage } from "../support/register-builder.ts";

function replay(register: Register, from: string, to: string) {
  const assess = (known: Register, asOf: string) => assessRegister(known, asOf, "en", showMessage);
  return replayRegister(register, from, to, assess, { locale: "en", translate: showMessage });
}

/** The figures of the replay as `month kind value against`. */
function figuresOf(register: Register, from: string, to: string): string[] {
  return replay(register, from, to).flatMap((m) =>
    m.figures.map((f) => `${m.month} ${f.kind} ${f.figure.period} ${f.figure.value} ${f.against?.value ?? "–"}`),
  );
}

describe("a replay", () => {
  const plan = aCommitment({ kind: "deadline-or-plan", programmes: ["works"] });
  const evidence = [
    anEvidence("2017-11-01", "planned", { due: "2017" }),
    anEvidence("2018-02-10", "done"),
    anEvidence("2018-02-11", "has output"),
  ];

  it("has every month with its last day, and in the first only counts", () => {
    const months = replay(aRegister({ commitments: [plan], evidence }), "2017-11", "2018-03");
    expect(months.map((m) => [m.month, m.asOf])).toEqual([
      ["2017-11", "2017-11-30"],
      ["2017-12", "2017-12-31"],
      ["2018-01", "2018-01-31"],
      ["2018-02", "2018-02-28"],
      ["2018-03", "2018-03-31"],
    ]);
    expect(months[0]).toMatchObject({ counts: { "on track": 1, watch: 0 }, changes: [], figures: [] });
    expect(months.map((m) => m.changes.length)).toEqual([0, 0, 1, 1, 0]);
  });

  it("tells what passed by time from what was done", () => {
    const changes = replay(aRegister({ commitments: [plan], evidence }), "2017-11", "2018-03").flatMap((m) => m.changes);
    expect(changes).toMatchObject([
      { from: { verdict: "published" }, to: { verdict: "overdue" }, causes: ["time"] },
      { from: { verdict: "overdue" }, to: { verdict: "done late" }, causes: ["evidence"] },
    ]);
  });

  it("lists what a speech brings in the month of the speech, unless that is the first", () => {
    const register = aRegister({ commitments: [plan], evidence });
    expect(replay(register, "2017-10", "2017-11")[1]?.changes).toMatchObject([{ from: null, cause: "register" }]);
    expect(replay(register, "2017-11", "2017-11")[0]?.changes).toEqual([]);
  });

  it("has the same counts at a month's end wherever it begins", () => {
    const register = aRegister({ commitments: [plan], evidence });
    expect(replay(register, "2018-01", "2018-01")[0]?.counts).toEqual(replay(register, "2017-11", "2018-01")[2]?.counts);
  });
});

describe("the figures of a replay", () => {
  it("tell a first figure from a revision, from one that loses and from one that only repeats", () => {
    const observations = [
      anObservation("2017", "2590", { status: "E", knownSince: "2018-01-03" }),
      anObservation("2017", "2606", { knownSince: "2018-11-20" }),
      anObservation("2017", "2600", { status: "P", knownSince: "2018-12-05" }),
      anObservation("2017", "2606", { knownSince: "2019-06-04" }),
    ];
    expect(figuresOf(aRegister({ observations }), "2017-12", "2019-06")).toEqual([
      "2018-01 new figure 2017 2590 –",
      "2018-11 revised figure 2017 2606 2590",
      "2018-12 outranked figure 2017 2600 2606",
      "2019-06 confirmed figure 2017 2606 2606",
    ]);
  });

  it("show a break where a year is published under a definition that the year before does not compare with", () => {
    const metrics = [
      aMetric({
        definitions: [
          { id: "before the census", name: { en: "Before the census" } },
          { id: "after the census", name: { en: "After the census" } },
        ],
      }),
    ];
    const observations = [
      anObservation("2019", "2850", { status: "E", definition: "before the census" }),
      anObservation("2020", "2687", { definition: "after the census" }),
      anObservation("2021", "3030", { definition: "after the census" }),
      anObservation("2022", "3100", { definition: "after the census", status: "B" }),
    ];
    expect(figuresOf(aRegister({ metrics, observations }), "2019-12", "2023-01")).toEqual([
      "2020-01 new figure 2019 2850 –",
      "2021-01 break in series 2020 2687 2850",
      "2022-01 new figure 2021 3030 –",
      "2023-01 break in series 2022 3100 3030",
    ]);
  });

  it("follow within a month the order of days, and leave out what has no value or was known before", () => {
    const observations = [
      anObservation("2017", "2606", { knownSince: "2018-01-20" }),
      anObservation("2017", "2590", { status: "E", knownSince: "2018-01-03" }),
      anObservation("2016", "2300", { knownSince: "2017-12-31" }),
      { ...anObservation("2015", "0", { knownSince: "2018-01-09" }), status: "M" as const, value: null },
    ];
    expect(figuresOf(aRegister({ observations }), "2017-12", "2018-01")).toEqual([
      "2018-01 new figure 2017 2590 –",
      "2018-01 revised figure 2017 2606 2590",
    ]);
  });

  it("name the commitments that they decide: of a target for one year that year's figure, of a proxy all", () => {
    const target = { metric: "output", comparator: ">", value: 1, unit: "t", period: "2018" };
    const commitments = [
      aCommitment({ id: "year", target }),
      aCommitment({ id: "way", kind: "directional-commitment", proxy: { metric: "output" } }),
      aCommitment({ id: "model", kind: "benchmark", benchmark: { refArea: "Otherton", metric: "output" } }),
    ];
    const observations = [
      anObservation("2017", "1"),
      anObservation("2018", "2"),
      anObservation("2018", "3", { refArea: "Otherton", knownSince: "2019-01-16" }),
    ];
    const events = replay(aRegister({ commitments, observations }), "2017-12", "2019-01").flatMap((m) => m.figures);
    expect(events.map((e) => e.commitments)).toEqual([["way", "model"], ["year", "way", "model"], ["model"]]);
  });

  it("do not name a commitment that nobody had made by then", () => {
    const way = aCommitment({ kind: "directional-commitment", proxy: { metric: "output" } });
    const register = aRegister({ commitments: [way], observations: [anObservation("2015", "1")] });
    expect(replay(register, "2015-12", "2016-01")[1]?.figures).toMatchObject([{ commitments: [] }]);
  });
});

describe("months between two months", () => {
  it("cross the year and include both ends", () => {
    expect(monthsBetween("2017-11", "2018-02")).toEqual(["2017-11", "2017-12", "2018-01", "2018-02"]);
    expect(monthsBetween("2018-02", "2018-02")).toEqual(["2018-02"]);
    expect(monthsBetween("2018-03", "2018-02")).toEqual([]);
  });
});
