import { describe, expect, it } from "vitest";
import { readOfficeFolder } from "../../functions/adapters/office-folder/office-folder.ts";
import { listEditions } from "../../functions/core/edition.ts";
import { MailThrottledError, StoreError } from "../../functions/core/errors.ts";
import { type RunWorld, useRunWorlds } from "../support/run-world.ts";
import { Killed } from "../support/state-machine/state-error.ts";
import { aSubscription } from "../support/subscription-builder.ts";

const zhangjiagang = new URL("../../data", import.meta.url).pathname;
const input = { series: "monthly", period: "2026-03" };
const name = "monthly-2026-03-r1";

const aWorld = useRunWorlds({
  editions: ["full", "one-page"],
  subscriptions: [aSubscription({ id: "mayor", editions: ["full", "one-page"] }), aSubscription({ id: "works", editions: ["full"] })],
});

const everyMail = ["monthly_2026-03_r1_full-en_mayor", "monthly_2026-03_r1_full-en_works", "monthly_2026-03_r1_one-page-en_mayor"];

const mailsOf = (world: RunWorld) => world.accepted.map(({ deliveryId }) => deliveryId).toSorted();

/** Whatever went wrong on the way: each edition is in the archive, and each mail was accepted once. */
async function expectWhole(world: RunWorld): Promise<void> {
  const documents = (await world.archive.list("briefings/")).filter((key) => key.endsWith(".pdf"));
  expect(documents).toEqual([
    "briefings/harbourton/monthly-2026-03-r1/full-en.pdf",
    "briefings/harbourton/monthly-2026-03-r1/one-page-en.pdf",
  ]);
  expect(mailsOf(world)).toEqual(everyMail);
  expect(await world.runs.ofPeriod("monthly", "2026-03")).toMatchObject([{ revision: 1, state: "issued", issued: 2, failed: [] }]);
}

describe("an event that comes twice", () => {
  it.each(["first", "last"] as const)("does nothing twice when every step is delivered twice and the %s answer counts", async (counts) => {
    const world = await aWorld();
    world.faults.hooks = { duplicate: () => counts };
    expect((await world.machine.startExecution({ name, input })).status).toBe("SUCCEEDED");
    await expectWhole(world);
  });

  it("does nothing twice when two executions of the same month run at once", async () => {
    const world = await aWorld();
    const executions = await Promise.all(["a", "b", "c"].map((other) => world.machine.startExecution({ name: `${name}-${other}`, input })));
    // One whose mail another is sending at that moment may end incomplete, and says so; a redrive then finds nothing to do.
    for (const { name: failed } of executions.filter(({ status }) => status === "FAILED")) {
      expect((await world.machine.redrive(failed)).status).toBe("SUCCEEDED");
    }
    await expectWhole(world);
  });
});

/** Every arrow of an undisturbed run, and the two sides of the step it leads to: before it did anything, and after, when its answer is lost. */
async function listArrows(): Promise<string[]> {
  const world = await aWorld();
  const arrows = new Set<string>();
  world.faults.hooks = { onArrow: (from, to, { when }) => void arrows.add(`${from} → ${to} ${when}`) };
  await world.machine.startExecution({ name, input });
  return [...arrows];
}

describe("a step that is killed", () => {
  it("at any arrow, once, is made good by the workflow itself or by one redrive, and nothing is done twice", async () => {
    const arrows = await listArrows();
    expect(arrows.length).toBeGreaterThan(20);
    for (const arrow of arrows) {
      const world = await aWorld();
      let killed = 0;
      world.faults.hooks = {
        onArrow: (from, to, { when }) => {
          if (`${from} → ${to} ${when}` === arrow && killed++ === 0) throw new Killed();
        },
      };
      const execution = await world.machine.startExecution({ name, input });
      if (execution.status === "FAILED") expect((await world.machine.redrive(name)).status, arrow).toBe("SUCCEEDED");
      await expectWhole(world);
    }
  });

  it("for good leaves a run that fails, and a redrive that mends it, at every arrow", async () => {
    for (const arrow of await listArrows()) {
      const world = await aWorld();
      let down = true;
      world.faults.hooks = {
        onArrow: (from, to, { when }) => {
          // Past every Retry and Catch, as when Step Functions itself gives an execution up.
          if (down && `${from} → ${to} ${when}` === arrow) throw new Killed("States.Runtime");
        },
      };
      const execution = await world.machine.startExecution({ name, input });
      down = false;
      if (execution.status === "FAILED") expect((await world.machine.redrive(name)).status, arrow).toBe("SUCCEEDED");
      await expectWhole(world);
    }
  });
});

