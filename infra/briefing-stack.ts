import { ArnFormat, CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Architecture, type Code, LayerVersion, Runtime } from "aws-cdk-lib/aws-lambda";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { StageConfig } from "./config.ts";
import { acknowledge } from "./constructs/acknowledge.ts";
import { Alarms } from "./constructs/alarms.ts";
import { ArchiveApi } from "./constructs/archive-api.ts";
import { BriefingWorkflow } from "./constructs/briefing-workflow.ts";
import { describeFunctions, type FunctionName, type FunctionResources, type FunctionSpec } from "./constructs/function-catalogue.ts";
import { IsolatedNetwork } from "./constructs/isolated-network.ts";
import { MailIdentity } from "./constructs/mail-identity.ts";
import { MonthlySchedule } from "./constructs/monthly-schedule.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import { type StorageNames, storageNames } from "./storage-stack.ts";

export interface BriefingStackProps extends StackProps {
  readonly config: StageConfig;
  /** A function's bundle. */
  readonly bundle: (name: FunctionName) => Code;
  /** The folder that becomes /opt of the function that prints: Chromium and fonts, unpacked. */
  readonly chromium: Code;
}

/** Everything that can be made again beside the storage: functions, workflow, schedules, mail, API, alarms. */
export class BriefingStack extends Stack {
  constructor(scope: Construct, id: string, { config, bundle, chromium, ...props }: BriefingStackProps) {
    super(scope, id, props);
    const storage = storageNames(this, config);
    const deadLetterQueue = new Queue(this, "DeadLetters", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const itself = "It is itself the queue of dead letters.";
    acknowledge(deadLetterQueue, { "AwsSolutions-SQS3": itself, "Serverless-SQSRedrivePolicy": itself });
    const declare = this.functionMaker({ config, storage, bundle, chromium, deadLetterQueue });
    const functions = declareAll(describeFunctions(config, this.resources(config, storage)), declare);
    const arnOf = (name: FunctionName) => functions[name].function.functionArn;

    const { stateMachine } = new BriefingWorkflow(this, "Workflow", {
      config,
      name: this.machineName,
      archive: storage,
      functions: {
        checkReadiness: arnOf("check-readiness"),
        planRun: arnOf("plan-run"),
        renderBriefing: arnOf("render-briefing"),
        deliverBriefing: arnOf("deliver-briefing"),
        closeRun: arnOf("close-run"),
      },
    });
    new MonthlySchedule(this, "Schedule", { config, starter: functions["start-run"].function, deadLetterQueue });
    new MailIdentity(this, "Mail", { config, mailEvents: functions["mail-events"].function, deadLetterQueue });
    const { api } = new ArchiveApi(this, "Api", { config, handler: functions["http-api"].function });
    // Not in the catalogue: the API calls one of its functions, so it is made after them.
    functions["deliver-briefing"].function.addEnvironment("ARCHIVE_URL", api.apiEndpoint);
    new Alarms(this, "Alarms", { config, functions: Object.values(functions), stateMachine, deadLetterQueue });

    new CfnOutput(this, "ApiUrl", { value: api.apiEndpoint, description: "Where runs are asked for; requests are signed (IAM)" });
    new CfnOutput(this, "ArchivePage", { value: `${api.apiEndpoint}/archive`, description: "What was issued" });
    new CfnOutput(this, "ArchiveBucket", { value: storage.bucketName, description: "Where it lies" });
    new CfnOutput(this, "TableName", { value: storage.tableName, description: "Where `biaogan load` puts the office's folder" });
    new CfnOutput(this, "StateMachineArn", { value: stateMachine.stateMachineArn, description: "The month's run" });
  }

  private get machineName(): string {
    return `${this.stackName}-issue`;
  }

  private resources(config: StageConfig, storage: StorageNames): FunctionResources {
    return {
      ...storage,
      // By its name: the functions are made before the machine that calls them.
      stateMachineArn: this.formatArn({
        service: "states",
        resource: "stateMachine",
        resourceName: this.machineName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
      configurationSetName: this.stackName,
      mailArns: [`identity/${config.sender}`, `configuration-set/${this.stackName}`].map((resource) =>
        this.formatArn({ service: "ses", resource, arnFormat: ArnFormat.NO_RESOURCE_NAME }),
      ),
    };
  }

  /** The one that prints alone has Chromium, and, where the stage asks for it, a network without a way out. */
  private functionMaker({ config, storage, bundle, chromium, deadLetterQueue }: FunctionMakerProps) {
    const layer = new LayerVersion(this, "Chromium", {
      code: chromium,
      compatibleArchitectures: [Architecture.X86_64],
      compatibleRuntimes: [Runtime.NODEJS_24_X],
      description: "Chromium and the document's fonts, unpacked",
    });
    const vpc = config.isolateRenderer ? new IsolatedNetwork(this, "Network", storage.bucketArn).vpc : undefined;
    return (name: FunctionName, { grants, asynchronous, ...spec }: FunctionSpec): NodeFunction => {
      const made = new NodeFunction(this, pascal(name), {
        ...spec,
        config,
        code: bundle(name),
        ...(asynchronous && { deadLetterQueue }),
        ...(name === "render-briefing" && { layers: [layer], ...(vpc && { vpc }) }),
      });
      for (const [resources, actions] of grants) made.allow(resources, ...actions);
      return made;
    };
  }
}

interface FunctionMakerProps extends BriefingStackProps {
  readonly storage: StorageNames;
  readonly deadLetterQueue: Queue;
}

function declareAll(
  specs: Readonly<Record<FunctionName, FunctionSpec>>,
  declare: (name: FunctionName, spec: FunctionSpec) => NodeFunction,
): Readonly<Record<FunctionName, NodeFunction>> {
  const make = (name: FunctionName) => declare(name, specs[name]);
  return {
    "start-run": make("start-run"),
    "check-readiness": make("check-readiness"),
    "plan-run": make("plan-run"),
    "render-briefing": make("render-briefing"),
    "deliver-briefing": make("deliver-briefing"),
    "close-run": make("close-run"),
    "mail-events": make("mail-events"),
    "http-api": make("http-api"),
  };
}

function pascal(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
