/** `npm run smoke -- --stage X`: whether a deployed stage does in its account what the tests have seen it do. */
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SFNClient } from "@aws-sdk/client-sfn";
import { Command, InvalidArgumentError } from "commander";
import { describeLeftovers } from "./describe-leftovers.ts";
import { planSmoke } from "./plan-smoke.ts";
import { formatReport } from "./print-report.ts";
import { runSmoke } from "./smoke-step.ts";

interface Options {
  readonly stage: string;
  readonly context: readonly string[];
  readonly runMinutes: number;
  readonly mailMinutes: number;
  readonly pollMs: number;
  readonly json: boolean;
}

const program = new Command("smoke")
  .description(
    "Runs a sample month in a deployed stage, mails SES's simulator, and tells what that proves. Nothing of an office is touched.",
  )
  .option("--stage <name>", "the stage, as it was deployed", "prod")
  .option("-c, --context <answer>", "an answer that the stage was deployed with (sender=…); may be repeated", collect, [])
  .option("--run-minutes <n>", "how long the run may take", positive, 15)
  .option("--mail-minutes <n>", "how long SES's news of the mails may take", positive, 5)
  .option("--poll-ms <n>", "how often it is looked", positive, 3_000)
  .option("--json", "print one JSON document on standard output and nothing else there", false)
  .action(smoke);

async function smoke({ stage, context, runMinutes, mailMinutes, pollMs, json }: Options): Promise<void> {
  const series = `smoke-${new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14)}`;
  const clients = {
    cloudFormation: new CloudFormationClient(),
    dynamo: new DynamoDBClient(),
    lambda: new LambdaClient(),
    machines: new SFNClient(),
    s3: new S3Client(),
    ses: new SESv2Client(),
  };
  const plan = planSmoke(clients, {
    stage,
    answers: context,
    environment: process.env,
    series,
    run: { minutes: runMinutes, pollMs },
    mails: { minutes: mailMinutes, pollMs },
  });
  const steps = await runSmoke(plan.steps, plan.putBack);
  for (const client of Object.values(clients)) client.destroy();
  const passed = steps.every(({ outcome }) => outcome === "passed");
  const found = plan.found();
  const stays = describeLeftovers(found, series);
  const document = { stage, series, passed, steps, differences: found.differences ?? null, stays };
  process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : `${sayAll(document)}\n`);
  process.exitCode = passed ? 0 : 1;
}

interface Report {
  readonly stage: string;
  readonly passed: boolean;
  readonly steps: Parameters<typeof formatReport>[0];
  readonly differences: string | null;
  readonly stays: readonly string[];
}

function sayAll({ stage, passed, steps, differences, stays }: Report): string {
  const said = [
    ...(differences === null ? [] : [`What a deployment of this checkout would change (nothing was executed):\n\n${differences}\n`]),
    formatReport(steps),
    passed ? `\nThe stage ${stage} works.` : `\nThe stage ${stage} did not do all that it should.`,
    ...(stays.length === 0 ? ["Nothing was left in the account."] : ["What stays in the account:", ...stays.map((line) => `- ${line}`)]),
  ];
  return said.join("\n");
}

function collect(answer: string, answers: readonly string[]): string[] {
  return [...answers, answer];
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("write a number above zero");
}

await program.parseAsync();
