import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createArchiveLinkSigner } from "../../functions/adapters/archive-link-signer.ts";
import { createDynamoDeliveryLedger } from "../../functions/adapters/dynamo/dynamo-delivery-ledger.ts";
import { createDynamoRunStore } from "../../functions/adapters/dynamo/dynamo-run-store.ts";
import { type Cloud, loadOffice, services, startCloud } from "../support/cloud.ts";
import { simulateFunction } from "../support/policy-simulation.ts";
import { readCalls } from "../support/recorded-calls.ts";
import { runJson } from "../support/run-biaogan.ts";
import { aSubscription } from "../support/subscription-builder.ts";

const office = new URL("../offices/harbourton", import.meta.url).pathname;
const run = { series: "monthly", period: "2026-03", revision: 1 };
const name = "monthly-2026-03-r1";
const prefix = `briefings/harbourton/${name}`;
const scheduleSchema = z.object({ Target: z.object({ Input: z.string() }) });

let cloud: Cloud;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "biaogan-month-"));
  // The tenth working day: three of five figures are there, so the month goes out provisional without waiting.
  cloud = await startCloud("2026-04-14T00:00:00Z");
  await loadOffice(cloud, office, [
    aSubscription({ id: "mayor", editions: ["full", "one-page"] }),
    aSubscription({ id: "treasurer", editions: ["full"] }),
  ]);
});
afterAll(async () => {
  await cloud?.stop();
  await rm(folder, { recursive: true });
});

/** The event as EventBridge Scheduler sends it: the schedule's own input, its placeholder filled in. */
function eventOf(schedule: string, at: string): unknown {
  const resource = Object.values(cloud.stacks.resources).find(({ Properties }) => Properties["Name"] === `biaogan-sample-${schedule}`);
  const { Input } = scheduleSchema.parse(resource?.Properties).Target;
  return JSON.parse(Input.replace("<aws.scheduler.scheduled-time>", at));
}

const digest = (content: Uint8Array | undefined) =>
  createHash("sha256")
    .update(content ?? "")
    .digest("hex");

