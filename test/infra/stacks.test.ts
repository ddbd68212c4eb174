import { readFile } from "node:fs/promises";
import { Match, type Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { synthesiseSample } from "./synthesise-sample.ts";

let storage: Template;
let briefing: Template;

beforeAll(() => {
  ({ storage, briefing } = synthesiseSample());
});

describe("what outlives every deployment", () => {
  it("is a table that is recovered to any second, protected and kept when the stack goes", () => {
    storage.hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        TableName: "biaogan-sample",
        BillingMode: "PAY_PER_REQUEST",
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
      },
    });
  });

  it("is a bucket with versions that nobody reads from outside or without TLS", () => {
    storage.hasResource("AWS::S3::Bucket", {
      DeletionPolicy: "Retain",
      Properties: Match.objectLike({
        VersioningConfiguration: { Status: "Enabled" },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] },
        ObjectLockEnabled: Match.absent(),
      }),
    });
    storage.hasResourceProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } })]),
      },
    });
  });

  it("can be locked against deletion for the days that an office asks for", () => {
    const { storage: locked } = synthesiseSample({ objectLockDays: "365" });
    locked.hasResourceProperties("AWS::S3::Bucket", {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: 365 } } },
    });
  });
});

describe("the keys of the links that mails carry", () => {
  it("are made by AWS, kept when the stack goes, and read by the two functions that sign and check, and by no other", () => {
    storage.hasResource("AWS::SecretsManager::Secret", {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        Name: "biaogan-sample-link-keys",
        GenerateSecretString: { GenerateStringKey: "k1", PasswordLength: 64 },
        SecretString: Match.absent(),
      },
    });
    const readers = Object.entries(briefing.findResources("AWS::IAM::Policy")).filter(([, policy]) =>
      JSON.stringify(policy).includes("secretsmanager:"),
    );
    expect(readers.map(([id]) => id.replace(/Role.*/, "")).toSorted()).toEqual(["DeliverBriefing", "HttpApi"]);
    for (const [, policy] of readers) {
      const asked = policySchema
        .parse(policy)
        .Properties.PolicyDocument.Statement.filter(({ Action }) => String(Action).startsWith("secrets"));
      expect(asked.map(({ Action }) => Action)).toEqual(["secretsmanager:GetSecretValue"]);
      expect(JSON.stringify(asked)).toContain(":secret:biaogan-sample-link-keys-??????");
    }
  });
});

describe("the API", () => {
  it("is open for the question whether it is alive and for signed links; all else is signed by IAM", () => {
    const routes = Object.values(briefing.findResources("AWS::ApiGatewayV2::Route")).map(({ Properties }) => [
      Properties.RouteKey,
      Properties.AuthorizationType,
    ]);
    expect(routes.toSorted()).toEqual([
      ["$default", "AWS_IAM"],
      ["GET /healthz", "NONE"],
      ["GET /issue/{token}", "NONE"],
    ]);
  });
});

describe("the schedules", () => {
  it("follow the office's own clock and give nothing up silently", () => {
    for (const [name, ScheduleExpression] of Object.entries({ monthly: "cron(0 8 1 * ? *)", sweep: "cron(0 9 * * ? *)" })) {
      briefing.hasResourceProperties("AWS::Scheduler::Schedule", {
        Name: `biaogan-sample-${name}`,
        ScheduleExpression,
        ScheduleExpressionTimezone: "Asia/Shanghai",
        Target: { DeadLetterConfig: { Arn: Match.anyValue() }, RetryPolicy: { MaximumEventAgeInSeconds: 86_400 } },
      });
    }
  });
});

