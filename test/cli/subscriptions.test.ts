import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFolderArchive } from "../../functions/adapters/archive/folder-archive.ts";
import { createDynamoDeliveryLedger } from "../../functions/adapters/dynamo/dynamo-delivery-ledger.ts";
import { createDynamoSubscriptionStore } from "../../functions/adapters/dynamo/dynamo-subscription-store.ts";
import { ensureTable } from "../../functions/adapters/dynamo/dynamo-table.ts";
import { startEmbeddedDynamo } from "../../functions/adapters/dynamo/embedded-dynamo.ts";
import { openRegisterStore } from "../../functions/adapters/dynamo/open-register-store.ts";
import { freezeModel } from "../../functions/core/briefing/frozen-model.ts";
import { editionKeys, parseRunName } from "../../functions/core/briefing-keys.ts";
import { juneIssue, pdf } from "../support/delivery-world.ts";
import { copyHarbourton, type OfficeCopy } from "../support/office-copy.ts";
import { runBiaogan } from "../support/run-biaogan.ts";

const run = "monthly-2026-06-r1";
const since = "2026-07-03T01:00:00.000Z";

let office: OfficeCopy;
let store: string;
beforeEach(async () => {
  office = await copyHarbourton();
  store = await mkdtemp(join(tmpdir(), "biaogan-subscriptions-"));
});
afterEach(async () => {
  await office.remove();
  await rm(store, { recursive: true });
});

const biaogan = (args: readonly string[], env: Record<string, string> = {}) =>
  runBiaogan([...args, "--data", office.dir, "--store", store], { env: { BIAOGAN_MAIL_FROM: "briefing@harbourton.example", ...env } });
const readStore = () => openRegisterStore({ dbPath: join(store, "db", "harbourton.sqlite") }, "biaogan-harbourton");

