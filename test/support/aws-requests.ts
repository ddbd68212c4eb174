import type { z } from "zod";

/** Whom every test takes itself for; an emulator takes anybody. */
export const testAccount = { region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };

/** What a program that uses an SDK of AWS is started with, so that it finds the emulator and nobody's own account. */
export function emulatorEnvironment(endpoint: string): Record<string, string> {
  const { region, credentials } = testAccount;
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: "",
    AWS_PROFILE: "",
    AWS_CONFIG_FILE: "/nowhere/config",
    AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** Asks an emulated service that no client of ours speaks to, as its own REST or JSON protocol has it.
 *  @param service as a signature names it
 *  @param request `GET /path`, or the `X-Amz-Target` of a JSON protocol
 *  @throws with the answer, when it is none that the schema takes */
export async function askService<Answer>(
  endpoint: string,
  service: string,
  request: string,
  schema: z.ZodType<Answer>,
  body: object = {},
): Promise<Answer> {
  // The emulator looks at the scope to know who is asked, and at no signature.
  const scope = `Credential=test/20260101/${testAccount.region}/${service}/aws4_request`;
  const headers = { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0` };
  const answer = request.startsWith("GET ")
    ? await fetch(endpoint + request.slice(4), { headers })
    : await fetch(endpoint, {
        method: "POST",
        headers: { ...headers, "x-amz-target": request, "content-type": "application/x-amz-json-1.1" },
        body: JSON.stringify(body),
      });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${service} answered ${request} by ${answer.status}: ${text}`);
  return schema.parse(JSON.parse(text));
}
