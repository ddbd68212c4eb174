import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudFormationClient, DescribeStacksCommand, paginateListStackResources } from "@aws-sdk/client-cloudformation";
import { startAwsEmulator } from "./aws-emulator.ts";
import { emulatorEnvironment, testAccount } from "./aws-requests.ts";
import { cdkName, runCdk } from "./cdk-program.ts";
import { account } from "./resolve-template.ts";
import { type SynthesisedStacks, synthesiseStacks } from "./synthesised-stacks.ts";

/** The sample stage, deployed by the CDK's own command line through CloudFormation onto the emulator. */
export interface DeployedStacks {
  readonly stacks: SynthesisedStacks;
  /** For a client of the SDK. */
  readonly config: typeof testAccount & { readonly endpoint: string };
  /** Each part by name and version. */
  readonly parts: string;
  /** Deploys what lies in a folder of the CDK.
   *  @returns what the command line said */
  deploy(folder: string): Promise<string>;
  /** Logical id → physical id, of both stacks. */
  readonly physical: ReadonlyMap<string, string>;
  /** What the stack that briefs tells. */
  readonly outputs: Readonly<Record<string, string>>;
  /** @param place the constructs above the resource, without the CDK's hash: `WorkflowMachine`
   *  @returns the id that the service gave the one resource there */
  physicalId(place: string): string;
  stop(): Promise<void>;
}

/** Both stacks' names, in the order in which they are deployed. */
export const stackNames = ["biaogan-sample-storage", "biaogan-sample"] as const;

/** Starts an emulator, bootstraps its account, synthesises the sample stage and deploys it. */
export async function deployStacks(): Promise<DeployedStacks> {
  const folder = await mkdtemp(join(tmpdir(), "biaogan-deploy-"));
  const emulator = await startAwsEmulator();
  const stop = () => emulator.stop().then(() => rm(folder, { recursive: true, force: true }));
  try {
    const { endpoint } = emulator;
    const environment = emulatorEnvironment(endpoint);
    const stacks = await synthesiseStacks(join(folder, "cdk.out"));
    await runCdk(["bootstrap", "--app", stacks.folder, `aws://${account.id}/${account.region}`], environment);
    const deploy = (from: string) => runCdk(["deploy", "--app", from, "--all", "--require-approval", "never"], environment);
    await deploy(stacks.folder);
    const config = { ...testAccount, endpoint };
    const client = new CloudFormationClient(config);
    const physical = await listPhysicalIds(client);
    return {
      stacks,
      config,
      parts: `${emulator.name} ${emulator.version}, ${cdkName}`,
      deploy,
      physical,
      outputs: await readOutputs(client),
      physicalId: (place) => findPhysicalId(physical, place),
      stop,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function listPhysicalIds(client: CloudFormationClient): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const StackName of stackNames) {
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
      for (const { LogicalResourceId = "", PhysicalResourceId = "" } of StackResourceSummaries)
        ids.set(LogicalResourceId, PhysicalResourceId);
    }
  }
  return ids;
}

function findPhysicalId(physical: ReadonlyMap<string, string>, place: string): string {
  const [found, ...more] = [...physical].filter(([id]) => id.replace(/[0-9A-F]{8}$/, "") === place);
  if (found && more.length === 0) return found[1];
  throw new Error(`there is not one resource ${place}, but ${[found, ...more].flatMap((entry) => entry ?? []).join(" ")}`);
}

async function readOutputs(client: CloudFormationClient): Promise<Readonly<Record<string, string>>> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackNames[1] }));
  const outputs = Stacks.flatMap(({ Outputs = [] }) => Outputs);
  return Object.fromEntries(outputs.map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]));
}