describe("a whole month, from the schedule's event to documents in S3 and mails at SES", () => {
  it("is held against real parts", () => {
    expect(cloud.parts.join(", ")).toMatch(/aws-lambda-ric \S+, .*rie .*Node 24.*MiniStack \S+, versitygw \S+, DynamoDB Local \S+/);
  });

  it("runs through the synthesised state machine to its end", async () => {
    expect(await cloud.invoke("start-run", eventOf("monthly", "2026-04-01T00:00:00Z"))).toEqual({ started: [name], known: [] });
    const execution = await cloud.started.get(name);
    expect(execution).toMatchObject({ status: "SUCCEEDED", output: { state: "complete", issued: 2, delivered: 3 } });
    expect(await createDynamoRunStore(cloud.dynamo, cloud.stacks.tableName).get(run)).toMatchObject({
      state: "issued",
      asOf: "2026-04-14",
      planned: 2,
      issued: 2,
      failed: [],
      deliveries: { ACCEPTED: 3, PENDING: 0 },
    });
  });

  it("prints the very bytes that the command prints on a laptop from the same facts", async () => {
    const args = [
      "brief",
      "--period",
      "2026-03",
      "--as-of",
      "2026-04-14",
      "--edition",
      "full",
      "one-page",
      "--data",
      office,
      "--store",
      folder,
    ];
    const made = z.array(z.object({ edition: z.string(), pdf: z.string() })).parse(await runJson(args));
    expect(made.map(({ edition }) => edition)).toEqual(["full-en", "one-page-en"]);
    for (const { edition, pdf } of made) {
      expect(digest(await cloud.archive.get(`${prefix}/${edition}.pdf`)), edition).toBe(digest(await readFile(pdf)));
    }
  });

  it("sends each mail once, through SES", async () => {
    expect((await cloud.mails()).map(({ to, subject }) => `${to}: ${subject}`).toSorted()).toEqual([
      expect.stringMatching(/^mayor@harbourton\.example: /),
      expect.stringMatching(/^mayor@harbourton\.example: /),
      expect.stringMatching(/^treasurer@harbourton\.example: /),
    ]);
  });

  it("does nothing twice: neither for the same event, nor for a plan that is made again, nor for an extra run with the same facts", async () => {
    expect(await cloud.invoke("start-run", eventOf("monthly", "2026-04-01T00:00:00Z"))).toEqual({ started: [], known: [] });
    const plan = { series: "monthly", period: "2026-03", asOf: "2026-04-14" };
    expect(await cloud.invoke("plan-run", plan)).toMatchObject({ run: name, renderCount: 2, deliverCount: 3 });
    const asked = await cloud.invoke("http-api", httpEvent("POST", "/runs", { period: "2026-03", office: "harbourton" }));
    expect(asked).toMatchObject({ statusCode: 202, body: '{"run":"monthly-2026-03-r2","state":"started"}' });
    // The facts and the day are the same, so it is the same issue: found, and left as it is.
    expect(await cloud.started.get("monthly-2026-03-r2")).toMatchObject({ status: "SUCCEEDED", output: { issued: 2, delivered: 3 } });
    expect(await cloud.archive.list("briefings/harbourton/monthly-2026-03-r2")).toEqual([]);
    expect((await cloud.mails()).length).toBe(3);
  });

  it("leaves a mail for later whose edition is not issued", async () => {
    const keys = { modelKey: `${prefix}/theme-money-en.json`, documentKey: `${prefix}/theme-money-en.pdf` };
    const answer = await cloud.invoke("deliver-briefing", { run: name, edition: "theme-money-en", recipient: "treasurer", ...keys });
    expect(answer).toMatchObject({ state: "PENDING", reason: "the edition theme-money-en is not issued yet" });
  });

  it("makes up for months that were missed, when the daily sweep finds them", async () => {
    const swept = await cloud.invoke("start-run", eventOf("sweep", "2026-04-15T01:00:00Z"));
    expect(swept).toEqual({ started: ["monthly-2026-02-r1", "monthly-2026-01-r1"], known: [] });
    const executions = await Promise.all(cloud.started.values());
    expect(executions.map(({ status }) => status)).toEqual(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
    expect((await cloud.mails()).length).toBe(9);
  });

  it("writes what SES tells of a mail into the ledger", async () => {
    const ledger = createDynamoDeliveryLedger(cloud.dynamo, cloud.stacks.tableName);
    const key = { ...run, edition: "full-en", recipient: "treasurer" };
    const { id, messageId = "" } = (await ledger.get(key)) ?? {};
    const detail = {
      eventType: "Bounce",
      mail: { timestamp: "2026-04-14T00:00:05Z", messageId, destination: ["treasurer@harbourton.example"], tags: { delivery: [id] } },
      bounce: { timestamp: "2026-04-14T00:00:07Z", bounceType: "Permanent", bouncedRecipients: [{ diagnosticCode: "550 no such user" }] },
    };
    await cloud.invoke("mail-events", { version: "0", source: "aws.ses", "detail-type": "Email Bounced", detail });
    expect(await ledger.get(key)).toMatchObject({ state: "BOUNCED", reason: "Permanent, 550 no such user" });
  });

  it("opens an issue by the link that a mail carries, and nothing by another", async () => {
    const signer = createArchiveLinkSigner({ k1: "a".repeat(64) });
    const token = signer.sign({ office: "harbourton", run: name, edition: "full-en" }, new Date().toISOString());
    const opened = await cloud.invoke("http-api", httpEvent("GET", `/issue/${token}`));
    const { headers } = z.object({ statusCode: z.literal(303), headers: z.object({ location: z.url() }) }).parse(opened);
    const document = new Uint8Array(await (await fetch(headers.location)).arrayBuffer());
    expect(digest(document)).toBe(digest(await cloud.archive.get(`${prefix}/full-en.pdf`)));
    expect(await cloud.invoke("http-api", httpEvent("GET", `/issue/${token}x`))).toMatchObject({ statusCode: 403 });
  });

  it("hands out what was issued over HTTP", async () => {
    const get = (path: string) => cloud.invoke("http-api", httpEvent("GET", path));
    expect(await get("/healthz")).toMatchObject({ statusCode: 200, body: '{"state":"alive"}' });
    expect(await get("/archive")).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining(`/archive/harbourton/${name}/full-en.pdf`),
    });
    const answer = z.object({ statusCode: z.literal(303), headers: z.object({ location: z.url() }) });
    const { headers } = answer.parse(await get(`/archive/harbourton/${name}/full-en.pdf`));
    const document = new Uint8Array(await (await fetch(headers.location)).arrayBuffer());
    expect(digest(document)).toBe(digest(await cloud.archive.get(`${prefix}/full-en.pdf`)));
  });
});

