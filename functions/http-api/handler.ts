import { join } from "node:path";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { handle, type LambdaEvent } from "hono/aws-lambda";
import { z } from "zod";
import { createS3Archive } from "../adapters/archive/s3-archive.ts";
import { s3Client } from "../adapters/lambda/aws-clients.ts";
import { openLinkChecker } from "../adapters/lambda/link-checker.ts";
import { readLinkKeysSecret } from "../adapters/lambda/link-keys-secret.ts";
import { observedHandler } from "../adapters/lambda/observed-handler.ts";
import { readEnvironment, settings } from "../adapters/lambda/read-environment.ts";
import { loadTemplates } from "../adapters/templates/handlebars-templates.ts";
import { createStepFunctionsWorkflow } from "../adapters/workflow/step-functions-workflow.ts";
import { createHttpApi } from "./app.ts";

/** A signed address dies with the function's session in any case; nobody needs longer to begin a download. */
const linkSeconds = 300;

/** API Gateway's event and answer: theirs to define, hono reads and writes them. */
const eventSchema = z.custom<LambdaEvent>((event) => typeof event === "object" && event !== null && "requestContext" in event);

export const handler = observedHandler("http-api", {
  input: eventSchema,
  output: z.unknown(),
  open: async () => {
    const config = readEnvironment(
      { BUCKET_NAME: settings.bucketName, STATE_MACHINE_ARN: z.string().startsWith("arn:"), LINK_KEYS_SECRET: settings.linkKeysSecret },
      process.env,
    );
    const s3 = s3Client();
    const respond = handle(
      createHttpApi({
        archive: createS3Archive(s3, config.BUCKET_NAME),
        workflow: createStepFunctionsWorkflow(new SFNClient(), config.STATE_MACHINE_ARN),
        templates: await loadTemplates(join(import.meta.dirname, "templates")),
        link: (key) => getSignedUrl(s3, new GetObjectCommand({ Bucket: config.BUCKET_NAME, Key: key }), { expiresIn: linkSeconds }),
        checkLink: await openLinkChecker(
          () => readLinkKeysSecret(config.LINK_KEYS_SECRET),
          () => new Date().toISOString(),
        ),
      }),
    );
    return (event) => respond(event);
  },
});
