import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forgetsAfterAWeek, recordsBeforeSending, resendsUnknown, writesWithoutCondition } from "./broken-ledgers.ts";
import type { DynamoServer } from "./dynamo-line.ts";
import { runSeed } from "./run-seed.ts";
import { openSimulationTable, simulateSeeds } from "./simulate-seeds.ts";

/** Some ten seconds; the tests of all files at once share two cores. */
const timeout = 300_000;

let dynamo: DynamoServer & { stop(): Promise<void> };
beforeAll(async () => {
  dynamo = await openSimulationTable();
});
afterAll(() => dynamo.stop());

describe("two hundred schedules of faults", { timeout }, () => {
  it("end with no mail twice, none lost and every one accounted for", async () => {
    const { totals, failures, faults } = await simulateSeeds({ from: 1, seeds: 200, dynamo });
    expect(failures.map(({ seed, problems }) => ({ seed, problems }))).toEqual([]);
    expect(totals).toMatchObject({ seeds: 200, duplicates: 0, lost: 0 });
    // That it was worth anything: workers died, mails were in doubt, and the repair run had something to do.
    expect(faults.get("crash after: mailer.send")).toBeGreaterThan(0);
    expect(totals.unknown).toBeGreaterThan(10);
    expect(totals.repaired).toBeGreaterThan(50);
    expect(totals.accepted).toBeGreaterThan(300);
  });

  it("are the same each time they are played", async () => {
    const play = async (series: string) => {
      const lines: string[] = [];
      await runSeed({ seed: 7, dynamo, series, trace: (line) => lines.push(line.replaceAll(series, "the series")) });
      return lines;
    };
    const first = await play("monthly-once");
    expect(first.length).toBeGreaterThan(20);
    expect(await play("monthly-again")).toEqual(first);
  });
});

describe("a broken ledger", { timeout }, () => {
  it.each([
    ["writes without a condition", writesWithoutCondition, /accepted a second time/],
    ["sends what is UNKNOWN again", resendsUnknown, /accepted a second time|end is not known|was claimed 2 times/],
    ["forgets its rows after a week", forgetsAfterAWeek, /accepted a second time|end is not known/],
    ["records a mail before it is sent", recordsBeforeSending, /is lost/],
  ])("that %s is caught within 100 schedules", async (name, makeLedger, expected) => {
    const caught: string[] = [];
    const { failures } = await simulateSeeds({
      from: 1,
      seeds: 100,
      dynamo,
      series: name.replaceAll(" ", "-").toLowerCase(),
      makeLedger,
      onSeed: ({ problems }) => {
        caught.push(...problems);
        return !problems.some((problem) => expected.test(problem));
      },
    });
    expect(failures.length).toBeGreaterThan(0);
    expect(caught.join("\n")).toMatch(expected);
  });
});
