import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CloudFormationClient, ListChangeSetsCommand } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { DeleteEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { DescribeExecutionCommand, SFNClient, ValidateStateMachineDefinitionCommand } from "@aws-sdk/client-sfn";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createS3Archive } from "../../functions/adapters/archive/s3-archive.ts";
import { createDynamoRunStore } from "../../functions/adapters/dynamo/dynamo-run-store.ts";
import { createDynamoSuppressionList } from "../../functions/adapters/dynamo/dynamo-suppression-list.ts";
import { deliverySchema } from "../../functions/core/delivery.ts";
import { checkSender } from "../../infra/smoke/check-sender.ts";
import { samplePeriod } from "../../infra/smoke/plan-smoke.ts";
import { findPrintManifests } from "../../infra/smoke/printed-hashes.ts";
import { readDocuments } from "../../infra/smoke/read-documents.ts";
import { startMonth, waitForMonth } from "../../infra/smoke/run-month.ts";
import { loadSample } from "../../infra/smoke/sample-register.ts";
import { emulatorEnvironment } from "../support/aws-requests.ts";
import { type DeployedStacks, deployStacks, stackNames } from "../support/deployed-stacks.ts";
import { startEmulatedMachine } from "../support/emulated-machine.ts";
import { tellMailEvent } from "../support/tell-mail-event.ts";

const table = "biaogan-sample";
const root = join(import.meta.dirname, "../..");
const stateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:biaogan-sample-issue";
let run = { series: "smoke-none", period: samplePeriod, revision: 1 };
type Step = Readonly<Record<"step" | "outcome" | "found", string>>;
let deployed: DeployedStacks;
let clients: ReturnType<typeof openClients>;

beforeAll(async () => {
  deployed = await deployStacks();
  clients = openClients();
  process.stdout.write(`the smoke test against ${deployed.parts}\n`);
}, 600_000);
afterAll(() => deployed?.stop());

function openClients() {
  const { config } = deployed;
  return {
    dynamo: new DynamoDBClient(config),
    s3: new S3Client(config),
    machines: new SFNClient(config),
    lambda: new LambdaClient(config),
    ses: new SESv2Client(config),
    cloudFormation: new CloudFormationClient(config),
  };
}
const archive = () => createS3Archive(clients.s3, deployed.stacks.bucketName);

/** The command as a user runs it. */
function smoke(args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  const env = { ...process.env, ...emulatorEnvironment(deployed.config.endpoint), ...environment };
  const command = ["run", "--silent", "smoke", "--", "--poll-ms", "200", ...args];
  return new Promise((resolve) => {
    execFile("npm", command, { cwd: root, env }, (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }));
  });
}
interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function allRows(): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await DynamoDBDocumentClient.from(clients.dynamo).send(new ScanCommand({ TableName: table }));
  return Items;
}
const rowsOf = async (partition: string) => (await allRows()).filter(({ pk }) => String(pk).startsWith(partition)).length;

