import { Duration } from "aws-cdk-lib";
import type { StageConfig } from "../config.ts";
import type { StorageNames } from "../storage-stack.ts";
import type { FailureImpact } from "./node-function.ts";

/** Every function: the folder in functions/ that holds its handler. */
export const functionNames = [
  "start-run",
  "check-readiness",
  "plan-run",
  "render-briefing",
  "deliver-briefing",
  "close-run",
  "mail-events",
  "http-api",
] as const;
export type FunctionName = (typeof functionNames)[number];

export interface FunctionSpec {
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeout: Duration;
  /** Invoked without anybody waiting for the answer: what it could not take goes to the dead-letter queue. */
  readonly asynchronous?: boolean;
  /** All that it may do: actions on resources. */
  readonly grants: readonly (readonly [resources: readonly string[], actions: readonly string[]])[];
  readonly failureImpact: FailureImpact;
}

/** What the functions work on, by name and ARN. */
export interface FunctionResources extends StorageNames {
  readonly stateMachineArn: string;
  readonly configurationSetName: string;
  /** The sender's identity and the configuration set: SendEmail asks for both. */
  readonly mailArns: readonly string[];
}

/** Judging and composing take a core, and 1,769 MB are one. */
const oneCoreMb = 1769;

export function describeFunctions(config: StageConfig, r: FunctionResources): Readonly<Record<FunctionName, FunctionSpec>> {
  const objects = (...prefixes: string[]) => prefixes.map((prefix) => `${r.bucketArn}/${prefix}/*`);
  const tables = { TABLE_NAME: r.tableName };
  const archive = { BUCKET_NAME: r.bucketName };
  const linkKeys = { LINK_KEYS_SECRET: r.linkKeysName };
  return {
    "start-run": {
      description: "Starts the month's run, and what was missed",
      environment: {
        ...tables,
        STATE_MACHINE_ARN: r.stateMachineArn,
        TIME_ZONE: config.timeZone,
        FIRST_PERIOD: config.firstPeriod,
        OVERDUE_FROM: String(config.overdueFrom),
      },
      memoryMb: 256,
      timeout: Duration.seconds(30),
      asynchronous: true,
      grants: [
        [[r.tableArn], ["dynamodb:Query"]],
        [[r.stateMachineArn], ["states:StartExecution"]],
      ],
      failureImpact: {
        reader: "The month's briefing may not be begun today; the next day's sweep tries again.",
        runbook: "A month is overdue",
      },
    },
    "check-readiness": {
      description: "Whether enough figures of the month are known",
      environment: { ...tables, TIME_ZONE: config.timeZone, HOUR: String(config.hour) },
      memoryMb: 512,
      timeout: Duration.seconds(60),
      grants: [[[r.tableArn], ["dynamodb:GetItem", "dynamodb:Query"]]],
      failureImpact: { reader: "The month's briefing is not begun: its run has failed.", runbook: "A run failed" },
    },
    "plan-run": {
      description: "Judges every commitment, composes each edition and freezes it",
      environment: { ...tables, ...archive, EDITIONS: config.editions },
      memoryMb: oneCoreMb,
      timeout: Duration.minutes(5),
      grants: [
        [[r.tableArn], ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"]],
        [objects("briefings", "runs"), ["s3:GetObject", "s3:PutObject"]],
        // Without it S3 answers "forbidden" where nothing is stored, and a missing object could not be told from a forbidden one.
        [[r.bucketArn], ["s3:ListBucket"]],
      ],
      failureImpact: { reader: "The month's briefing is not made: its run has failed.", runbook: "A run failed" },
    },
    "render-briefing": {
      description: "Prints one edition and publishes it",
      environment: archive,
      // Its work is one thread's: 56 pages take 4.2 s of a core, and no less of two. Below one core the price is the same for a longer wait. Of the
      // memory Node and Chromium need 460 MB, and 790 MB when many were printed (test/bench/renderer-memory.ts).
      memoryMb: oneCoreMb,
      timeout: Duration.minutes(3),
      grants: [
        [objects("briefings"), ["s3:GetObject", "s3:PutObject"]],
        [[r.bucketArn], ["s3:ListBucket"]],
      ],
      failureImpact: { reader: "The readers of an edition do not get it; the others get theirs.", runbook: "Editions were not issued" },
    },
    "deliver-briefing": {
      description: "Sends one reader one issue, once",
      // The stack adds ARCHIVE_URL, which is known when there is an API.
      environment: {
        ...tables,
        ...archive,
        ...linkKeys,
        SENDER: config.sender,
        CONTACT: config.contact ?? config.sender,
        CONFIGURATION_SET: r.configurationSetName,
      },
      memoryMb: 512,
      timeout: Duration.seconds(60),
      grants: [
        [[r.tableArn], ["dynamodb:GetItem", "dynamodb:PutItem"]],
        [objects("briefings"), ["s3:GetObject"]],
        [[r.bucketArn], ["s3:ListBucket"]],
        [r.mailArns, ["ses:SendEmail"]],
        // The account's rate and number a day, which belong to no resource.
        [["*"], ["ses:GetAccount"]],
        [[r.linkKeysArn], ["secretsmanager:GetSecretValue"]],
      ],
      failureImpact: { reader: "Some recipients do not get their mail with the others.", runbook: "Mails were not sent" },
    },
    "close-run": {
      description: "Finds what is missing of a run and writes its record",
      environment: { ...tables, ...archive },
      memoryMb: 512,
      timeout: Duration.minutes(2),
      grants: [
        [[r.tableArn], ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"]],
        [objects("runs"), ["s3:GetObject", "s3:PutObject"]],
        [objects("map-results"), ["s3:GetObject"]],
        [[r.bucketArn], ["s3:ListBucket"]],
      ],
      failureImpact: { reader: "Some editions or mails of the month are missing; the run's record says which.", runbook: "A run failed" },
    },
    "mail-events": {
      description: "Writes into the ledger what SES tells of a mail; suppresses addresses that bounced for good or complained",
      environment: tables,
      memoryMb: 256,
      timeout: Duration.seconds(30),
      asynchronous: true,
      grants: [[[r.tableArn], ["dynamodb:GetItem", "dynamodb:PutItem"]]],
      failureImpact: { reader: "Nothing is missed, but the ledger does not say whether a mail arrived.", runbook: "An event was given up" },
    },
    "http-api": {
      description: "Starts runs on demand and hands out what was issued",
      environment: { ...archive, ...linkKeys, STATE_MACHINE_ARN: r.stateMachineArn },
      memoryMb: 512,
      timeout: Duration.seconds(25),
      grants: [
        [objects("briefings"), ["s3:GetObject"]],
        [[r.bucketArn], ["s3:ListBucket"]],
        [[r.stateMachineArn], ["states:StartExecution"]],
        [[r.linkKeysArn], ["secretsmanager:GetSecretValue"]],
      ],
      failureImpact: {
        reader: "The archive does not open, or an extra briefing cannot be asked for.",
        runbook: "The archive does not answer",
      },
    },
  };
}
