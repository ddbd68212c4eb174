import { z } from "zod";

/** For whom the sample stage is taken to be deployed. */
export const account = { id: "000000000000", region: "us-east-1" };

export const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
});
export type Resource = z.infer<typeof resourceSchema>;
type Resources = Readonly<Record<string, Resource>>;
type Resolve = (value: unknown) => unknown;

const pseudo: Readonly<Record<string, string>> = {
  "AWS::AccountId": account.id,
  "AWS::Region": account.region,
  "AWS::Partition": "aws",
  "AWS::URLSuffix": "amazonaws.com",
  "AWS::StackId": "stack",
  "AWS::StackName": "biaogan-sample",
};

/** Puts what CloudFormation would put in the place of references in a template.
 *  @throws Error for an intrinsic function that it is not told how to resolve */
export function createResolver(resources: Resources): Resolve {
  const refer = (id: string) => pseudo[id] ?? nameOf(id, resources[id], resolve);
  const intrinsics: Readonly<Record<string, Resolve>> = {
    Ref: (id) => refer(String(id)),
    "Fn::GetAtt": (place) => attributeOf(z.tuple([z.string(), z.string()]).parse(place), resources, resolve),
    "Fn::Sub": (text) => String(text).replaceAll(/\$\{([^}]+)\}/g, (_, id: string) => refer(id)),
    "Fn::Join": (join) => {
      const [separator, parts] = z.tuple([z.string(), z.array(z.unknown())]).parse(join);
      return parts.map(resolve).join(separator);
    },
  };
  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const [[key, inner] = ["", undefined]] = entries;
    const intrinsic = entries.length === 1 ? intrinsics[key] : undefined;
    if (intrinsic) return intrinsic(inner);
    if (key.startsWith("Fn::")) throw new Error(`${key} is not resolved here`);
    return Object.fromEntries(entries.map(([name, part]) => [name, resolve(part)]));
  }
  return resolve;
}

function nameOf(id: string, resource: Resource | undefined, resolve: Resolve): string {
  const given = ["FunctionName", "LogGroupName", "StateMachineName", "QueueName", "Name"].map((name) => resource?.Properties[name]);
  return String(resolve(given.find(Boolean) ?? id));
}

function attributeOf([id, attribute]: readonly [string, string], resources: Resources, resolve: Resolve): string {
  const resource = resources[id];
  const name = nameOf(id, resource, resolve);
  const arn = (service: string, rest: string) => `arn:aws:${service}:${account.region}:${account.id}:${rest}`;
  if (attribute === "ApiEndpoint") return `https://${id}.execute-api.${account.region}.amazonaws.com`;
  if (attribute !== "Arn") return `${name}.${attribute}`;
  if (resource?.Type === "AWS::Lambda::Function") return lambdaArn(name);
  if (resource?.Type === "AWS::Logs::LogGroup") return arn("logs", `log-group:${name}:*`);
  if (resource?.Type === "AWS::SQS::Queue") return arn("sqs", name);
  if (resource?.Type === "AWS::IAM::Role") return `arn:aws:iam::${account.id}:role/${name}`;
  return arn("unknown", name);
}

export function lambdaArn(name: string): string {
  return `arn:aws:lambda:${account.region}:${account.id}:function:${name}`;
}
