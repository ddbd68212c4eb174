import { Duration, Stack } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import {
  CfnConfigurationSetEventDestination,
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { StageConfig } from "../config.ts";

export interface MailIdentityProps {
  readonly config: StageConfig;
  /** Takes SES's events. */
  readonly mailEvents: IFunction;
  readonly deadLetterQueue: IQueue;
}

/** The sender, and what SES tells of its mails: over EventBridge's default bus to the function that keeps the ledger. */
export class MailIdentity extends Construct {
  readonly identity: EmailIdentity;
  readonly configurationSetName: string;

  constructor(scope: Construct, id: string, { config, mailEvents, deadLetterQueue }: MailIdentityProps) {
    super(scope, id);
    const stack = Stack.of(this);
    this.configurationSetName = stack.stackName;
    const set = new ConfigurationSet(this, "Set", {
      configurationSetName: this.configurationSetName,
      // Encrypted wherever the other side can; one that cannot would otherwise get no mail at all, and what is sent is to be read.
      tlsPolicy: ConfigurationSetTlsPolicy.OPTIONAL,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.identity = new EmailIdentity(this, "Sender", { identity: Identity.email(config.sender), configurationSet: set });
    const bus = stack.formatArn({ service: "events", resource: "event-bus", resourceName: "default" });
    new CfnConfigurationSetEventDestination(this, "Events", {
      configurationSetName: set.configurationSetName,
      eventDestination: {
        name: "ledger",
        enabled: true,
        eventBridgeDestination: { eventBusArn: bus },
        // Opens and clicks are nobody's business: what people read is not tracked.
        matchingEventTypes: ["send", "delivery", "bounce", "complaint", "reject", "deliveryDelay", "renderingFailure"],
      },
    });
    new Rule(this, "ToLedger", {
      description: "What became of each mail of this stage, to the function that keeps the ledger",
      eventPattern: { source: ["aws.ses"], detail: { mail: { tags: { "ses:configuration-set": [this.configurationSetName] } } } },
      targets: [new LambdaFunction(mailEvents, { deadLetterQueue, maxEventAge: Duration.days(1), retryAttempts: 100 })],
    });
  }
}