describe("a service that is busy", () => {
  it("is asked again until the mail is taken, and the mail is taken once", async () => {
    const world = await aWorld();
    const refusals = new Map<string, number>();
    world.faults.mail = ({ deliveryId }) => {
      const before = refusals.get(deliveryId) ?? 0;
      refusals.set(deliveryId, before + 1);
      if (before < 3) throw new MailThrottledError("Maximum sending rate exceeded.");
    };
    expect((await world.machine.startExecution({ name, input })).status).toBe("SUCCEEDED");
    await expectWhole(world);
  });

  it("that stays busy leaves an incomplete run that names the number of mails, and a redrive sends them", async () => {
    const world = await aWorld();
    world.faults.mail = () => {
      throw new MailThrottledError("Daily message quota exceeded.");
    };
    const execution = await world.machine.startExecution({ name, input });
    expect(execution).toMatchObject({ status: "FAILED", error: "RunIncompleteError" });
    expect(execution.cause).toContain("mails not sent: 3");
    world.faults.mail = () => {};
    expect((await world.machine.redrive(name)).status).toBe("SUCCEEDED");
    await expectWhole(world);
  });

  it("does not keep the archive from being written a little later", async () => {
    const world = await aWorld();
    const refused = new Set<string>();
    world.faults.put = (key) => {
      // The plan's first three writes, then each document's first.
      if (refused.has(key) || (refused.size >= 3 && !key.endsWith(".pdf"))) return;
      refused.add(key);
      throw new StoreError("SlowDown: Please reduce your request rate.");
    };
    expect((await world.machine.startExecution({ name, input })).status).toBe("SUCCEEDED");
    await expectWhole(world);
  });
});

describe("one edition among fifty that cannot be printed", () => {
  it("keeps none of the 49 from its reader; the run says which failed and why; a redrive mends it and sends nothing twice", async () => {
    const { office } = await readOfficeFolder(zhangjiagang);
    const fifty = listEditions(office)
      .slice(0, 50)
      .map(({ id }) => id);
    const readers = fifty.map((edition) => aSubscription({ id: `reader-of-${edition.toLowerCase()}`, editions: [edition] }));
    const world = await aWorld({
      office: zhangjiagang,
      editions: fifty,
      subscriptions: readers,
      startsAt: "2021-12-03T00:00:00Z",
      timeZone: "Asia/Shanghai",
    });
    const month = { name: "monthly-2021-11-r1", input: { series: "monthly", period: "2021-11" } };
    world.faults.poison = ["Finance authority"];
    const execution = await world.machine.startExecution(month);
    const record = async () => (await world.runs.ofPeriod("monthly", "2021-11"))[0];
    const planned = (await record())?.planned ?? 0;
    expect(planned).toBe(50);
    expect(execution).toMatchObject({ status: "FAILED", error: "RunIncompleteError" });
    expect(execution.cause).toMatch(/owner-finance-en: LayoutError: .*cannot be laid out/);
    expect(await record()).toMatchObject({
      state: "incomplete",
      issued: 49,
      failed: [{ edition: "owner-finance-en", error: "LayoutError" }],
    });
    expect(world.accepted).toHaveLength(49);
    const before = world.printed.length;

    expect(await world.machine.redrive(month.name)).toMatchObject({ status: "FAILED", error: "RunIncompleteError" });
    expect([world.printed.length, world.accepted.length]).toEqual([before, 49]);

    world.faults.poison = [];
    expect((await world.machine.redrive(month.name)).status).toBe("SUCCEEDED");
    expect(await record()).toMatchObject({ state: "issued", issued: 50, failed: [] });
    expect(new Set(mailsOf(world)).size).toBe(50);
    expect([world.printed.length, world.accepted.length]).toEqual([before + 1, 50]);
  });
});