describe("biaogan subscriptions", () => {
  it("lists who gets what, and who rests", async () => {
    const { code, stdout } = await biaogan(["subscriptions", "list"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^READER +NAME +ADDRESS +LANGUAGE +EDITIONS +FORM +FROM–UNTIL +STATE\n/);
    expect(stdout).toMatch(/\nmayor +The Mayor \(fictional\) +mayor@harbourton\.example +en +one-page full +attachment +2025-04-01–\n/);
    expect(stdout).toMatch(/\nworks .* 2025-06-01–2026-12-31\n/);
    expect(stdout).toMatch(/\nlibrary .* rests\n$/);
  });

  it("changes the office's folder and the database, and nothing else in the folder", async () => {
    const before = await office.read("subscriptions/readers.yaml");
    expect((await biaogan(["subscriptions", "pause", "mayor"])).stdout).toBe("mayor rests from now on (subscriptions/readers.yaml).\n");
    expect(await office.read("subscriptions/readers.yaml")).toBe(before.replace("list: report\n", "list: report\n  paused: true\n"));
    expect((await biaogan(["subscriptions", "pause", "mayor"])).stdout).toMatch(/^mayor rests already/);
    const open = await readStore();
    expect((await open.subscriptions.get("mayor"))?.paused).toBe(true);
    await open.close();
    expect((await biaogan(["subscriptions", "resume", "mayor"])).stdout).toMatch(/^mayor gets its editions from now on/);
    expect(await office.read("subscriptions/readers.yaml")).toBe(before);
  });

  it("adds nobody twice or with a formula for a name, and says where and what", async () => {
    const before = await office.contents();
    const add = (id: string, name: string) =>
      biaogan([
        "subscriptions",
        "add",
        "--id",
        id,
        "--name",
        name,
        "--address",
        "c@harbourton.example",
        "--edition",
        "full",
        "--from",
        "2026-01-01",
      ]);
    for (const [id, name, told] of [
      ["mayor", "Another", /^subscriptions\/readers\.yaml:\d+ id: the id mayor is already used/],
      ["clerk", "=1+1", /^subscriptions\/readers\.yaml:\d+ name: .*formula/],
    ] as const) {
      const { code, stdout, stderr } = await add(id, name);
      expect([code, stdout, stderr]).toEqual([1, "", expect.stringMatching(told)]);
      expect(stderr).toMatch(/Nothing was changed\.\n$/);
    }
    expect(await office.contents()).toEqual(before);
    expect((await biaogan(["subscriptions", "add", "--id", "clerk"])).stderr).toMatch(/required option '--name <name>'/);
  });

  it("writes to an address that bounced only when a person has cleared it", async () => {
    const archive = createFolderArchive(join(store, "archive"));
    const keys = editionKeys("harbourton", parseRunName(run), "full-en");
    await archive.put(keys.model, freezeModel(juneIssue("full-en")), "application/json");
    await archive.put(keys.document, pdf, "application/pdf");
    const open = await readStore();
    const delivery = "monthly_2026-05_r1_full-en_mayor";
    await open.suppressions.add({ address: "mayor@harbourton.example", cause: "bounced", reason: "no such user", since, delivery });
    await open.close();

    const suppressed = await biaogan(["deliver", "--run", run]);
    expect(suppressed.code).toBe(1);
    expect(suppressed.stderr).toMatch(/biaogan subscriptions clear ID\n {2}mayor full-en: the address bounced for good on 2026-07-03/);
    expect((await biaogan(["deliveries", "--run", run])).stdout).toMatch(/\nmayor +full-en +REJECTED +\S+Z +the address bounced for good/);
    expect((await biaogan(["subscriptions", "list"])).stdout).toMatch(/\nmayor .* bounced on 2026-07-03, not written to\n/);

    expect((await biaogan(["subscriptions", "clear", "mayr"])).stderr).toMatch(
      /^mayr: there is no subscription of this id \(did you mean mayor\?\)/,
    );
    expect((await biaogan(["subscriptions", "clear", "mayor"])).stdout).toBe("mayor is written to again.\n");
    expect((await biaogan(["subscriptions", "clear", "mayor"])).stdout).toMatch(/was not suppressed/);
    const sent = await biaogan(["deliver", "--run", run, "--failed-only"]);
    expect(sent.stdout).toMatch(/\nmayor +mayor@harbourton\.example +full-en +sent +ACCEPTED\n/);
  });
});

describe("a deployed table", () => {
  it("is listed, loaded and cleared by its name", async () => {
    const { endpoint, stop } = await startEmbeddedDynamo({ dbPath: join(store, "cloud.sqlite") });
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const client = new DynamoDBClient({ endpoint, region: "eu-central-1", credentials });
    await ensureTable(client, "biaogan-prod");
    const key = { series: "monthly", period: "2026-06", revision: 1, edition: "full-en", recipient: "mayor" };
    await createDynamoDeliveryLedger(client, "biaogan-prod").move(key, { type: "declined", reason: "the subscription rests", at: since });
    const account = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_ENDPOINT_URL: endpoint };
    const there = (...args: string[]) => biaogan([...args, "--table", "biaogan-prod"], account);

    const listed = await there("deliveries", "--run", run, "--json");
    expect(JSON.parse(listed.stdout)).toMatchObject({
      run,
      counts: { REJECTED: 1 },
      deliveries: [{ recipient: "mayor", changedAt: since }],
    });
    expect((await there("subscriptions", "pause", "treasurer")).code).toBe(0);
    expect((await createDynamoSubscriptionStore(client, "biaogan-prod").get("treasurer"))?.paused).toBe(true);
    expect((await there("subscriptions", "clear", "mayor")).stdout).toMatch(/was not suppressed/);
    const misspelt = await biaogan(["deliveries", "--run", run, "--table", "biaogan-porr"], account);
    expect([misspelt.code, misspelt.stderr]).toEqual([1, expect.stringMatching(/biaogan-porr.*does not exist/)]);
    client.destroy();
    await stop();
  });
});
