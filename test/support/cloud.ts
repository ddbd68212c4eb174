import { setMaxListeners } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateConfigurationSetCommand, CreateEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { z } from "zod";
import { createS3Archive } from "../../functions/adapters/archive/s3-archive.ts";
import { createDynamoRegisterStore } from "../../functions/adapters/dynamo/dynamo-register-store.ts";
import { createDynamoSubscriptionStore } from "../../functions/adapters/dynamo/dynamo-subscription-store.ts";
import { ensureTable } from "../../functions/adapters/dynamo/dynamo-table.ts";
import { readOfficeFolder } from "../../functions/adapters/office-folder/office-folder.ts";
import type { BriefingArchive } from "../../functions/core/ports.ts";
import type { Subscription } from "../../functions/core/subscription.ts";
import { foreignServerVersions, startDynamoReference, startS3Server } from "../conformance/foreign-servers.ts";
import { startAwsEmulator } from "./aws-emulator.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import { type LambdaFunction, startLambdaFunction } from "./lambda-function.ts";
import { describeLambdaParts } from "./lambda-parts.ts";
import type { ForeignServer } from "./start-server.ts";
import type { Hooks } from "./state-machine/machine.ts";
import { createStateMachine, type StateMachine } from "./state-machine/run-state-machine.ts";
import { type ServedStateMachine, serveStateMachine } from "./state-machine/serve-state-machine.ts";
import { createVirtualClock, type VirtualClock } from "./state-machine/virtual-clock.ts";
import { type SynthesisedFunction, type SynthesisedStacks, synthesiseStacks } from "./synthesised-stacks.ts";

/** Every request is signed with it; letters only, as DynamoDB Local asks. */
const credentials = { accessKeyId: "biaogantest", secretAccessKey: "biaogansecret" };
const region = "us-east-1";

/** The services that a function may ask, by the SDK's own names for their addresses. */
export const services = ["DYNAMODB", "S3", "SECRETS_MANAGER", "SFN", "SESV2"] as const;
export type Service = (typeof services)[number];

/** The deployed program, as far as it can be had here: the bundles that the CDK made, each under AWS's own runtime client; the synthesised
 *  state machine in the interpreter; DynamoDB Local, a real S3 server, and an emulator's SES. */
export interface Cloud {
  readonly stacks: SynthesisedStacks;
  readonly machine: StateMachine;
  readonly clock: VirtualClock;
  readonly started: ServedStateMachine["started"];
  readonly archive: BriefingArchive;
  readonly dynamo: DynamoDBClient;
  /** The way from a function to a service: what was asked, and where faults are put in. */
  proxy(functionName: string, service: Service): FaultProxy;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Runs another folder's code as that function from now on, as a deployment would. */
  deploy(functionName: string, code: string): Promise<void>;
  log(functionName: string): string;
  hooks: Hooks;
  /** What SES took, in order. */
  mails(): Promise<SentMail[]>;
  /** The emulator's, for what else it plays: IAM. */
  readonly emulatorEndpoint: string;
  /** Each foreign part by name and version. */
  readonly parts: readonly string[];
  stop(): Promise<void>;
}

interface SentMail {
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
}