describe("npm run smoke, on what the emulator can do", () => {
  test("goes as far as its Step Functions goes, says what failed and what to do, and takes the sample out again", async () => {
    const { code, stdout } = await smoke(["--stage", "sample", "--json"]);
    const told = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(told).toMatchObject({ stage: "sample", passed: false, series: expect.stringMatching(/^smoke-\d{14}$/) });
    const outcomes = Object.fromEntries(told.steps.map(({ step, outcome }: Step) => [step, outcome]));
    expect(outcomes).toEqual({
      "find the stage": "passed",
      "ask SES for the sender": "passed",
      "validate the state machine": "passed",
      "make change sets": "passed",
      "load the sample office": "passed",
      // MiniStack evaluates no JSONata in a Distributed Map, prints and sends nothing, and knows no RedriveCount.
      "run a month": "failed",
      "read the documents": "not reached",
      "follow the mails": "not reached",
      "take the sample out": "passed",
    });
    expect(told.differences).toContain("Number of stacks with differences: 0");
    const failed = told.steps.find(({ outcome }: Step) => outcome === "failed");
    expect(failed).toMatchObject({ found: expect.stringMatching(/RedriveCount$/), advice: expect.stringContaining("RUNBOOK.md") });
    expect(told.stays.join("\n")).toContain(`aws s3 rm --recursive s3://${deployed.stacks.bucketName}/briefings/smoke-town/`);
    // The deployed functions read the register and froze its models before that.
    expect(await archive().list(`briefings/smoke-town/${told.series}-${samplePeriod}-r1/`)).toHaveLength(3);
    expect([await rowsOf("REGISTER"), await rowsOf("OBSERVATIONS"), await rowsOf("SUBSCRIPTIONS"), await rowsOf("RUNS")]).toEqual([
      0, 0, 0, 1,
    ]);
    // What is there is the deployments' own, done; the emulator keeps them, and CloudFormation does, too.
    for (const StackName of stackNames) {
      const { Summaries = [] } = await clients.cloudFormation.send(new ListChangeSetsCommand({ StackName }));
      expect(Summaries.filter(({ ExecutionStatus }) => ExecutionStatus !== "EXECUTE_COMPLETE")).toEqual([]);
    }
  });

  test("prints one table for a person, and says of a stage that is not there what to do", async () => {
    const { code, stdout } = await smoke(["--stage", "nowhere"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ +step +outcome +s +what it proves\n─/);
    expect(stdout).toMatch(/✗ {2}find the stage +failed +\d+\.\d {2}both stacks are deployed and whole/);
    expect(stdout).toContain("there is no stack biaogan-nowhere-storage in us-east-1\n  → deploy the stage first");
    expect(stdout).toContain("Nothing was left in the account.");
  });
});

describe("the steps that the emulator's own Step Functions does not reach", () => {
  test("a run that does not end is stopped, and the step says so", async () => {
    await loadSample(clients.dynamo, table);
    const input = { series: "smoke-stopped", period: samplePeriod };
    const executionArn = await startMonth(clients.machines, stateMachineArn, input);
    await expect(waitForMonth(clients.machines, executionArn, { minutes: 0, pollMs: 10 }, () => {})).rejects.toThrow(
      /did not end in 0 minutes/,
    );
    const { status } = await clients.machines.send(new DescribeExecutionCommand({ executionArn }));
    expect(status).toBe("ABORTED");
  });

  test("are all passed with Step Functions played by the interpreter, on the deployed functions, and SES's news told by this test", async () => {
    const machine = await startEmulatedMachine(deployed);
    onTestFinished(() => machine.stop());
    const ended = smoke(["--stage", "sample", "--json"], { AWS_ENDPOINT_URL_SFN: machine.endpoint });
    const told = tellFates(ended);
    const { code, stdout } = await ended;
    await told;
    const { passed, steps, ...rest } = JSON.parse(stdout);
    expect(steps.filter(({ outcome }: Step) => outcome !== "passed")).toEqual([]);
    expect([code, passed, steps.length]).toEqual([0, true, 9]);
    const found = Object.fromEntries(steps.map((step: Step) => [step.step, step.found]));
    expect(found["read the documents"]).toMatch(/^full-zh-CN: [4-9] pages, \d+ KB, SHA-256 [0-9a-f]{12}…; one-page-zh-CN: 1 page, /);
    expect(found["follow the mails"]).toBe("smoke-success DELIVERED, smoke-bounce BOUNCED, smoke-complaint COMPLAINED");
    expect(await rowsOf("SUBSCRIPTIONS")).toBe(0);
    // The bounce and the complaint had suppressed two addresses; the next smoke test can send to them again.
    expect(await rowsOf("SUPPRESSIONS")).toBe(2);
    expect(await createDynamoSuppressionList(clients.dynamo, table).list()).toEqual([]);
    run = { ...run, series: rest.series };
  });

  test("fail when a document is not the one that was printed, or none is on record", async () => {
    const { bucketName } = deployed.stacks;
    const sources = { runs: createDynamoRunStore(clients.dynamo, table), archive: archive(), s3: clients.s3, bucketName };
    const others = new Map([["full-zh-CN", "0".repeat(64)]]);
    await expect(readDocuments(run, others, sources)).rejects.toThrow(/and the function that printed it says 0000/);
    await expect(readDocuments(run, new Map(), sources)).rejects.toThrow(/and the function that printed it says none/);
    await expect(readDocuments({ ...run, revision: 2 }, others, sources)).rejects.toThrow(/the run's record says nothing: 0 of 0 issued/);
  });

  /** As the simulator would, as soon as it was sent a mail. */
  async function tellFates(ended: Promise<unknown>): Promise<void> {
    const fates: Readonly<Record<string, Parameters<typeof tellMailEvent>[2][]>> = {
      "smoke-success": ["Delivery"],
      "smoke-bounce": ["Bounce"],
      "smoke-complaint": ["Delivery", "Complaint"],
    };
    let isOver = false;
    void ended.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      const rows = (await allRows()).filter(({ entity }) => entity === "delivery").map(({ record }) => deliverySchema.parse(record));
      for (const delivery of rows.filter(({ state }) => state === "ACCEPTED")) {
        for (const event of fates[delivery.recipient] ?? []) await tellMailEvent(deployed, delivery, event);
      }
      await wait(200);
    }
  }

  test("a sender that SES does not know stops it before anything is loaded", async () => {
    await clients.ses.send(new DeleteEmailIdentityCommand({ EmailIdentity: "briefing@biaogan.example" }));
    await expect(checkSender(clients.lambda, clients.ses, table)).rejects.toThrow();
  });
});

describe("only an account can prove", () => {
  test("what Step Functions thinks of the definition: the emulator's takes anything", async () => {
    const ask = new ValidateStateMachineDefinitionCommand({ definition: '{"StartAt":"Nowhere","States":{}}' });
    expect((await clients.machines.send(ask)).result).toBe("OK");
  });

  test("that Step Functions names its Map runs as its manual says: the emulator ran none", async () => {
    const executionArn = await startMonth(clients.machines, stateMachineArn, { series: "smoke-maps", period: samplePeriod });
    expect(await findPrintManifests(clients.machines, executionArn)).toEqual([]);
  });
});
