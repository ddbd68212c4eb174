import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { run } from "./conformance-tools.ts";
import { account, createResolver, lambdaArn, type Resource, resourceSchema } from "./resolve-template.ts";

const root = join(import.meta.dirname, "../..");

const templateSchema = z.object({ Resources: z.record(z.string(), resourceSchema) });

const functionSchema = z.object({
  FunctionName: z.string(),
  Handler: z.string(),
  MemorySize: z.number(),
  Timeout: z.number(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
  Layers: z.array(z.string()).default([]),
  Role: z.string(),
});

/** A function as the template has it, its tokens resolved; its code and its layers are the folders that the CDK made for the upload. */
export interface SynthesisedFunction {
  /** As in functions/: `plan-run`. */
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Record<string, string>;
  readonly code: string;
  readonly layers: readonly string[];
  readonly roleArn: string;
}

export interface SynthesisedStacks {
  readonly folder: string;
  readonly functions: readonly SynthesisedFunction[];
  /** The state machine's definition, parsed. */
  readonly definition: unknown;
  readonly tableName: string;
  readonly bucketName: string;
  /** Logical id → resource of the stack that briefs, its tokens resolved. */
  readonly resources: Readonly<Record<string, Resource>>;
}

/** Synthesises the sample stage by the README's own line.
 *  @param folder where the CDK puts it */
export async function synthesiseStacks(folder: string): Promise<SynthesisedStacks> {
  await run("npm", ["run", "--silent", "synth", "--", "--output", folder], { cwd: root });
  const template = templateSchema.parse(JSON.parse(await readFile(join(folder, "biaogan-sample.template.json"), "utf8")));
  const resolve = createResolver(template.Resources);
  const resources = Object.fromEntries(
    Object.entries(template.Resources).map(([id, resource]) => [
      id,
      { ...resource, Properties: resourceSchema.shape.Properties.parse(resolve(resource.Properties)) },
    ]),
  );
  const asset = (resource: Resource | undefined) => join(folder, z.string().parse(resource?.Metadata["aws:asset:path"]));
  const ofType = (type: string) => Object.values(resources).filter((resource) => resource.Type === type);
  const functions = ofType("AWS::Lambda::Function").map((resource): SynthesisedFunction => {
    const p = functionSchema.parse(resource.Properties);
    return {
      name: p.FunctionName.replace("biaogan-sample-", ""),
      arn: lambdaArn(p.FunctionName),
      handler: p.Handler,
      memoryMb: p.MemorySize,
      timeoutSeconds: p.Timeout,
      environment: p.Environment.Variables,
      code: asset(resource),
      layers: p.Layers.map((layer) => asset(resources[layer])),
      roleArn: p.Role,
    };
  });
  const [machine] = ofType("AWS::StepFunctions::StateMachine");
  return {
    folder,
    functions,
    definition: JSON.parse(z.string().parse(machine?.Properties["DefinitionString"])),
    tableName: "biaogan-sample",
    bucketName: `biaogan-sample-archive-${account.id}-${account.region}`,
    resources,
  };
}
