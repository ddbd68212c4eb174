import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createDynamoDeliveryLedger } from "../../functions/adapters/dynamo/dynamo-delivery-ledger.ts";
import { createDynamoRunStore } from "../../functions/adapters/dynamo/dynamo-run-store.ts";
import { parseRunName } from "../../functions/core/briefing-keys.ts";
import { type Cloud, loadOffice, startCloud } from "../support/cloud.ts";
import type { Fault } from "../support/fault-proxy.ts";
import { Killed } from "../support/state-machine/state-error.ts";
import { aSubscription } from "../support/subscription-builder.ts";

const office = new URL("../offices/harbourton", import.meta.url).pathname;

let cloud: Cloud;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "biaogan-faults-"));
  // By then every month of 2025 may go out without waiting.
  cloud = await startCloud("2026-04-14T00:00:00Z");
  await loadOffice(cloud, office, [aSubscription({ id: "mayor", editions: ["full", "one-page"] })]);
});
afterAll(async () => {
  await cloud?.stop();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  cloud.hooks = {};
  for (const name of ["plan-run", "render-briefing", "deliver-briefing", "close-run"]) {
    for (const service of ["DYNAMODB", "S3", "SESV2"] as const) cloud.proxy(name, service).intercept = () => undefined;
  }
});

const start = (period: string) => cloud.machine.startExecution({ name: `monthly-${period}-r1`, input: { series: "monthly", period } });

/** Both editions issued, both mails accepted by SES, once each. */
async function expectWhole(period: string, mailsBefore: number): Promise<void> {
  const run = parseRunName(`monthly-${period}-r1`);
  expect(await createDynamoRunStore(cloud.dynamo, cloud.stacks.tableName).get(run)).toMatchObject({
    state: "issued",
    issued: 2,
    failed: [],
  });
  const { counts } = await createDynamoDeliveryLedger(cloud.dynamo, cloud.stacks.tableName).ofRun(run);
  expect(counts).toMatchObject({ ACCEPTED: 2, PENDING: 0, SENDING: 0, UNKNOWN: 0, REJECTED: 0 });
  expect((await cloud.mails()).length).toBe(mailsBefore + 2);
}

/** Faults for the first requests of a kind, one after the other; then none.
 *  @param holding what such a request has in it
 *  @returns those that were not met yet */
function inject(
  functionName: string,
  service: "DYNAMODB" | "S3",
  operation: string,
  faults: readonly Fault[],
  holding = "",
): readonly Fault[] {
  const left = [...faults];
  cloud.proxy(functionName, service).intercept = (asked, body) =>
    asked === operation && body.includes(holding) ? left.shift() : undefined;
  return left;
}

const s3Error = (status: number, code: string): Fault => ({
  status,
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>told by the test</Message></Error>`,
});
const dynamoError = (type: string): Fault => ({
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: "told by the test" }),
});

describe("faults of the services, met by the deployed bundles", () => {
  it("publishes a document though S3 is writing it for another (409), is slow (503), and loses its answer, after which it is there (412)", async () => {
    const before = (await cloud.mails()).length;
    const faults = [s3Error(409, "ConditionalRequestConflict"), s3Error(503, "SlowDown"), "lose the answer"] as const;
    inject("render-briefing", "S3", "PUT", faults);
    expect((await start("2025-06")).status).toBe("SUCCEEDED");
    await expectWhole("2025-06", before);
  });

  it("plans though S3 refuses a condition for what is not there (412)", async () => {
    const before = (await cloud.mails()).length;
    inject("plan-run", "S3", "PUT", [s3Error(412, "PreconditionFailed"), s3Error(412, "PreconditionFailed")]);
    expect((await start("2025-07")).status).toBe("SUCCEEDED");
    await expectWhole("2025-07", before);
  });

  it.each([
    ["2025-08", "a claim", "DELIVERIES#"],
    ["2025-05", "a place to send in", "QUOTA"],
  ])("sends once (%s) though DynamoDB throttles, refuses a condition, and loses the answer to %s", async (month, _, partition) => {
    const before = (await cloud.mails()).length;
    const faults = [
      dynamoError("ProvisionedThroughputExceededException"),
      dynamoError("ThrottlingException"),
      dynamoError("ConditionalCheckFailedException"),
      "lose the answer",
      "cut",
    ] as const;
    const left = inject("deliver-briefing", "DYNAMODB", "PutItem", faults, `"pk":{"S":"${partition}`);
    expect((await start(month)).status).toBe("SUCCEEDED");
    expect(left).toEqual([]);
    await expectWhole(month, before);
  });

  it("closes a run though the table is down for as long as the SDK tries", async () => {
    const before = (await cloud.mails()).length;
    inject(
      "close-run",
      "DYNAMODB",
      "GetItem",
      Array.from({ length: 5 }, () => "cut" as const),
    );
    expect((await start("2025-09")).status).toBe("SUCCEEDED");
    await expectWhole("2025-09", before);
  });
});

