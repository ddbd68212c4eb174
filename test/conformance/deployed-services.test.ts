import { CloudWatchClient, DescribeAlarmsCommand, GetDashboardCommand } from "@aws-sdk/client-cloudwatch";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  SESv2Client,
} from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { askService } from "../support/aws-requests.ts";
import { type DeployedStacks, deployStacks } from "../support/deployed-stacks.ts";
import { simulateDeployed, simulateFunction } from "../support/policy-simulation.ts";
import type { Resource } from "../support/resolve-template.ts";

let deployed: DeployedStacks;
let clients: ReturnType<typeof openClients>;
const account = "000000000000";
const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:${account}:${rest}`;
const functionArn = (name: string) => arn("lambda", `function:biaogan-sample-${name}`);

beforeAll(async () => {
  deployed = await deployStacks();
  clients = openClients();
  process.stdout.write(`deployed by ${deployed.parts}\n`);
}, 600_000);
afterAll(() => deployed?.stop());

function openClients() {
  const { config } = deployed;
  return { lambda: new LambdaClient(config), ses: new SESv2Client(config), cloudWatch: new CloudWatchClient(config) };
}

/** The resources of a type in the stack that briefs: what the template says of each, its references resolved. */
function ofType(type: string): Resource["Properties"][] {
  const found = Object.values(deployed.stacks.resources).filter(({ Type }) => Type === type);
  return found.map(({ Properties }) => Properties);
}

const functionOf = (name: string) => clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: `biaogan-sample-${name}` }));

const deadLetters = () => arn("sqs", deployed.physicalId("DeadLetters").replace(/^.*\//, ""));

describe("the functions", () => {
  test("are all there with runtime, handler, environment, size, layer and a role each", async () => {
    const functions = ofType("AWS::Lambda::Function");
    expect(functions).toHaveLength(8);
    for (const p of functions) {
      const name = String(p["FunctionName"]);
      const role = String(p["Role"]).replace(/^.*:role\//, "");
      const layers = z.array(z.string()).default([]).parse(p["Layers"]);
      const { Variables: variables } = z.object({ Variables: z.record(z.string(), z.string()) }).parse(p["Environment"]);
      const found = await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
      expect(found, name).toMatchObject({
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Architectures: ["x86_64"],
        TracingConfig: { Mode: "Active" },
        LoggingConfig: { LogFormat: "JSON", LogGroup: `/aws/lambda/${name}` },
        MemorySize: p["MemorySize"],
        Timeout: p["Timeout"],
        Environment: { Variables: { ...variables, ...("ARCHIVE_URL" in variables && { ARCHIVE_URL: deployed.outputs["ApiUrl"] }) } },
        Role: `arn:aws:iam::${account}:role/${deployed.physical.get(role)}`,
      });
      expect(
        (found.Layers ?? []).map(({ Arn }) => Arn),
        name,
      ).toEqual(layers.map((layer) => deployed.physical.get(layer)));
    }
    const { Layers = [] } = await functionOf("render-briefing");
    // Chromium and the fonts, zipped: far more than any function of ours, and under what Lambda takes (250 MB unpacked).
    expect(Layers.map(({ CodeSize = 0 }) => CodeSize > 50_000_000)).toEqual([true]);
  });
});

describe("the roles, by IAM's own simulation", () => {
  const [table, bucket] = [arn("dynamodb", "table/biaogan-sample"), `arn:aws:s3:::biaogan-sample-archive-${account}-us-east-1`];
  const machine = arn("states", "stateMachine:biaogan-sample-issue");
  const mail = ["identity/briefing@biaogan.example", "configuration-set/biaogan-sample"].map((rest) => `ses:SendEmail ${arn("ses", rest)}`);
  const rows = (...actions: string[]) => actions.map((action) => `dynamodb:${action} ${table}`);
  const read = (...prefixes: string[]) => prefixes.map((prefix) => `s3:GetObject ${bucket}/${prefix}/a`);
  const write = (...prefixes: string[]) => prefixes.map((prefix) => `s3:PutObject ${bucket}/${prefix}/a`);
  const keys = `secretsmanager:GetSecretValue ${arn("secretsmanager", "secret:biaogan-sample-link-keys-AbC12x")}`;
  const [look, start] = [`s3:ListBucket ${bucket}`, `states:StartExecution ${machine}`];
  /** All that each function does, written from its use case. */
  const allowed: Readonly<Record<string, readonly string[]>> = {
    "start-run": [...rows("Query"), start],
    "check-readiness": rows("GetItem", "Query"),
    "plan-run": [...rows("GetItem", "Query", "PutItem"), ...read("briefings", "runs"), ...write("briefings", "runs"), look],
    "render-briefing": [...read("briefings"), ...write("briefings"), look],
    "deliver-briefing": [...rows("GetItem", "PutItem"), ...read("briefings"), look, ...mail, keys, "ses:GetAccount *"],
    "close-run": [...rows("GetItem", "Query", "PutItem"), ...read("runs", "map-results"), ...write("runs"), look],
    "mail-events": rows("GetItem", "PutItem"),
    "http-api": [...read("briefings"), look, start, keys],
  };
  const never = [
    ...rows("Scan", "UpdateItem", "DeleteItem", "DeleteTable", "BatchWriteItem"),
    `dynamodb:Query ${table}-other`,
    `s3:DeleteObject ${bucket}/briefings/a`,
    `s3:PutObject ${bucket}/elsewhere`,
    `s3:GetObject arn:aws:s3:::another/briefings/a`,
    `states:StartExecution ${machine}-other`,
    `ses:SendEmail ${arn("ses", "identity/somebody@else.example")}`,
    `lambda:InvokeFunction ${functionArn("render-briefing")}`,
    `iam:PassRole arn:aws:iam::${account}:role/any`,
    `secretsmanager:GetSecretValue ${arn("secretsmanager", "secret:biaogan-sample-link-keys-of-others-AbC12x")}`,
    "sts:AssumeRole *",
  ];
  const asked = [...new Set([...Object.values(allowed).flat(), ...never])];

  test.each(Object.keys(allowed))(
    "let %s do what it does and nothing of what the others do, as synthesised and as deployed",
    async (name) => {
      const { config, stacks } = deployed;
      const simulations = [
        await simulateDeployed(config.endpoint, `biaogan-sample-${name}`),
        simulateFunction(config.endpoint, stacks.resources, `biaogan-sample-${name}`),
      ];
      for (const isAllowed of simulations) {
        const may: string[] = [];
        for (const call of asked) {
          const [action = "", resource = ""] = call.split(" ");
          if (await isAllowed(action, resource)) may.push(call);
        }
        expect(may.toSorted()).toEqual(allowed[name]?.toSorted());
      }
    },
  );
});

describe("the alarms", () => {
  test("are those of the template, and each rings at the topic", async () => {
    const alarms = ofType("AWS::CloudWatch::Alarm");
    const { MetricAlarms = [] } = await clients.cloudWatch.send(new DescribeAlarmsCommand({ MaxRecords: 100 }));
    const byName = (name: unknown) => MetricAlarms.find(({ AlarmName }) => AlarmName === name);
    expect(MetricAlarms).toHaveLength(alarms.length);
    // The service makes up a queue's name and a machine's ARN.
    const made: Record<string, string> = {
      QueueName: deadLetters().replace(/^.*:/, ""),
      StateMachineArn: deployed.physicalId("WorkflowMachine"),
    };
    for (const { AlarmActions: _, Tags: __, Dimensions, ...rest } of alarms) {
      const dimensions = z.array(z.object({ Name: z.string(), Value: z.string() })).parse(Dimensions);
      expect(byName(rest["AlarmName"])).toMatchObject({
        ...rest,
        Dimensions: dimensions.map(({ Name, Value }) => ({ Name, Value: made[Name] ?? Value })),
        ActionsEnabled: true,
        AlarmActions: [deployed.physicalId("AlarmsTopic")],
      });
    }
  });

  test("stand on one dashboard", async () => {
    const { DashboardBody } = await clients.cloudWatch.send(new GetDashboardCommand({ DashboardName: "biaogan-sample" }));
    expect(DashboardBody).toContain(arn("cloudwatch", "alarm:biaogan-sample-RunFailed"));
  });
});

describe("the mail", () => {
  test("comes from the stage's address under a configuration set that tells every fate of a mail", async () => {
    const set = { ConfigurationSetName: "biaogan-sample" };
    expect(await clients.ses.send(new GetConfigurationSetCommand(set))).toMatchObject({
      DeliveryOptions: { TlsPolicy: "OPTIONAL" },
      ReputationOptions: { ReputationMetricsEnabled: true },
      SuppressionOptions: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
    });
    const { EventDestinations } = await clients.ses.send(new GetConfigurationSetEventDestinationsCommand(set));
    expect(EventDestinations).toEqual([
      {
        Name: "ledger",
        Enabled: true,
        MatchingEventTypes: ["BOUNCE", "COMPLAINT", "DELIVERY", "DELIVERY_DELAY", "REJECT", "RENDERING_FAILURE", "SEND"],
        EventBridgeDestination: { EventBusArn: arn("events", "event-bus/default") },
      },
    ]);
    expect(await clients.ses.send(new GetEmailIdentityCommand({ EmailIdentity: "briefing@biaogan.example" }))).toMatchObject(set);
  });

  test("is told of by a rule that passes this stage's events to the ledger's function", async () => {
    const { endpoint } = deployed.config;
    const ruleSchema = z.object({ Rules: z.array(z.object({ Name: z.string(), EventPattern: z.string(), State: z.string() })) });
    const { Rules } = await askService(endpoint, "events", "AWSEvents.ListRules", ruleSchema);
    expect(Rules.map(({ EventPattern, State }) => [JSON.parse(EventPattern), State])).toEqual([
      [{ source: ["aws.ses"], detail: { mail: { tags: { "ses:configuration-set": ["biaogan-sample"] } } } }, "ENABLED"],
    ]);
    const targetSchema = z.object({ Targets: z.array(z.object({ Arn: z.string(), DeadLetterConfig: z.unknown() })) });
    const { Targets } = await askService(endpoint, "events", "AWSEvents.ListTargetsByRule", targetSchema, { Rule: Rules[0]?.Name });
    expect(Targets).toEqual([{ Arn: functionArn("mail-events"), DeadLetterConfig: { Arn: deadLetters() } }]);
  });
});

describe("the HTTP API", () => {
  test("asks for a signature on every route but the one that says it is alive and the one of the mails' links", async () => {
    const items = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
    const ask = <Item extends z.ZodType>(path: string, item: Item) =>
      askService(deployed.config.endpoint, "apigateway", `GET /v2/apis/${deployed.physicalId("Api")}/${path}`, items(item));
    const routes = await ask("routes", z.object({ routeKey: z.string(), authorizationType: z.string(), target: z.string() }));
    const { items: integrations } = await ask("integrations", z.object({ integrationId: z.string(), integrationUri: z.string() }));
    expect(integrations.map(({ integrationUri }) => integrationUri)).toEqual([functionArn("http-api")]);
    const target = `integrations/${integrations[0]?.integrationId}`;
    expect(routes.items.toSorted((a, b) => (a.routeKey < b.routeKey ? -1 : 1))).toEqual([
      { routeKey: "$default", authorizationType: "AWS_IAM", target },
      { routeKey: "GET /healthz", authorizationType: "NONE", target },
      { routeKey: "GET /issue/{token}", authorizationType: "NONE", target },
    ]);
    const stages = await ask("stages", z.object({ stageName: z.string(), defaultRouteSettings: z.unknown(), autoDeploy: z.boolean() }));
    const defaultRouteSettings = { ThrottlingBurstLimit: 50, ThrottlingRateLimit: 20 };
    expect(stages.items).toEqual([{ stageName: "$default", defaultRouteSettings, autoDeploy: true }]);
  });
});