/** @param startsAt ISO 8601; the workflow's clock stands there */
export async function startCloud(startsAt: string, { instances = 2 } = {}): Promise<Cloud> {
  // Each server and each function is killed with this process: more than the ten that Node takes for a leak.
  setMaxListeners(100, process);
  const folder = await mkdtemp(join(tmpdir(), "biaogan-cloud-"));
  const stacks = await synthesiseStacks(join(folder, "cdk.out"));
  const [dynamoServer, s3Server, emulator] = await Promise.all([startDynamoReference(), startS3Server(credentials), startAwsEmulator()]);
  const clock = createVirtualClock(startsAt);
  const hooks: { current: Hooks } = { current: {} };
  const served = await serveStateMachine(() => machine);
  const endpoints = {
    DYNAMODB: dynamoServer.endpoint,
    S3: s3Server.endpoint,
    SESV2: emulator.endpoint,
    SECRETS_MANAGER: emulator.endpoint,
    SFN: served.endpoint,
  };
  const functions = await startFunctions(stacks, endpoints, instances);
  const dynamo = new DynamoDBClient({ endpoint: dynamoServer.endpoint, region, credentials });
  const s3 = new S3Client({ endpoint: s3Server.endpoint, region, credentials, forcePathStyle: true });
  await ensureTable(dynamo, stacks.tableName);
  await s3.send(new CreateBucketCommand({ Bucket: stacks.bucketName }));
  await verifySender(emulator, stacks);
  await putLinkKeys(emulator, stacks);
  const archive = createS3Archive(s3, stacks.bucketName);
  const machine = createStateMachine({
    definition: stacks.definition,
    invoke: (arn, payload) => functions.invoke(nameIn(arn), payload),
    objects: {
      getObject: async (_bucket, key) => (await archive.get(key)) ?? Promise.reject(new Error(`NoSuchKey: ${key}`)),
      putObject: (_bucket, key, body) => archive.put(key, Buffer.from(body), "application/json"),
    },
    clock,
    hooks: {
      onArrow: (from, to, arrow) => hooks.current.onArrow?.(from, to, arrow),
      duplicate: (call) => hooks.current.duplicate?.(call),
    },
  });
  return {
    stacks,
    machine,
    clock,
    started: served.started,
    archive,
    dynamo,
    ...functions,
    get hooks() {
      return hooks.current;
    },
    set hooks(next) {
      hooks.current = next;
    },
    mails: () => readMails(emulator),
    emulatorEndpoint: emulator.endpoint,
    parts: [await describeLambdaParts(), `${emulator.name} ${emulator.version}`, ...foreignServerVersions],
    stop: async () => {
      await functions.stop();
      served.close();
      dynamo.destroy();
      s3.destroy();
      await Promise.all([dynamoServer.stop(), s3Server.stop(), emulator.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** Puts an office's folder and these readers into the cloud's table, as `biaogan load` does. */
export async function loadOffice({ dynamo, stacks }: Cloud, office: string, readers: readonly Subscription[]): Promise<void> {
  await createDynamoRegisterStore(dynamo, stacks.tableName).load(await readOfficeFolder(office));
  await createDynamoSubscriptionStore(dynamo, stacks.tableName).load(readers);
}

function nameIn(arn: string): string {
  return arn.replace(/^.*:function:biaogan-sample-/, "");
}

async function startFunctions(stacks: SynthesisedStacks, endpoints: Readonly<Record<Service, string>>, instances: number) {
  const proxies = new Map<string, FaultProxy>();
  const running = new Map<string, LambdaFunction>();
  const start = async (fn: SynthesisedFunction, code: string) => {
    const addresses: Record<string, string> = {};
    for (const service of services) {
      const known = proxies.get(`${fn.name} ${service}`);
      const proxy = known ?? (await startFaultProxy(endpoints[service]));
      proxies.set(`${fn.name} ${service}`, proxy);
      addresses[`AWS_ENDPOINT_URL_${service}`] = proxy.endpoint;
    }
    const { name, handler, layers, memoryMb, timeoutSeconds } = fn;
    // Its own environment; the addresses stand for the network in which AWS's services are found by name.
    const environment = { ...fn.environment, ...addresses };
    running.set(
      name,
      await startLambdaFunction({ name, handler, code, layers, environment, memoryMb, timeoutSeconds, instances, region, credentials }),
    );
  };
  for (const fn of stacks.functions) await start(fn, fn.code);
  const find = <T>(map: ReadonlyMap<string, T>, key: string): T => {
    const found = map.get(key);
    if (found === undefined) throw new Error(`there is no ${key}`);
    return found;
  };
  return {
    proxy: (name: string, service: Service) => find(proxies, `${name} ${service}`),
    log: (name: string) => find(running, name).log(),
    invoke: async (name: string, event: unknown): Promise<unknown> => {
      const answer = await find(running, name).invoke(event);
      if ("payload" in answer) return answer.payload;
      throw Object.assign(new Error(answer.errorMessage), { name: answer.errorType });
    },
    deploy: async (name: string, code: string) => {
      await find(running, name).stop();
      await start(find(new Map(stacks.functions.map((fn) => [fn.name, fn])), name), code);
    },
    stop: async () => {
      await Promise.all([...running.values()].map((fn) => fn.stop()));
      for (const proxy of proxies.values()) proxy.close();
    },
  };
}

/** What the stack makes and the owner of the address confirms. */
async function verifySender({ endpoint }: ForeignServer, { functions }: SynthesisedStacks): Promise<void> {
  const ses = new SESv2Client({ endpoint, region, credentials });
  const settings = functions.find(({ name }) => name === "deliver-briefing")?.environment ?? {};
  await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: settings["SENDER"] }));
  await ses.send(new CreateConfigurationSetCommand({ ConfigurationSetName: settings["CONFIGURATION_SET"] }));
  ses.destroy();
}

/** What the stack lets Secrets Manager make. */
async function putLinkKeys({ endpoint }: ForeignServer, { functions }: SynthesisedStacks): Promise<void> {
  const client = new SecretsManagerClient({ endpoint, region, credentials });
  const { LINK_KEYS_SECRET } = functions.find(({ name }) => name === "http-api")?.environment ?? {};
  await client.send(new CreateSecretCommand({ Name: LINK_KEYS_SECRET, SecretString: JSON.stringify({ k1: "a".repeat(64) }) }));
  client.destroy();
}

/** As the emulator tells: it keeps addresses and words, but neither tags nor attachments. */
const mailsSchema = z.object({
  messages: z.record(z.string(), z.array(z.object({ To: z.array(z.string()), Subject: z.string(), MessageId: z.string() }))),
});

async function readMails({ endpoint }: ForeignServer): Promise<SentMail[]> {
  const { messages } = mailsSchema.parse(await (await fetch(`${endpoint}/_ministack/ses/messages`)).json());
  return Object.values(messages)
    .flat()
    .map(({ To, Subject, MessageId }) => ({ to: To.join(), subject: Subject, messageId: MessageId }));
}