describe("events that come twice, and steps that die", () => {
  it("does nothing twice when each step is called twice", async () => {
    const before = (await cloud.mails()).length;
    cloud.hooks = { duplicate: () => "last" };
    expect((await start("2025-10")).status).toBe("SUCCEEDED");
    await expectWhole("2025-10", before);
  });

  it("does nothing twice when the month runs twice at once", async () => {
    const before = (await cloud.mails()).length;
    const input = { series: "monthly", period: "2025-11" };
    const executions = await Promise.all(
      ["a", "b"].map((other) => cloud.machine.startExecution({ name: `monthly-2025-11-${other}`, input })),
    );
    for (const { name, status } of executions) if (status === "FAILED") await cloud.machine.redrive(name);
    await expectWhole("2025-11", before);
  });

  it("goes on where a step was killed after its work, its answer lost", async () => {
    const before = (await cloud.mails()).length;
    const killed = new Set<string>();
    cloud.hooks = {
      onArrow: (_from, to, { when }) => {
        if (when === "before" || killed.has(to) || !/^(PlanRun|RenderBriefing|DeliverBriefing|CloseRun)$/.test(to)) return;
        killed.add(to);
        throw new Killed("Sandbox.Timedout");
      },
    };
    expect((await start("2025-12")).status).toBe("SUCCEEDED");
    expect([...killed]).toEqual(["PlanRun", "RenderBriefing", "DeliverBriefing", "CloseRun"]);
    await expectWhole("2025-12", before);
  });
});

describe("an edition that cannot be printed", () => {
  it("is named with its reason, keeps no other from its readers, and is made by a redrive once the program is mended", async () => {
    const before = (await cloud.mails()).length;
    const renderer = cloud.stacks.functions.find(({ name }) => name === "render-briefing");
    if (!renderer) throw new Error("there is no render-briefing");
    const broken = join(folder, "broken");
    await cp(renderer.code, broken, { recursive: true });
    await writeFile(join(broken, "templates/briefing/one-page.hbs"), "{{no.such.field}}");
    await cloud.deploy("render-briefing", broken);
    const failed = await start("2026-01");
    expect(failed).toMatchObject({ status: "FAILED", error: "RunIncompleteError" });
    expect(failed.cause).toMatch(/one-page-en: Error: template briefing\/one-page \(en\): /);
    expect(failed.cause).not.toContain("full-en");
    const run = parseRunName("monthly-2026-01-r1");
    expect(await createDynamoRunStore(cloud.dynamo, cloud.stacks.tableName).get(run)).toMatchObject({
      state: "incomplete",
      issued: 1,
      failed: [{ edition: "one-page-en", error: "Error" }],
    });
    expect((await cloud.mails()).length).toBe(before + 1);

    await cloud.deploy("render-briefing", renderer.code);
    expect((await cloud.machine.redrive("monthly-2026-01-r1")).status).toBe("SUCCEEDED");
    await expectWhole("2026-01", before);
    expect(cloud.proxy("close-run", "S3").asked).toContain("PUT");
  });
});
