import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFolderArchive } from "../../functions/adapters/archive/folder-archive.ts";
import { sha256 } from "../../functions/adapters/content-hash.ts";
import { type OpenRegisterStore, openRegisterStore } from "../../functions/adapters/dynamo/open-register-store.ts";
import type { Register } from "../../functions/core/ports.ts";
import { type PlanRunInput, planRun } from "../../functions/plan-run/plan-run.ts";
import { aCommitment, anObservation, aRegister, showMessage } from "../support/register-builder.ts";

let dir: string;
let open: OpenRegisterStore;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "plan-"));
  open = await openRegisterStore({ dbPath: join(dir, "db.sqlite") }, "register");
});
afterEach(async () => {
  await open.close();
  await rm(dir, { recursive: true });
});

const english = { scope: "full", locale: "en", id: "full-en" } as const;
const january: PlanRunInput = { series: "monthly", period: "2018-01", asOf: "2018-01-31", editions: [english] };
const target = { metric: "output", comparator: ">", value: 100, unit: "t", period: "2017" };
const register = aRegister({ commitments: [aCommitment({ target })], observations: [anObservation("2017", "99")] });

async function plan(from: Register, input = january, programDigest = "program-1") {
  await open.store.load(from);
  const archive = createFolderArchive(join(dir, "archive"));
  const result = await planRun(input, {
    store: open.store,
    archive,
    messages: { en: showMessage, "zh-CN": showMessage },
    digest: sha256,
    programDigest,
  });
  return { ...result, archive };
}

describe("planning a run", () => {
  it("freezes one model an edition under the run's name", async () => {
    const { run, editions, archive } = await plan(register);
    expect(run).toEqual({ series: "monthly", period: "2018-01", revision: 1 });
    expect(await archive.list("briefings/")).toEqual([
      "briefings/testtown/monthly-2018-01-r1/full-en.json",
      "briefings/testtown/monthly-2018-01-r1/run.json",
    ]);
    const frozen = await archive.get(editions[0]?.modelKey ?? "");
    expect(JSON.parse(Buffer.from(frozen ?? []).toString())).toEqual(editions[0]?.briefing);
  });

  it("finds its revision again when nothing changed that could be known, and counts on when something did", async () => {
    expect((await plan(register)).run.revision).toBe(1);
    expect((await plan(register)).run.revision).toBe(1);
    const future = { ...register, observations: [...register.observations, anObservation("2018", "120")] };
    expect((await plan(future)).run.revision).toBe(1);
    const corrected = { ...register, observations: [anObservation("2017", "101")] };
    expect((await plan(corrected)).run.revision).toBe(2);
    expect((await plan(register)).run.revision).toBe(1);
    expect((await plan(register, january, "program-2")).run.revision).toBe(3);
  });

  it("adds an edition to the revision it belongs to", async () => {
    await plan(register);
    const both = await plan(register, { ...january, editions: [english, { scope: "full", locale: "zh-CN", id: "full-zh-CN" }] });
    expect(both.editions.map((e) => e.documentKey)).toEqual([
      "briefings/testtown/monthly-2018-01-r1/full-en.pdf",
      "briefings/testtown/monthly-2018-01-r1/full-zh-CN.pdf",
    ]);
  });

  it("says from the second revision on which issue each edition takes the place of: the last that was issued", async () => {
    const publish = async ({ archive, editions }: Awaited<ReturnType<typeof plan>>) => {
      for (const { documentKey } of editions) await archive.put(documentKey, Buffer.from("%PDF"), "application/pdf");
    };
    const superseded = ({ editions }: Awaited<ReturnType<typeof plan>>) => editions.map(({ briefing }) => briefing.supersedes?.run);
    const chinese = { scope: "full", locale: "zh-CN", id: "full-zh-CN" } as const;
    const first = await plan(register);
    expect(first.editions[0]?.briefing).not.toHaveProperty("supersedes");
    await publish(first);
    // The second is planned and never printed, so nobody has it.
    const second = await plan({ ...register, observations: [anObservation("2017", "101")] });
    expect(superseded(second)).toEqual(["monthly-2018-01-r1"]);
    const both = { ...january, asOf: "2018-02-03", editions: [english, chinese] };
    const third = await plan({ ...register, observations: [anObservation("2017", "102")] }, both);
    expect(superseded(third)).toEqual(["monthly-2018-01-r1", undefined]);
    expect(third.editions[0]?.briefing.supersedes).toMatchObject({ revision: 1, asOf: "2018-01-31" });
    // Printed meanwhile, the second changes nothing in what the third says of itself.
    await publish(second);
    expect(superseded(await plan({ ...register, observations: [anObservation("2017", "102")] }, both))).toEqual(superseded(third));
    await publish(third);
    const fourth = await plan({ ...register, observations: [anObservation("2017", "103")] }, both);
    expect(superseded(fourth)).toEqual(["monthly-2018-01-r3", "monthly-2018-01-r3"]);
    expect(fourth.editions[0]?.briefing.supersedes?.asOf).toBe("2018-02-03");
  });

  it("knows neither speeches nor figures of a later day", async () => {
    const before = await plan(register, { ...january, asOf: "2017-11-16" });
    expect(before.editions[0]?.briefing).toMatchObject({ speeches: [], themes: [] });
    const early = await plan(register, { ...january, asOf: "2018-01-14" });
    expect(early.editions[0]?.briefing.cannotJudge[0]?.verdict).toBe("no data");
  });
});
