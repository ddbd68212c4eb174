import { Duration, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { StageConfig } from "../config.ts";

export interface MonthlyScheduleProps {
  readonly config: StageConfig;
  readonly starter: IFunction;
  /** Where an event goes that could not be delivered. */
  readonly deadLetterQueue: IQueue;
}

/** Starts the month's run on the first of the month after, and looks every day whether a month was missed. Both call one function: what is
 *  started is named after its run, so that neither a repeated event nor both at once start it twice. */
export class MonthlySchedule extends Construct {
  constructor(scope: Construct, id: string, { config, starter, deadLetterQueue }: MonthlyScheduleProps) {
    super(scope, id);
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
      description: "Of the two schedules: they call the starter and write to its dead-letter queue",
    });
    role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [starter.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [deadLetterQueue.queueArn] }));
    const schedule = (trigger: "monthly" | "sweep", scheduleExpression: string, description: string) =>
      new CfnSchedule(this, trigger === "monthly" ? "Monthly" : "Sweep", {
        name: `${Stack.of(this).stackName}-${trigger}`,
        description,
        scheduleExpression,
        scheduleExpressionTimezone: config.timeZone,
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: starter.functionArn,
          roleArn: role.roleArn,
          // The time it was meant for, so that an event that comes late or twice still means the same month.
          input: JSON.stringify({ trigger, at: "<aws.scheduler.scheduled-time>" }),
          // A day of tries, then the dead-letter queue and its alarm; the next day's sweep starts the month in any case.
          retryPolicy: { maximumEventAgeInSeconds: Duration.days(1).toSeconds(), maximumRetryAttempts: 100 },
          deadLetterConfig: { arn: deadLetterQueue.queueArn },
        },
      });
    schedule("monthly", `cron(0 ${config.hour} 1 * ? *)`, "Starts the issue of the month that has ended");
    // An hour later, and in no zone in an hour that a spring-forward skips (those are at night).
    schedule("sweep", `cron(0 ${config.hour + 1} * * ? *)`, "Starts a month that was missed, and tells whether one is overdue");
  }
}
