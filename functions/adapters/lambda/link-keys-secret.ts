import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { LinkKeys } from "../../core/archive-link.ts";
import { StoreError } from "../../core/errors.ts";
import { parseLinkKeys } from "../parse-link-keys.ts";
import { answerTimeouts } from "./aws-clients.ts";

/** Reads the keys of the archive's links from Secrets Manager.
 *  @param secret its name
 *  @throws StoreError when it does not answer or may not be read; InputError when what lies there are no keys */
export async function readLinkKeysSecret(
  secret: string,
  client = new SecretsManagerClient({ requestHandler: answerTimeouts }),
): Promise<LinkKeys> {
  const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: secret })).catch((cause: unknown) => {
    throw new StoreError(`the keys of the archive's links cannot be read from the secret ${secret}: ${String(cause)}`, { cause });
  });
  return parseLinkKeys(SecretString, `secret ${secret}`);
}
