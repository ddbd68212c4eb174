import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDynamoRegisterStore } from "../../functions/adapters/dynamo/dynamo-register-store.ts";
import { createDynamoSubscriptionStore } from "../../functions/adapters/dynamo/dynamo-subscription-store.ts";
import { readOfficeFolder } from "../../functions/adapters/office-folder/office-folder.ts";
import { type Cloud, startCloud } from "../support/cloud.ts";
import { aSubscription } from "../support/subscription-builder.ts";

const office = new URL("../offices/harbourton", import.meta.url).pathname;

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud("2026-04-14T00:00:00Z");
  const { stacks, dynamo } = cloud;
  await createDynamoRegisterStore(dynamo, stacks.tableName).load(await readOfficeFolder(office));
  await createDynamoSubscriptionStore(dynamo, stacks.tableName).load([
    aSubscription({ id: "mayor", editions: ["full", "one-page"] }),
    aSubscription({ id: "treasurer", editions: ["full"] }),
  ]);
});
afterAll(() => cloud?.stop());

describe("a month on the bundles", () => {
  it("goes from the schedule's event to documents in S3 and mails at SES", async () => {
    const answer = await cloud.invoke("start-run", { trigger: "monthly", at: "2026-04-01T00:00:00Z" });
    expect(answer).toEqual({ started: ["monthly-2026-03-r1"], known: [] });
    const execution = await cloud.started.get("monthly-2026-03-r1");
    console.log(JSON.stringify(execution?.history.slice(-3)), cloud.log("plan-run").slice(-3000), cloud.log("check-readiness").slice(-1000), cloud.log("render-briefing").slice(-2000));
    expect(execution).toMatchObject({ status: "SUCCEEDED" });
    console.log(await cloud.archive.list("briefings/"), await cloud.mails());
  });
});
