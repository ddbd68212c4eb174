import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { createS3Archive } from "../adapters/archive/s3-archive.ts";
import { createIssueLinker } from "../adapters/archive-link-signer.ts";
import { createDynamoDeliveryLedger } from "../adapters/dynamo/dynamo-delivery-ledger.ts";
import { createDynamoSendingQuota } from "../adapters/dynamo/dynamo-sending-quota.ts";
import { createDynamoSubscriptionStore } from "../adapters/dynamo/dynamo-subscription-store.ts";
import { createDynamoSuppressionList } from "../adapters/dynamo/dynamo-suppression-list.ts";
import { dynamoClient, s3Client } from "../adapters/lambda/aws-clients.ts";
import { readLinkKeysSecret } from "../adapters/lambda/link-keys-secret.ts";
import { observedHandler } from "../adapters/lambda/observed-handler.ts";
import { readEnvironment, settings } from "../adapters/lambda/read-environment.ts";
import { createSesLimits } from "../adapters/mail/ses-limits.ts";
import { createSesMailer } from "../adapters/mail/ses-mailer.ts";
import { loadTemplates } from "../adapters/templates/handlebars-templates.ts";
import { loadAllMessages } from "../adapters/templates/locale-messages.ts";
import { deliverItemSchema, deliverOutputSchema } from "../contracts.ts";
import { deliverBriefing } from "./deliver-briefing.ts";

/** The function lives a minute at most; half a minute more for clocks that differ. */
const leaseMs = 90_000;

const clock = { wall: Date.now, elapsed: () => performance.now() };

export const handler = observedHandler("deliver-briefing", {
  input: deliverItemSchema,
  output: deliverOutputSchema,
  open: async () => {
    const config = readEnvironment(
      {
        TABLE_NAME: settings.tableName,
        BUCKET_NAME: settings.bucketName,
        SENDER: z.email(),
        CONTACT: z.email(),
        CONFIGURATION_SET: z.string().min(1),
        LINK_KEYS_SECRET: settings.linkKeysSecret,
        ARCHIVE_URL: z.url({ protocol: /^https$/ }),
      },
      process.env,
    );
    const client = dynamoClient();
    const templates = join(import.meta.dirname, "templates");
    const now = () => new Date().toISOString();
    const deps = {
      ledger: createDynamoDeliveryLedger(client, config.TABLE_NAME),
      subscriptions: createDynamoSubscriptionStore(client, config.TABLE_NAME),
      suppressions: createDynamoSuppressionList(client, config.TABLE_NAME),
      quota: createDynamoSendingQuota(client, config.TABLE_NAME, "ses", { readLimits: createSesLimits(), clock }),
      sleep,
      archive: createS3Archive(s3Client(), config.BUCKET_NAME),
      mailer: createSesMailer({ from: config.SENDER, configurationSet: config.CONFIGURATION_SET }),
      templates: await loadTemplates(templates),
      messages: await loadAllMessages(templates),
      newClaim: randomUUID,
      linkIssue: createIssueLinker(await readLinkKeysSecret(config.LINK_KEYS_SECRET), config.ARCHIVE_URL, now),
      contact: config.CONTACT,
      now,
      leaseMs,
    };
    return async (item, telling) => {
      const result = await deliverBriefing(item, deps);
      telling.say({ delivery: result.delivery, state: result.state });
      return result;
    };
  },
});
