import { randomUUID } from "node:crypto";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { z } from "zod";
import { type Delivery, deliveryTag } from "../../functions/core/delivery.ts";
import { askService } from "./aws-requests.ts";
import type { DeployedStacks } from "./deployed-stacks.ts";
import { invokeDeployed } from "./invoke-deployed.ts";
import { account } from "./resolve-template.ts";

/** Of a reader of the smoke test's sample. */
function addressOf(recipient: string): string {
  return `${recipient.replace("smoke-", "")}@simulator.amazonses.com`;
}

/** Says in SES's place what became of a mail. Nobody but AWS may put events of `aws.ses` on a bus, the emulator's neither: so the deployed rule is
 *  asked whether it lets the event pass, and then the event is handed to the rule's target.
 *  @throws when the rule would not pass it on */
export async function tellMailEvent(
  { config }: DeployedStacks,
  { id, recipient, messageId }: Delivery,
  eventType: "Delivery" | "Bounce" | "Complaint",
): Promise<void> {
  const { endpoint } = config;
  const timestamp = new Date().toISOString();
  const told = {
    Delivery: { delivery: { timestamp } },
    Bounce: { bounce: { timestamp, bounceType: "Permanent", bounceSubType: "General" } },
    Complaint: { complaint: { timestamp, complaintFeedbackType: "abuse" } },
  };
  const tags = { "ses:configuration-set": ["biaogan-sample"], [deliveryTag]: [id] };
  const detail = { eventType, mail: { timestamp, messageId, destination: [addressOf(recipient)], tags }, ...told[eventType] };
  const event = {
    version: "0",
    id: randomUUID(),
    "detail-type": `Email ${eventType}`,
    source: "aws.ses",
    account: account.id,
    time: timestamp,
    region: account.region,
    resources: [],
    detail,
  };
  const rules = z.object({ Rules: z.tuple([z.object({ Name: z.string(), EventPattern: z.string() })]) });
  const [{ Name, EventPattern }] = (await askService(endpoint, "events", "AWSEvents.ListRules", rules)).Rules;
  const test = { EventPattern, Event: JSON.stringify(event) };
  await askService(endpoint, "events", "AWSEvents.TestEventPattern", z.object({ Result: z.literal(true) }), test);
  const targets = z.object({ Targets: z.tuple([z.object({ Arn: z.string() })]) });
  const [target] = (await askService(endpoint, "events", "AWSEvents.ListTargetsByRule", targets, { Rule: Name })).Targets;
  const lambda = new LambdaClient(config);
  await invokeDeployed(lambda, target.Arn, event);
  lambda.destroy();
}
