import { describe, expect, it } from "vitest";
import { type RunWorld, useRunWorlds } from "../support/run-world.ts";
import { aSubscription } from "../support/subscription-builder.ts";

const input = { series: "monthly", period: "2026-03" };
const name = "monthly-2026-03-r1";

const aWorld = useRunWorlds({
  editions: ["full", "one-page", "theme-money"],
  subscriptions: [aSubscription({ id: "mayor", editions: ["full", "one-page"] }), aSubscription({ id: "treasurer", editions: ["full"] })],
});

const mailsOf = (world: RunWorld) => world.accepted.map(({ deliveryId }) => deliveryId).toSorted();
const states = ({ history }: { history: readonly { state: string; event: string }[] }) =>
  history.filter(({ event }) => /StateEntered$/.test(event)).map(({ state }) => state);
const everyMail = ["monthly_2026-03_r1_full-en_mayor", "monthly_2026-03_r1_full-en_treasurer", "monthly_2026-03_r1_one-page-en_mayor"];

describe("a month", () => {
  it("is issued and mailed, and its record says so", async () => {
    const world = await aWorld();
    const execution = await world.machine.startExecution({ name, input });
    expect(execution).toMatchObject({ status: "SUCCEEDED", output: { state: "complete", issued: 3, delivered: 3 } });
    expect((await world.archive.list("briefings/harbourton/")).filter((key) => key.endsWith(".pdf"))).toEqual([
      "briefings/harbourton/monthly-2026-03-r1/full-en.pdf",
      "briefings/harbourton/monthly-2026-03-r1/one-page-en.pdf",
      "briefings/harbourton/monthly-2026-03-r1/theme-money-en.pdf",
    ]);
    expect(mailsOf(world)).toEqual(everyMail);
    expect(await world.runs.get({ series: "monthly", period: "2026-03", revision: 1 })).toMatchObject({
      state: "issued",
      asOf: "2026-04-14",
      planned: 3,
      issued: 3,
      failed: [],
      deliveries: { ACCEPTED: 3, PENDING: 0, UNKNOWN: 0 },
    });
  });

  it("waits for its figures day by day, and goes out as soon as enough are there", async () => {
    // Of April the council waits for four of five: the year's tax, air and the first quarter's homes are known, the ship calls come on 8 May.
    const april = { series: "monthly", period: "2026-04" };
    const world = await aWorld({ startsAt: "2026-05-01T08:00:00Z", editions: ["full"] });
    const execution = await world.machine.startExecution({ name: "monthly-2026-04-r1", input: april });
    expect(execution.status).toBe("SUCCEEDED");
    expect(await world.runs.ofPeriod("monthly", "2026-04")).toMatchObject([{ asOf: "2026-05-08", state: "issued" }]);
    expect(world.clock.now().toISOString()).toMatch(/^2026-05-08T08:/);
    // From Friday the 1st to Monday the 4th, the second working day; then daily to the 8th.
    expect(states(execution).filter((state) => state === "WaitForData")).toHaveLength(5);
    expect(world.accepted.map(({ subject }) => subject).join()).not.toContain("Provisional");
  });

  it("goes out provisional on the day of the cut-off, and its mail says so", async () => {
    // Of March three of five are known by the tenth working day, Tuesday 14 April: the first quarter's homes come on the 20th.
    const world = await aWorld({ startsAt: "2026-04-01T08:00:00Z", editions: ["full"] });
    expect((await world.machine.startExecution({ name, input })).status).toBe("SUCCEEDED");
    expect(await world.runs.ofPeriod("monthly", "2026-03")).toMatchObject([{ asOf: "2026-04-14", state: "issued" }]);
    expect(world.accepted[0]?.subject).toMatch(/provisional/i);
  });

  it("has no mails to send where nobody subscribes", async () => {
    const world = await aWorld({ subscriptions: [] });
    const execution = await world.machine.startExecution({ name, input });
    expect(execution).toMatchObject({ status: "SUCCEEDED", output: { issued: 3, delivered: 0 } });
    expect(states(execution)).not.toContain("DeliverBriefings");
  });

  it("says which edition the office has not, and issues nothing", async () => {
    const world = await aWorld({ editions: ["full", "theme-zoo"] });
    const execution = await world.machine.startExecution({ name, input });
    expect(execution).toMatchObject({ status: "FAILED", error: "InputError" });
    expect(execution.cause).toContain("EDITIONS theme-zoo: the office has no such edition");
    expect(await world.archive.list("briefings/")).toEqual([]);
  });
});
