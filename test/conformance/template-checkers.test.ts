import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { composeTemplate, composeWorkflow, type Loose } from "../support/faultless-template.ts";
import { describeCheckers, guardTemplate, lintTemplate, validateStateMachine } from "../support/template-checkers.ts";

const rules = join(import.meta.dirname, "template-rules.guard");
/** In the titles, so that the log says who judged. */
const checkers = await describeCheckers();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "biaogan-templates-"));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function writeTemplate(change: (resources: Loose) => void = () => {}): Promise<string> {
  const template = composeTemplate();
  change(template.Resources);
  const file = join(folder, `${files++}.json`);
  await writeFile(file, JSON.stringify(template));
  return file;
}

describe(checkers.lint, () => {
  test("finds nothing in a template without a fault, on Node 24 and with a schedule", async () => {
    expect(await lintTemplate(await writeTemplate(), ["us-east-1", "cn-north-1", "ap-southeast-1"])).toEqual([]);
  });

  test.each<[string, (resources: Loose) => void, RegExp]>([
    ["a runtime that there is not", ({ Function: fn }) => (fn.Properties.Runtime = "nodejs99.x"), /E3030 .*Runtime.*nodejs99.x/],
    ["a property misspelt", ({ Schedule }) => (Schedule.Properties.TimeZone = "Asia/Shanghai"), /E3002 .*TimeZone/],
    ["a reference to nothing", ({ Schedule }) => (Schedule.Properties.Target.Arn = { Ref: "Nobody" }), /E1020 .*Nobody/],
    [
      "an action that there is not",
      ({ Policy }) => (Policy.Properties.PolicyDocument.Statement[0].Action = ["dynamodb:Qery"]),
      /W3037 .*qery/,
    ],
    ["a required property left out", ({ Machine }) => delete Machine.Properties.RoleArn, /E3003 .*RoleArn/],
  ])("notices %s", async (_, change, finding) => {
    expect(await lintTemplate(await writeTemplate(change))).toEqual([expect.stringMatching(finding)]);
  });
});