describe("the functions", () => {
  it("run on Node 24 with a role each, a log that ends, and traces", () => {
    const functions = Object.values(briefing.findResources("AWS::Lambda::Function"));
    expect(functions).toHaveLength(8);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["x86_64"], TracingConfig: { Mode: "Active" } });
      expect(Properties.LoggingConfig).toMatchObject({ LogFormat: "JSON" });
    }
    const roles = functions.map(({ Properties }) => JSON.stringify(Properties.Role));
    expect(new Set(roles).size).toBe(8);
    for (const { Properties } of Object.values(briefing.findResources("AWS::Logs::LogGroup"))) expect(Properties.RetentionInDays).toBe(365);
  });

  it("carry Chromium in one of them only", () => {
    const withLayer = Object.values(briefing.findResources("AWS::Lambda::Function")).filter(({ Properties }) => Properties.Layers);
    expect(withLayer.map(({ Properties }) => Properties.FunctionName)).toEqual(["biaogan-sample-render-briefing"]);
  });

  it("hold no secret and nothing but names and settings in their environment", () => {
    const names = Object.values(briefing.findResources("AWS::Lambda::Function")).flatMap(({ Properties }) =>
      Object.keys(Properties.Environment.Variables),
    );
    expect([...new Set(names)].toSorted()).toEqual([
      "ARCHIVE_URL",
      "AWS_XRAY_CONTEXT_MISSING",
      "BUCKET_NAME",
      "CONFIGURATION_SET",
      "CONTACT",
      "EDITIONS",
      "FIRST_PERIOD",
      "HOUR",
      "LINK_KEYS_SECRET",
      "OVERDUE_FROM",
      "POWERTOOLS_SERVICE_NAME",
      "SENDER",
      "STATE_MACHINE_ARN",
      "TABLE_NAME",
      "TIME_ZONE",
    ]);
  });

  it("have no network unless the stage isolates the one that prints, and then one without a way out", () => {
    briefing.resourceCountIs("AWS::EC2::VPC", 0);
    const { briefing: isolated } = synthesiseSample({ isolateRenderer: "true" });
    isolated.resourceCountIs("AWS::EC2::VPC", 1);
    isolated.resourceCountIs("AWS::EC2::InternetGateway", 0);
    isolated.resourceCountIs("AWS::EC2::NatGateway", 0);
    const inside = Object.values(isolated.findResources("AWS::Lambda::Function")).filter(({ Properties }) => Properties.VpcConfig);
    expect(inside.map(({ Properties }) => Properties.FunctionName)).toEqual(["biaogan-sample-render-briefing"]);
  });
});

const policySchema = z.object({
  Properties: z.object({
    PolicyDocument: z.object({
      Statement: z.array(z.object({ Action: z.union([z.string(), z.array(z.string())]), Resource: z.unknown() })),
    }),
  }),
});

describe("the roles", () => {
  it("name every resource but where AWS has none to name", () => {
    const everywhere = Object.values(briefing.findResources("AWS::IAM::Policy"))
      .flatMap((policy) => policySchema.parse(policy).Properties.PolicyDocument.Statement)
      .filter(({ Resource }) => [Resource].flat().includes("*"))
      .flatMap(({ Action }) => Action);
    // SES's GetAccount reads the account's own rate and number a day.
    const known =
      /^(ses:GetAccount|xray:Put(TraceSegments|TelemetryRecords)|xray:GetSampling(Rules|Targets)|logs:\w*(LogDelivery|LogDeliveries|ResourcePolicy|ResourcePolicies|LogGroups))$/;
    expect(everywhere.filter((action) => !known.test(action))).toEqual([]);
  });

  it("have no action with a wildcard", () => {
    const actions = Object.values(briefing.findResources("AWS::IAM::Policy"))
      .flatMap((policy) => policySchema.parse(policy).Properties.PolicyDocument.Statement)
      .flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });
});

describe("the alarms", () => {
  it("say what a reader misses and name a heading that the runbook has", async () => {
    const runbook = await readFile(new URL("../../infra/RUNBOOK.md", import.meta.url), "utf8");
    const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    const alarms = Object.values(briefing.findResources("AWS::CloudWatch::Alarm"));
    const named = alarms.map(({ Properties }) => /^(.{20,}) See "(.+)" in infra\/RUNBOOK\.md\.$/.exec(Properties.AlarmDescription)?.[2]);
    expect(named.filter((heading) => !headings.includes(heading))).toEqual([]);
    expect(headings.filter((heading) => !named.includes(heading))).toEqual([]);
    for (const { Properties } of alarms) expect(Properties.AlarmActions).toHaveLength(1);
  });

  it("ring for every function, for given-up events, failed runs and editions, unknown mails, bounces, and silence", () => {
    const names = Object.values(briefing.findResources("AWS::CloudWatch::Alarm")).map(({ Properties }) =>
      String(Properties.AlarmName).replace("biaogan-sample-", ""),
    );
    expect(names.toSorted()).toEqual(
      [
        "BouncesAndComplaints",
        "CheckReadinessErrors",
        "CloseRunErrors",
        "DeadLetters",
        "DeliverBriefingErrors",
        "DeliveriesUnknown",
        "EditionsFailed",
        "HttpApiErrors",
        "MailEventsErrors",
        "MonthsOverdue",
        "PlanRunErrors",
        "RenderBriefingErrors",
        "RunFailed",
        "RunTimedOut",
        "StartRunErrors",
      ].toSorted(),
    );
    briefing.hasResourceProperties("AWS::CloudWatch::Alarm", { AlarmName: "biaogan-sample-MonthsOverdue", TreatMissingData: "breaching" });
  });
});