describe("what the functions say and may", () => {
  it("logs every step with the run and nothing of its content", () => {
    const logs = ["plan-run", "render-briefing", "deliver-briefing", "close-run"].map((fn) => cloud.log(fn));
    for (const log of logs) expect(log).toContain(`"run":"${name}"`);
    const all = [...logs, cloud.log("mail-events"), cloud.log("start-run"), cloud.log("http-api")].join();
    for (const word of ["harbourton.example", "Harbourton Town Council", "recycled", 'pk":']) expect(all, word).not.toContain(word);
  });

  it("tells the numbers that the alarms look at", () => {
    for (const [fn, metric] of Object.entries({
      "close-run": "RunsIssued",
      "start-run": "MonthsOverdue",
      "mail-events": "BouncesAndComplaints",
    })) {
      expect(cloud.log(fn)).toMatch(new RegExp(`"Namespace":"biaogan".*"${metric}"`));
    }
  });

  it("asks for nothing that its role forbids, and its role allows nothing that no function asks for", async () => {
    for (const { name: fn } of cloud.stacks.functions) {
      const isAllowed = simulateFunction(cloud.emulatorEndpoint, cloud.stacks.resources, `biaogan-sample-${fn}`);
      const calls = services.flatMap((service) => readCalls(service, cloud.proxy(fn, service)));
      for (const { action, resource } of calls) expect(await isAllowed(action, resource), `${fn}: ${action} on ${resource}`).toBe(true);
      const asked = new Set(calls.map(({ action }) => action));
      expect(
        grantsOf(fn).filter((action) => !asked.has(action)),
        fn,
      ).toEqual(elsewhere[fn] ?? []);
    }
  });
});

/** Asked for in faults-on-lambda.test.ts: the lists of what a redrive mends. */
const elsewhere: Readonly<Record<string, readonly string[]>> = { "close-run": ["s3:PutObject"] };

/** Logs, traces and dead letters are the doing of the Lambda service. */
const byTheService = /^(logs|xray|sqs):/;
const policySchema = z.object({
  PolicyDocument: z.object({ Statement: z.array(z.object({ Action: z.union([z.string(), z.array(z.string())]) })) }),
  Roles: z.array(z.string()),
});

function grantsOf(fn: string): string[] {
  const roleArn = cloud.stacks.functions.find((f) => f.name === fn)?.roleArn ?? "";
  return Object.values(cloud.stacks.resources)
    .filter(({ Type }) => Type === "AWS::IAM::Policy")
    .map(({ Properties }) => policySchema.parse(Properties))
    .filter(({ Roles }) => Roles.some((role) => roleArn.endsWith(`/${role}`)))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }) => Action))
    .filter((action) => !byTheService.test(action))
    .toSorted();
}

/** As API Gateway sends it (payload format 2.0). */
function httpEvent(method: string, path: string, body?: object): unknown {
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: "",
    headers: { host: "api.example" },
    requestContext: {
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      domainName: "api.example",
      stage: "$default",
    },
    ...(body && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}
