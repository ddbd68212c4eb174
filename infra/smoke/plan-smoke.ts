import type { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SESv2Client } from "@aws-sdk/client-sesv2";
import type { SFNClient } from "@aws-sdk/client-sfn";
import { createS3Archive } from "../../functions/adapters/archive/s3-archive.ts";
import { createDynamoDeliveryLedger } from "../../functions/adapters/dynamo/dynamo-delivery-ledger.ts";
import { createDynamoRunStore } from "../../functions/adapters/dynamo/dynamo-run-store.ts";
import type { RunId } from "../../functions/core/briefing-keys.ts";
import { checkDefinition } from "./check-definition.ts";
import { checkSender } from "./check-sender.ts";
import { compareStacks } from "./compare-stacks.ts";
import { type DeployedStage, findStage } from "./find-stage.ts";
import { followMails } from "./follow-mails.ts";
import { findPrintManifests, readPrintedHashes } from "./printed-hashes.ts";
import { readDocuments } from "./read-documents.ts";
import { type Patience, startMonth, waitForMonth } from "./run-month.ts";
import { loadSample, unloadSample } from "./sample-register.ts";
import type { SmokeStep } from "./smoke-step.ts";

export interface SmokeClients {
  readonly cloudFormation: CloudFormationClient;
  readonly dynamo: DynamoDBClient;
  readonly lambda: LambdaClient;
  readonly machines: SFNClient;
  readonly s3: S3Client;
  readonly ses: SESv2Client;
}

export interface SmokeOptions {
  readonly stage: string;
  /** As `-c` takes them. */
  readonly answers: readonly string[];
  /** What the CDK's own command is started with. */
  readonly environment: NodeJS.ProcessEnv;
  readonly run: Patience;
  readonly mails: Patience;
  /** A series of its own for each smoke test, so that each prints and sends anew, and nothing takes it for a month's issue. */
  readonly series: string;
}

export interface SmokePlan {
  readonly steps: readonly SmokeStep[];
  /** Runs whatever came before. */
  readonly putBack: SmokeStep;
  /** What the steps have found by now. */
  found(): SmokeFindings;
}

export interface SmokeFindings {
  stage?: DeployedStage;
  /** What the CDK showed of the differences. */
  differences?: string;
  loaded?: boolean;
  executionArn?: string;
}

/** The month of the sample's last figure. */
export const samplePeriod = "2026-03";

/** The steps in their order. Each uses what those before it have found. */
export function planSmoke(clients: SmokeClients, options: SmokeOptions): SmokePlan {
  const found: SmokeFindings = {};
  const stage = () => need(found.stage, "the stage");
  const run: RunId = { series: options.series, period: samplePeriod, revision: 1 };
  const step = (title: string, proves: string, work: SmokeStep["run"]): SmokeStep => ({ title, proves, run: work });
  const archive = () => createS3Archive(clients.s3, stage().bucketName);
  const steps = [
    step("find the stage", "both stacks are deployed and whole", async () => {
      found.stage = await findStage(clients.cloudFormation, options.stage);
      return `${found.stage.stackName} in ${found.stage.region}`;
    }),
    step("ask SES for the sender", "SES takes mails from the stage's address", () =>
      checkSender(clients.lambda, clients.ses, stage().stackName),
    ),
    step("validate the state machine", "Step Functions itself finds no fault in the definition", () =>
      checkDefinition(clients.machines, stage().stateMachineArn),
    ),
    step("make change sets", "CloudFormation takes both templates, and what a deployment would change", async () => {
      const compared = await compareStacks(options.stage, options.answers, options.environment);
      found.differences = compared.shown;
      return compared.found;
    }),
    step("load the sample office", "the table takes a register and readers", async () => {
      const told = await loadSample(clients.dynamo, stage().tableName);
      found.loaded = true;
      return told;
    }),
    step("run a month", "roles, bundles and both Distributed Maps do in the account what they did in the tests", async (say) => {
      const { series, period } = run;
      found.executionArn = await startMonth(clients.machines, stage().stateMachineArn, { series, period });
      return waitForMonth(clients.machines, found.executionArn, options.run, say);
    }),
    step("read the documents", "Chromium and the fonts print in Lambda, and what was printed is what is published", async () => {
      const manifests = await findPrintManifests(clients.machines, need(found.executionArn, "the execution"));
      const { tableName, bucketName } = stage();
      const sources = { runs: createDynamoRunStore(clients.dynamo, tableName), archive: archive(), s3: clients.s3, bucketName };
      return readDocuments(run, await readPrintedHashes(archive(), manifests), sources);
    }),
    step("follow the mails", "SES sends, and its news of a mail come by EventBridge into the ledger", (say) =>
      followMails(createDynamoDeliveryLedger(clients.dynamo, stage().tableName), run, options.mails, say),
    ),
  ];
  const putBack = step("take the sample out", "no schedule will find it", async () => {
    if (!found.loaded) return "nothing was loaded";
    return (await unloadSample(clients.dynamo, stage().tableName)) ? "the table holds no register again" : "nothing was there any more";
  });
  return { steps, putBack, found: () => found };
}

function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is not known: an earlier step did not find it`);
  return value;
}
