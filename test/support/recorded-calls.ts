import type { Service } from "./cloud.ts";
import type { FaultProxy } from "./fault-proxy.ts";
import { account } from "./resolve-template.ts";

/** A call of a service as IAM sees it. */
export interface RecordedCall {
  readonly action: string;
  readonly resource: string;
}

/** @returns what was asked through the proxy, each action on each resource once
 *  @throws for a call of which it is not known here what IAM asks */
export function readCalls(service: Service, { requests }: FaultProxy): RecordedCall[] {
  const calls = requests.flatMap((request) => readers[service](request));
  return [...new Map(calls.map((call) => [`${call.action} ${call.resource}`, call])).values()];
}

type Reader = (request: FaultProxy["requests"][number]) => RecordedCall[];

const arn = (service: string, resource: string) => `arn:aws:${service}:${account.region}:${account.id}:${resource}`;

const readers: Readonly<Record<Service, Reader>> = {
  DYNAMODB: ({ operation, body }) => [
    { action: `dynamodb:${operation}`, resource: arn("dynamodb", `table/${JSON.parse(body).TableName}`) },
  ],
  SFN: ({ operation, body }) => [{ action: `states:${operation}`, resource: JSON.parse(body).stateMachineArn }],
  S3: readS3,
  // Six characters that Secrets Manager adds: IAM is asked for the whole.
  SECRETS_MANAGER: ({ operation, body }) => [
    { action: `secretsmanager:${operation}`, resource: arn("secretsmanager", `secret:${JSON.parse(body).SecretId}-AbCd12`) },
  ],
  // SendEmail is asked of the sender's identity and of the configuration set, GetAccount of nothing.
  SESV2: ({ operation, url, body }) => {
    if (operation === "GET" && url.startsWith("/v2/email/account")) return [{ action: "ses:GetAccount", resource: "*" }];
    if (!url.startsWith("/v2/email/outbound-emails")) throw new Error(`it is not known what SES asks IAM for ${url}`);
    const { FromEmailAddress, ConfigurationSetName } = JSON.parse(body);
    return [`identity/${FromEmailAddress}`, `configuration-set/${ConfigurationSetName}`].map((resource) => ({
      action: "ses:SendEmail",
      resource: arn("ses", resource),
    }));
  },
};

/** S3 says that an object is not there only to who may list its bucket; to others it is forbidden. */
function readS3({ operation, url, status }: FaultProxy["requests"][number]): RecordedCall[] {
  const { pathname, searchParams } = new URL(url, "http://s3");
  const [, bucket = "", ...rest] = decodeURIComponent(pathname).split("/");
  const key = rest.join("/");
  const list = { action: "s3:ListBucket", resource: `arn:aws:s3:::${bucket}` };
  if (key === "" && searchParams.has("list-type")) return [list];
  const action = { GET: "s3:GetObject", PUT: "s3:PutObject" }[operation];
  if (action === undefined || key === "") throw new Error(`it is not known what S3 asks IAM for ${operation} ${url}`);
  return [{ action, resource: `arn:aws:s3:::${bucket}/${key}` }, ...(status === 404 ? [list] : [])];
}
