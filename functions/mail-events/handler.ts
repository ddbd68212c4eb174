import { z } from "zod";
import { createDynamoDeliveryLedger } from "../adapters/dynamo/dynamo-delivery-ledger.ts";
import { createDynamoSuppressionList } from "../adapters/dynamo/dynamo-suppression-list.ts";
import { dynamoClient } from "../adapters/lambda/aws-clients.ts";
import { observedHandler } from "../adapters/lambda/observed-handler.ts";
import { readEnvironment, settings } from "../adapters/lambda/read-environment.ts";
import { recordMailEvent } from "./record-mail-event.ts";

/** EventBridge's envelope; what SES says is its `detail`. */
const eventSchema = z.object({ detail: z.unknown() });

const unwelcome: readonly string[] = ["BOUNCED", "COMPLAINED"];

export const handler = observedHandler("mail-events", {
  input: eventSchema,
  output: z.object({ outcome: z.string() }),
  open: async () => {
    const config = readEnvironment({ TABLE_NAME: settings.tableName }, process.env);
    const client = dynamoClient();
    const deps = {
      ledger: createDynamoDeliveryLedger(client, config.TABLE_NAME),
      suppressions: createDynamoSuppressionList(client, config.TABLE_NAME),
    };
    return async ({ detail }, telling) => {
      const result = await recordMailEvent(detail, deps);
      telling.say(result);
      const bad = "state" in result && result.outcome === "moved" && unwelcome.includes(result.state);
      telling.count("BouncesAndComplaints", bad ? 1 : 0);
      return result;
    };
  },
});
