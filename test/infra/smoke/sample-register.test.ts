import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDynamoRegisterStore } from "../../../functions/adapters/dynamo/dynamo-register-store.ts";
import { createDynamoSubscriptionStore } from "../../../functions/adapters/dynamo/dynamo-subscription-store.ts";
import { createDynamoSuppressionList } from "../../../functions/adapters/dynamo/dynamo-suppression-list.ts";
import { readOfficeFolder } from "../../../functions/adapters/office-folder/office-folder.ts";
import { loadSample, sampleOffice, unloadSample } from "../../../infra/smoke/sample-register.ts";
import { type EmbeddedTables, startEmbeddedTables } from "../../support/embedded-table.ts";
import { harbourton } from "../../support/office-copy.ts";
import { runBiaogan } from "../../support/run-biaogan.ts";
import { aSubscription } from "../../support/subscription-builder.ts";

let tables: EmbeddedTables;
let table: string;

beforeAll(async () => {
  tables = await startEmbeddedTables();
});
afterAll(() => tables?.stop());
beforeEach(async () => {
  table = await tables.newTable();
});

const register = () => createDynamoRegisterStore(tables.client, table);
const readers = () => createDynamoSubscriptionStore(tables.client, table);

describe("the sample of the smoke test", () => {
  it("is an office that biaogan finds sound", async () => {
    const folder = join(import.meta.dirname, "../../../infra/smoke/sample-office");
    expect(await runBiaogan(["validate", "--data", folder])).toMatchObject({ code: 0 });
  });

  it("goes into an empty table and leaves it empty, also where the last one was broken off", async () => {
    await loadSample(tables.client, table);
    expect(await loadSample(tables.client, table)).toBe("2 commitments, 3 readers at SES's simulator");
    expect((await register().read()).office.id).toBe(sampleOffice);
    expect(await unloadSample(tables.client, table)).toBe(true);
    await expect(register().read()).rejects.toThrow(/is empty/);
    expect(await readers().list()).toEqual([]);
    expect(await unloadSample(tables.client, table)).toBe(false);
  });

  it("sends to the simulator again what the last one had suppressed", async () => {
    const list = createDynamoSuppressionList(tables.client, table);
    const address = "bounce@simulator.amazonses.com";
    const since = "2026-11-25T00:00:00.000Z";
    await list.add({ address, cause: "bounced", reason: "", since, delivery: "smoke-1_2026-03_r1_full-zh-CN_smoke-bounce" });
    await list.add({ address: "li@office.example", cause: "bounced", reason: "", since, delivery: "monthly_2026-03_r1_full-zh-CN_li" });
    await loadSample(tables.client, table);
    expect((await list.list()).map((suppression) => suppression.address)).toEqual(["li@office.example"]);
  });

  it("is not loaded over another office's register, and takes none out", async () => {
    await register().load(await readOfficeFolder(harbourton));
    await expect(loadSample(tables.client, table)).rejects.toThrow(/holds the register of harbourton, which is not touched/);
    await expect(unloadSample(tables.client, table)).rejects.toThrow(/harbourton/);
    expect((await register().read()).office.id).toBe("harbourton");
  });

  it("is not loaded beside another office's readers, and takes none out", async () => {
    await readers().load([aSubscription({ id: "mayor" })]);
    await expect(loadSample(tables.client, table)).rejects.toThrow(/holds 1 readers of somebody else, who are not touched/);
    await expect(unloadSample(tables.client, table)).rejects.toThrow(/somebody else/);
    expect((await readers().list()).map(({ id }) => id)).toEqual(["mayor"]);
  });
});
