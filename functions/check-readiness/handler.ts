import { z } from "zod";
import { openCalendar } from "../adapters/calendar/open-calendar.ts";
import { createDynamoRegisterStore } from "../adapters/dynamo/dynamo-register-store.ts";
import { dynamoClient } from "../adapters/lambda/aws-clients.ts";
import { observedHandler } from "../adapters/lambda/observed-handler.ts";
import { readEnvironment, settings } from "../adapters/lambda/read-environment.ts";
import { dayIn, instantAt } from "../adapters/office-clock.ts";
import { checkReadinessInputSchema, checkReadinessOutputSchema } from "../contracts.ts";
import { checkReadiness } from "./check-readiness.ts";

export const handler = observedHandler("check-readiness", {
  input: checkReadinessInputSchema,
  output: checkReadinessOutputSchema,
  open: async () => {
    const config = readEnvironment(
      { TABLE_NAME: settings.tableName, TIME_ZONE: settings.timeZone, HOUR: z.coerce.number().int().min(0).max(23) },
      process.env,
    );
    const deps = { store: createDynamoRegisterStore(dynamoClient(), config.TABLE_NAME), calendarFor: openCalendar };
    return async ({ period, now }, telling): Promise<z.infer<typeof checkReadinessOutputSchema>> => {
      const answer = await checkReadiness({ period, today: dayIn(config.TIME_ZONE, now) }, deps);
      const { state, present, enough, declared, calendar } = answer;
      telling.say({ state, present, enough, declared, calendar, ...(calendar === "assumed" && { calendarGap: answer.calendarGap }) });
      return answer.state === "wait"
        ? { state: answer.state, until: instantAt(answer.nextDay, config.HOUR, config.TIME_ZONE) }
        : { state: answer.state, asOf: answer.asOf };
    };
  },
});
