import { Duration, Stack } from "aws-cdk-lib";
import {
  Alarm,
  AlarmStatusWidget,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { type MetricName, metricNames, metricNamespace } from "../../functions/contracts.ts";
import type { StageConfig } from "../config.ts";
import { acknowledge } from "./acknowledge.ts";
import type { FunctionName } from "./function-catalogue.ts";
import type { FailureImpact, NodeFunction } from "./node-function.ts";

export interface AlarmsProps {
  readonly config: StageConfig;
  readonly functions: readonly NodeFunction[];
  readonly stateMachine: StateMachine;
  readonly deadLetterQueue: IQueue;
}

/** Which function tells which of the project's own numbers. */
const toldBy: Readonly<Record<MetricName, FunctionName>> = {
  EditionsFailed: "close-run",
  RunsIssued: "close-run",
  DeliveriesUnknown: "close-run",
  MonthsOverdue: "start-run",
  BouncesAndComplaints: "mail-events",
};

/** Whatever goes wrong rings once, by mail, and says what a reader will miss and under which heading of RUNBOOK.md it is mended. */
export class Alarms extends Construct {
  private readonly topic: Topic;
  private readonly alarms: Alarm[] = [];

  constructor(scope: Construct, id: string, { config, functions, stateMachine, deadLetterQueue }: AlarmsProps) {
    super(scope, id);
    this.topic = this.makeTopic(config.alarms);
    const own = (name: MetricName, period = Duration.hours(1)) =>
      new Metric({ namespace: metricNamespace, metricName: name, dimensionsMap: { service: toldBy[name] }, statistic: Stats.SUM, period });
    this.ring("DeadLetters", deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }), {
      reader: "An event was given up: a month may not have been started, or the fate of a mail is not in the ledger.",
      runbook: "An event was given up",
    });
    this.ring("RunFailed", stateMachine.metric("ExecutionsFailed", { statistic: Stats.SUM }), {
      reader: "An issue is not out, or not whole: some editions or mails are missing.",
      runbook: "A run failed",
    });
    this.ring("RunTimedOut", stateMachine.metric("ExecutionsTimedOut", { statistic: Stats.SUM }), {
      reader: "An issue waited sixty days for its data and was given up; nobody got it.",
      runbook: "A run failed",
    });
    this.ring("EditionsFailed", own("EditionsFailed"), {
      reader: "Readers of the editions that failed get no briefing; the others got theirs.",
      runbook: "Editions were not issued",
    });
    this.ring("DeliveriesUnknown", own("DeliveriesUnknown"), {
      reader: "Some recipients may or may not have got their mail; nothing is sent to them again by itself.",
      runbook: "A mail's fate is unknown",
    });
    this.ring("BouncesAndComplaints", own("BouncesAndComplaints"), {
      reader: "An address does not exist any more, or its owner calls the briefing spam; that reader gets no further issue.",
      runbook: "Mails bounce or are complained of",
    });
    this.ring(
      "MonthsOverdue",
      own("MonthsOverdue", Duration.days(1)),
      {
        reader: `By day ${config.overdueFrom} the month before is not issued, or nobody looked: no reader has the briefing.`,
        runbook: "A month is overdue",
      },
      // The daily sweep tells this number, also when it is 0: silence is an alarm, too. Two days of it, because the day that has begun has
      // nothing to tell yet.
      { treatMissingData: TreatMissingData.BREACHING, evaluationPeriods: 2 },
    );
    for (const { function: fn, failureImpact, node } of functions) {
      this.ring(`${node.id}Errors`, fn.metricErrors({ period: Duration.minutes(5) }), failureImpact);
    }
    this.draw(functions, stateMachine, own, deadLetterQueue);
  }

  private makeTopic(address: string): Topic {
    const topic = new Topic(this, "Topic", { displayName: "biaogan alarms", enforceSSL: true });
    const subscription = topic.addSubscription(new EmailSubscription(address));
    acknowledge(subscription, {
      "Serverless-SNSRedrivePolicy": "A mailbox: SNS tries for hours, and the alarm itself stays red until it is mended.",
    });
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ["sns:Publish"],
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        resources: [topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
    return topic;
  }

  private ring(
    id: string,
    metric: IMetric,
    { reader, runbook }: FailureImpact,
    { treatMissingData = TreatMissingData.NOT_BREACHING, evaluationPeriods = 1 } = {},
  ): void {
    const alarm = new Alarm(this, id, {
      alarmName: `${Stack.of(this).stackName}-${id}`,
      alarmDescription: `${reader} See "${runbook}" in infra/RUNBOOK.md.`,
      metric,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods,
      treatMissingData,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    this.alarms.push(alarm);
  }

  private draw(functions: readonly NodeFunction[], stateMachine: StateMachine, own: (name: MetricName) => Metric, queue: IQueue): void {
    const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12 });
    new Dashboard(this, "Dashboard", {
      dashboardName: Stack.of(this).stackName,
      widgets: [
        [new AlarmStatusWidget({ title: "What rings", alarms: this.alarms, width: 24 })],
        [
          graph(
            "Runs",
            ["ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed"].map((name) =>
              stateMachine.metric(name, { statistic: Stats.SUM }),
            ),
          ),
          graph(
            "Issues, editions and mails",
            metricNames.map((name) => own(name)),
          ),
        ],
        [
          graph(
            "Time of a function (p99)",
            functions.map(({ function: fn }) => fn.metricDuration({ statistic: Stats.percentile(99) })),
          ),
          graph("Errors and events given up", [
            ...functions.map(({ function: fn }) => fn.metricErrors()),
            queue.metricApproximateNumberOfMessagesVisible(),
          ]),
        ],
      ],
    });
  }
}
