import { SFNClient } from "@aws-sdk/client-sfn";
import { z } from "zod";
import { createDynamoRunStore } from "../adapters/dynamo/dynamo-run-store.ts";
import { dynamoClient } from "../adapters/lambda/aws-clients.ts";
import { observedHandler } from "../adapters/lambda/observed-handler.ts";
import { readEnvironment, settings } from "../adapters/lambda/read-environment.ts";
import { dayIn } from "../adapters/office-clock.ts";
import { createStepFunctionsWorkflow } from "../adapters/workflow/step-functions-workflow.ts";
import { scheduledSeries, scheduleEventSchema, startRunOutputSchema } from "../contracts.ts";
import { startRun } from "./start-run.ts";

export const handler = observedHandler("start-run", {
  input: scheduleEventSchema,
  output: startRunOutputSchema,
  open: async () => {
    const config = readEnvironment(
      {
        TABLE_NAME: settings.tableName,
        TIME_ZONE: settings.timeZone,
        STATE_MACHINE_ARN: z.string().startsWith("arn:"),
        FIRST_PERIOD: z.string().regex(/^\d{4}-\d{2}$/),
        OVERDUE_FROM: z.coerce.number().int().min(1).max(31),
      },
      process.env,
    );
    const deps = {
      runs: createDynamoRunStore(dynamoClient(), config.TABLE_NAME),
      workflow: createStepFunctionsWorkflow(new SFNClient(), config.STATE_MACHINE_ARN),
    };
    return async ({ trigger, at }, telling) => {
      const today = dayIn(config.TIME_ZONE, at);
      const input = { trigger, today, series: scheduledSeries, firstPeriod: config.FIRST_PERIOD, overdueFrom: config.OVERDUE_FROM };
      const { overdue, ...runs } = await startRun(input, deps);
      telling.say({ started: runs.started.join(" "), overdue: overdue.join(" ") });
      telling.count("MonthsOverdue", overdue.length);
      return { started: [...runs.started], known: [...runs.known] };
    };
  },
});
