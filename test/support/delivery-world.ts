import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createFolderArchive } from "../../functions/adapters/archive/folder-archive.ts";
import { createDynamoDeliveryLedger } from "../../functions/adapters/dynamo/dynamo-delivery-ledger.ts";
import { createDynamoSubscriptionStore } from "../../functions/adapters/dynamo/dynamo-subscription-store.ts";
import { createDynamoSuppressionList } from "../../functions/adapters/dynamo/dynamo-suppression-list.ts";
import { createSesMailer } from "../../functions/adapters/mail/ses-mailer.ts";
import { readOfficeFolder } from "../../functions/adapters/office-folder/office-folder.ts";
import { loadTemplates } from "../../functions/adapters/templates/handlebars-templates.ts";
import { loadAllMessages } from "../../functions/adapters/templates/locale-messages.ts";
import type { Briefing } from "../../functions/core/briefing/briefing.ts";
import { freezeModel } from "../../functions/core/briefing/frozen-model.ts";
import { editionKeys, parseRunName } from "../../functions/core/briefing-keys.ts";
import type { DeliveryKey } from "../../functions/core/delivery.ts";
import type { SuppressionList } from "../../functions/core/ports.ts";
import { asKnownAt, inReadingOrder } from "../../functions/core/register-order.ts";
import { type Subscription, subscriptionSchema } from "../../functions/core/subscription.ts";
import { unlimitedQuota } from "../../functions/core/unlimited-quota.ts";
import type { DeliverBriefingDeps, DeliverBriefingInput } from "../../functions/deliver-briefing/deliver-briefing.ts";
import { composeSample, type SampleOptions } from "./compose-sample.ts";
import type { EmbeddedTables } from "./embedded-table.ts";
import { harbourton } from "./office-copy.ts";
import { type SesServer, startSesServer } from "./ses-server.ts";

const templatesDir = fileURLToPath(new URL("../../templates", import.meta.url));
export const messages = await loadAllMessages(templatesDir);
export const templates = await loadTemplates(templatesDir);
const everything = inReadingOrder(await readOfficeFolder(harbourton));

export const leaseMs = 90_000;
export const pdf = Buffer.from("%PDF-1.7 of a test\n");

/** Harbourton's issue of June 2026 in one of its editions; two of five figures had come in by the end of the month. */
export function juneIssue(edition: string, more: Partial<SampleOptions> = {}): Briefing {
  const translate = messages[edition.endsWith("-en") ? "en" : "zh-CN"];
  return composeSample(asKnownAt(everything, "2026-06-30"), { asOf: "2026-06-30", edition, translate, ...more });
}

export function aReader(parts: Partial<Subscription> = {}): Subscription {
  const written = {
    id: "mayor",
    name: "The Mayor",
    address: "mayor@harbourton.example",
    language: "en",
    editions: ["full"],
    from: "2026-01-01",
  };
  return subscriptionSchema.parse({ ...written, ...parts });
}

/** What delivers a mail, all of it real but the clock: ledger and subscriptions in DynamoDB, a folder for an archive, the AWS SDK and a server
 *  that speaks as SES does. */
export interface DeliveryWorld {
  readonly deps: DeliverBriefingDeps & { readonly suppressions: SuppressionList };
  readonly ses: SesServer;
  readonly input: DeliverBriefingInput;
  readonly key: DeliveryKey;
  /** Publishes the issue, as a run does. */
  issue(briefing?: Briefing, document?: Uint8Array): Promise<void>;
  /** Sets the clock forward. */
  wait(ms: number): void;
  stop(): Promise<void>;
}

export async function createDeliveryWorld(tables: EmbeddedTables): Promise<DeliveryWorld> {
  const folder = await mkdtemp(join(tmpdir(), "biaogan-delivery-"));
  const tableName = await tables.newTable();
  const ses = await startSesServer();
  const archive = createFolderArchive(folder);
  const subscriptions = createDynamoSubscriptionStore(tables.client, tableName);
  await subscriptions.load([aReader()]);
  const account = { endpoint: ses.endpoint, region: "eu-west-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  const sender = { from: "briefing@harbourton.example", configurationSet: "test" };
  const run = "monthly-2026-06-r1";
  const { model, document } = editionKeys("harbourton", parseRunName(run), "full-en");
  let now = Date.parse("2026-07-03T01:00:00.000Z");
  return {
    ses,
    input: { run, edition: "full-en", recipient: "mayor", modelKey: model, documentKey: document },
    key: { series: "monthly", period: "2026-06", revision: 1, edition: "full-en", recipient: "mayor" },
    deps: {
      ledger: createDynamoDeliveryLedger(tables.client, tableName),
      subscriptions,
      suppressions: createDynamoSuppressionList(tables.client, tableName),
      quota: unlimitedQuota,
      sleep: async (ms) => {
        now += ms;
      },
      archive,
      mailer: createSesMailer(sender, account),
      templates,
      messages,
      now: () => new Date(now).toISOString(),
      newClaim: randomUUID,
      leaseMs,
    },
    issue: async (briefing = juneIssue("full-en"), content = pdf) => {
      await archive.put(model, freezeModel(briefing), "application/json");
      await archive.put(document, content, "application/pdf");
    },
    wait: (ms) => {
      now += ms;
    },
    stop: async () => {
      await ses.close();
      await rm(folder, { recursive: true });
    },
  };
}
