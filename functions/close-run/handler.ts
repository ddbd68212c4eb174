import { createS3Archive } from "../adapters/archive/s3-archive.ts";
import { sha256 } from "../adapters/content-hash.ts";
import { createDynamoDeliveryLedger } from "../adapters/dynamo/dynamo-delivery-ledger.ts";
import { createDynamoRunStore } from "../adapters/dynamo/dynamo-run-store.ts";
import { dynamoClient, s3Client } from "../adapters/lambda/aws-clients.ts";
import { observedHandler } from "../adapters/lambda/observed-handler.ts";
import { readEnvironment, settings } from "../adapters/lambda/read-environment.ts";
import { closeRunInputSchema, closeRunOutputSchema } from "../contracts.ts";
import { closeRun } from "./close-run.ts";

export const handler = observedHandler("close-run", {
  input: closeRunInputSchema,
  output: closeRunOutputSchema,
  open: async () => {
    const config = readEnvironment({ TABLE_NAME: settings.tableName, BUCKET_NAME: settings.bucketName }, process.env);
    const client = dynamoClient();
    const deps = {
      archive: createS3Archive(s3Client(), config.BUCKET_NAME),
      runs: createDynamoRunStore(client, config.TABLE_NAME),
      ledger: createDynamoDeliveryLedger(client, config.TABLE_NAME),
      digest: sha256,
      now: () => new Date().toISOString(),
    };
    return async (input, telling) => {
      const answer = await closeRun(input, deps, ({ editionsFailed, deliveriesUnknown }) => {
        telling.count("EditionsFailed", editionsFailed);
        telling.count("DeliveriesUnknown", deliveriesUnknown);
      });
      if (answer.state === "complete") telling.count("RunsIssued", 1);
      telling.say({ state: answer.state });
      return answer;
    };
  },
});
