import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDynamoRunStore } from "../../functions/adapters/dynamo/dynamo-run-store.ts";
import type { RunStore } from "../../functions/core/ports.ts";
import { type StartRunInput, startRun } from "../../functions/start-run/start-run.ts";
import { type EmbeddedTables, startEmbeddedTables } from "../support/embedded-table.ts";
import { aRunRecord } from "../support/run-record-builder.ts";

let tables: EmbeddedTables;
let runs: RunStore;
let names: Set<string>;

beforeAll(async () => {
  tables = await startEmbeddedTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  runs = createDynamoRunStore(tables.client, await tables.newTable());
  names = new Set();
});

/** Stands for Step Functions, of which only the rule about names matters here; the conformance tests ask an emulator. */
const workflow = {
  start: async (name: string) => {
    if (names.has(name)) return "known" as const;
    names.add(name);
    return "started" as const;
  },
};

const start = (input: Partial<StartRunInput>) =>
  startRun(
    { trigger: "monthly", series: "monthly", today: "2018-02-01", firstPeriod: "2017-11", overdueFrom: 25, ...input },
    { runs, workflow },
  );

describe("starting a month's run", () => {
  it("starts the month that has ended, across a new year too", async () => {
    expect(await start({ today: "2018-01-01" })).toMatchObject({ started: ["monthly-2017-12-r1"] });
  });

  it("starts it once, however often and however close together the event comes", async () => {
    const answers = await Promise.all([start({}), start({}), start({ trigger: "sweep", firstPeriod: "2018-01" })]);
    expect(answers.flatMap(({ started }) => started)).toEqual(["monthly-2018-01-r1"]);
    expect(answers.flatMap(({ known }) => known)).toEqual(["monthly-2018-01-r1", "monthly-2018-01-r1"]);
  });

  it("starts nothing before the first month", async () => {
    expect(await start({ today: "2017-11-01" })).toEqual({ started: [], known: [], overdue: [] });
  });
});

describe("the daily sweep", () => {
  it("starts what was missed in the last three months, and leaves alone what was issued", async () => {
    await runs.put(aRunRecord({ period: "2017-12", state: "issued" }));
    expect(await start({ trigger: "sweep", today: "2018-02-10" })).toMatchObject({
      started: ["monthly-2018-01-r1", "monthly-2017-11-r1"],
    });
  });

  it("does not take an incomplete run for an issued one, nor start it a second time", async () => {
    await runs.put(aRunRecord({ period: "2018-01", state: "incomplete" }));
    names.add("monthly-2018-01-r1");
    expect(await start({ trigger: "sweep", firstPeriod: "2018-01", today: "2018-02-10" })).toEqual({
      started: [],
      known: ["monthly-2018-01-r1"],
      overdue: [],
    });
  });

  it("calls the month before overdue from the day that the stage names, and older ones at once", async () => {
    const sweep = (today: string) => start({ trigger: "sweep", today, firstPeriod: "2017-12" });
    expect((await sweep("2018-02-24")).overdue).toEqual(["2017-12"]);
    expect((await sweep("2018-02-25")).overdue).toEqual(["2018-01", "2017-12"]);
    await runs.put(aRunRecord({ period: "2017-12", state: "incomplete" }));
    await runs.put(aRunRecord({ period: "2017-12", revision: 2, state: "issued" }));
    expect((await sweep("2018-02-25")).overdue).toEqual(["2018-01"]);
  });
});