describe(`our rules, in ${checkers.guard}`, () => {
  test("find nothing in a template without a fault, and all but those of what it has not are applied", async () => {
    const { findings, applied } = await guardTemplate(await writeTemplate(), rules);
    expect(findings).toEqual([]);
    const named = [...(await readFile(rules, "utf8")).matchAll(/^rule (\w+) when/gm)].map(([, name]) => name);
    expect(named.filter((name) => !applied.includes(name ?? ""))).toEqual(["global_tables_are_kept", "roles_allow_little"]);
  });

  test("that cannot be read are no rules that hold", async () => {
    await expect(guardTemplate(await writeTemplate(), import.meta.filename)).rejects.toThrow(/cfn-guard could not judge/);
  });

  const allow = (Action: unknown, Resource: unknown) => ({ Effect: "Allow", Action, Resource });
  const policy = (statement: Loose) => (resources: Loose) => resources.Policy.Properties.PolicyDocument.Statement.push(statement);
  const variable = (name: string, value: string) => (resources: Loose) =>
    (resources.Function.Properties.Environment.Variables[name] = value);
  const managed = (arn: unknown) => (resources: Loose) => (resources.Role.Properties.ManagedPolicyArns = [arn]);
  const replicate =
    (...replicas: Loose[]) =>
    ({ Table }: Loose) => {
      Table.Type = "AWS::DynamoDB::GlobalTable";
      Table.Properties = {
        Replicas: replicas.map((one) => ({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, ...one })),
      };
    };
  const inline = (statement: Loose) => (resources: Loose) =>
    (resources.Role.Properties.Policies = [{ PolicyName: "p", PolicyDocument: { Version: "2012-10-17", Statement: [statement] } }]);

  test.each<[string, string, (resources: Loose) => void]>([
    ["a table without recovery", "tables_can_be_restored", ({ Table }) => delete Table.Properties.PointInTimeRecoverySpecification],
    ["a table that can be deleted", "tables_cannot_be_deleted", ({ Table }) => (Table.Properties.DeletionProtectionEnabled = false)],
    ["a table that goes with its stack", "tables_cannot_be_deleted", ({ Table }) => (Table.DeletionPolicy = "Delete")],
    ["a global table that is nowhere", "global_tables_are_kept", replicate()],
    ["a global table that can be deleted", "global_tables_are_kept", replicate({ DeletionProtectionEnabled: false })],
    ["a bucket without versions", "buckets_keep_every_version", ({ Bucket }) => delete Bucket.Properties.VersioningConfiguration],
    ["a bucket that goes with its stack", "buckets_keep_every_version", ({ Bucket }) => delete Bucket.DeletionPolicy],
    ["a bucket in plain text", "buckets_are_encrypted", ({ Bucket }) => delete Bucket.Properties.BucketEncryption],
    [
      "a bucket that may be public",
      "buckets_are_private",
      ({ Bucket }) => (Bucket.Properties.PublicAccessBlockConfiguration.BlockPublicAcls = false),
    ],
    [
      "a bucket of which nobody says whether it is public",
      "buckets_are_private",
      ({ Bucket }) => delete Bucket.Properties.PublicAccessBlockConfiguration,
    ],
    ["a second bucket without a policy", "buckets_refuse_plain_http", (resources) => (resources.Other = resources.Bucket)],
    [
      "a bucket policy without a statement",
      "buckets_refuse_plain_http",
      ({ TlsOnly }) => (TlsOnly.Properties.PolicyDocument.Statement = []),
    ],
    ["a bucket without a policy", "buckets_refuse_plain_http", (resources) => delete resources.TlsOnly],
    [
      "a policy that lets plain HTTP in",
      "buckets_refuse_plain_http",
      ({ TlsOnly }) => delete TlsOnly.Properties.PolicyDocument.Statement[0].Condition,
    ],
    ["another Node", "functions_run_on_node_24", ({ Function: fn }) => (fn.Properties.Runtime = "nodejs22.x")],
    ["a function with Lambda's own log group", "functions_log_for_a_time", ({ Function: fn }) => delete fn.Properties.LoggingConfig],
    ["a function without traces", "functions_are_traced", ({ Function: fn }) => (fn.Properties.TracingConfig.Mode = "PassThrough")],
    ["a password among the variables", "functions_know_no_secrets", variable("SMTP_PASSWORD", "x")],
    ["a key as a variable", "functions_know_no_secrets", variable("SENDER", "AKIAIOSFODNN7EXAMPLE")],
    ["a secret resolved into a variable", "functions_know_no_secrets", variable("SENDER", "{{resolve:secretsmanager:mail}}")],
    ["a log that is kept for ever", "logs_are_kept_for_a_time", ({ Log }) => delete Log.Properties.RetentionInDays],
    ["a queue that says nothing of encryption", "queues_are_encrypted", ({ Queue }) => delete Queue.Properties],
    ["a queue in plain text", "queues_are_encrypted", ({ Queue }) => (Queue.Properties.SqsManagedSseEnabled = false)],
    [
      "a schedule without a dead-letter queue",
      "schedules_lose_no_event",
      ({ Schedule }) => delete Schedule.Properties.Target.DeadLetterConfig,
    ],
    ["a schedule without a zone", "schedules_name_their_zone", ({ Schedule }) => delete Schedule.Properties.ScheduleExpressionTimezone],
    ["a schedule in UTC", "schedules_name_their_zone", ({ Schedule }) => (Schedule.Properties.ScheduleExpressionTimezone = "UTC")],
    ["data in the log", "machines_log_no_data", ({ Machine }) => (Machine.Properties.LoggingConfiguration.IncludeExecutionData = true)],
    ["a machine that says nothing of logs", "machines_log_no_data", ({ Machine }) => delete Machine.Properties.LoggingConfiguration],
    ["a machine without a log", "machines_log_no_data", ({ Machine }) => (Machine.Properties.LoggingConfiguration.Level = "OFF")],
    ["a machine without traces", "machines_are_traced", ({ Machine }) => delete Machine.Properties.TracingConfiguration],
    ["every action", "policies_allow_little", policy(allow("*", { Ref: "Bucket" }))],
    ["every action of a service", "policies_allow_little", policy(allow(["s3:GetObject", "s3:*"], { Ref: "Bucket" }))],
    ["an action on everything", "policies_allow_little", policy(allow("s3:GetObject", "*"))],
    [
      "an action on everything, among others",
      "policies_allow_little",
      policy(allow(["xray:PutTraceSegments", "s3:GetObject"], [{ Ref: "Bucket" }, "*"])),
    ],
    ["all actions but one", "policies_allow_little", policy({ Effect: "Allow", NotAction: "iam:*", Resource: { Ref: "Bucket" } })],
    ["every action, in the role itself", "roles_allow_little", inline(allow("*", "*"))],
    ["an administrator", "roles_allow_little", managed("arn:aws:iam::aws:policy/AdministratorAccess")],
    [
      "an administrator put together",
      "roles_allow_little",
      managed({ "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, ":iam::aws:policy/AmazonS3FullAccess"]] }),
    ],
  ])("notice %s", async (_, rule, change) => {
    const { findings } = await guardTemplate(await writeTemplate(change), rules);
    expect(findings).not.toEqual([]);
    for (const finding of findings) expect(finding).toMatch(new RegExp(`^${rule}: /Resources/`));
  });
});

describe(checkers.stateMachine, () => {
  test("finds nothing in a workflow without a fault", () => {
    expect(validateStateMachine(composeWorkflow())).toEqual([]);
    expect(validateStateMachine(JSON.stringify(composeWorkflow()))).toEqual([]);
  });

  test.each<[string, (states: Loose) => void, RegExp]>([
    ["a transition to nowhere", ({ Wait }) => (Wait.Next = "Nowhere"), /Missing .* target: Nowhere/],
    ["a Catch that leads nowhere", ({ Each }) => (Each.ItemProcessor.States.Render.Catch[0].Next = "Nowhere"), /target: Nowhere/],
    ["a state that nothing leads to", (states) => (states.Lost = { Type: "Succeed" }), /Lost is not reachable/],
    ["JSONPath in JSONata", ({ Wait }) => (Wait.InputPath = "$"), /\/States\/Wait/],
    ["an expression that is none", ({ Broken }) => (Broken.Cause = "{% 1 + %}"), /\/States\/Broken/],
    ["a reader without a resource", ({ Each }) => delete Each.ItemReader.Resource, /ItemReader.*Resource/],
    ["a Retry of nothing", ({ Each }) => delete Each.ItemProcessor.States.Render.Retry[0].ErrorEquals, /ErrorEquals/],
    ["a field that there is not", ({ IsWhole }) => (IsWhole.Defualt = "Done"), /\/States\/IsWhole/],
  ])("notices %s", (_, change, finding) => {
    const definition = composeWorkflow();
    change(definition.States);
    expect(validateStateMachine(definition).join("\n")).toMatch(finding);
  });
});
