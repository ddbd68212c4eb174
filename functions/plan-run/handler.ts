import { join } from "node:path";
import { z } from "zod";
import { createS3Archive } from "../adapters/archive/s3-archive.ts";
import { sha256 } from "../adapters/content-hash.ts";
import { createDynamoRegisterStore } from "../adapters/dynamo/dynamo-register-store.ts";
import { createDynamoRunStore } from "../adapters/dynamo/dynamo-run-store.ts";
import { createDynamoSubscriptionStore } from "../adapters/dynamo/dynamo-subscription-store.ts";
import { dynamoClient, s3Client } from "../adapters/lambda/aws-clients.ts";
import { observedHandler } from "../adapters/lambda/observed-handler.ts";
import { readProgramFile } from "../adapters/lambda/program-file.ts";
import { readEnvironment, settings } from "../adapters/lambda/read-environment.ts";
import { loadAllMessages } from "../adapters/templates/locale-messages.ts";
import { planRunInputSchema, planRunOutputSchema } from "../contracts.ts";
import { planWork } from "./plan-work.ts";

export const handler = observedHandler("plan-run", {
  input: planRunInputSchema,
  output: planRunOutputSchema,
  open: async () => {
    const editions = z.string().transform((names) => names.split(","));
    const config = readEnvironment({ TABLE_NAME: settings.tableName, BUCKET_NAME: settings.bucketName, EDITIONS: editions }, process.env);
    const client = dynamoClient();
    const templates = join(import.meta.dirname, "templates");
    const deps = {
      store: createDynamoRegisterStore(client, config.TABLE_NAME),
      subscriptions: createDynamoSubscriptionStore(client, config.TABLE_NAME),
      runs: createDynamoRunStore(client, config.TABLE_NAME),
      archive: createS3Archive(s3Client(), config.BUCKET_NAME),
      messages: await loadAllMessages(templates),
      digest: sha256,
      programDigest: (await readProgramFile(import.meta.dirname)).revisionDigest,
      now: () => new Date().toISOString(),
    };
    return async (input, telling) => {
      const work = await planWork({ ...input, editions: config.EDITIONS }, deps);
      telling.say({ run: work.run, editions: work.renderCount, mails: work.deliverCount });
      return work;
    };
  },
});
