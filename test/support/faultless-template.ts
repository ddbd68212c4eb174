// biome-ignore lint/suspicious/noExplicitAny: a template is written here as CloudFormation has it, and broken in one place after the other.
export type Loose = any;
const arn = (name: string) => ({ "Fn::GetAtt": [name, "Arn"] });
const kept = { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" };
const trusting = (service: string) => ({
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }],
  Version: "2012-10-17",
});
/** A state machine with what ours has: JSONata, variables, a Distributed Map over a list in S3. */
export const composeWorkflow = (): Loose => ({
  QueryLanguage: "JSONata",
  StartAt: "Wait",
  States: {
    Wait: { Type: "Wait", Timestamp: "{% $states.input.until %}", Assign: { month: "{% $states.input.month %}" }, Next: "Each" },
    Each: {
      Type: "Map",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        ReaderConfig: { InputType: "JSON" },
        Arguments: { Bucket: "archive", Key: "{% $states.input.items %}" },
      },
      ItemSelector: { month: "{% $month %}", edition: "{% $states.context.Map.Item.Value %}" },
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Render",
        States: {
          Render: {
            Type: "Task",
            Resource: "arn:aws:states:::lambda:invoke",
            Arguments: { FunctionName: "arn:aws:lambda:us-east-1:000000000000:function:render", Payload: "{% $states.input %}" },
            Retry: [{ ErrorEquals: ["Lambda.TooManyRequestsException"], MaxAttempts: 3, BackoffRate: 2, JitterStrategy: "FULL" }],
            Catch: [{ ErrorEquals: ["States.ALL"], Output: "{% $states.errorOutput %}", Next: "Failed" }],
            End: true,
          },
          Failed: { Type: "Pass", Output: { failed: "{% $states.input %}" }, End: true },
        },
      },
      ToleratedFailurePercentage: 100,
      ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Arguments: { Bucket: "archive", Prefix: "results" } },
      Next: "IsWhole",
    },
    IsWhole: { Type: "Choice", Choices: [{ Condition: "{% $exists($states.input.whole) %}", Next: "Done" }], Default: "Broken" },
    Done: { Type: "Succeed" },
    Broken: { Type: "Fail", Error: "NotWhole", Cause: "{% 'in ' & $month %}" },
  },
});

/** A template with one of each resource that the rules judge, and no fault. */
export const composeTemplate = (): Loose => ({
  AWSTemplateFormatVersion: "2010-09-09",
  Resources: {
    Table: {
      Type: "AWS::DynamoDB::Table",
      ...kept,
      Properties: {
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    },
    Bucket: {
      Type: "AWS::S3::Bucket",
      ...kept,
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: "Enabled" },
      },
    },
    TlsOnly: {
      Type: "AWS::S3::BucketPolicy",
      Properties: {
        Bucket: { Ref: "Bucket" },
        PolicyDocument: {
          Statement: [
            {
              Effect: "Deny",
              Action: "s3:*",
              Principal: { AWS: "*" },
              Resource: [arn("Bucket"), { "Fn::Join": ["/", [arn("Bucket"), "*"]] }],
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
          ],
          Version: "2012-10-17",
        },
      },
    },
    Queue: { Type: "AWS::SQS::Queue", Properties: { SqsManagedSseEnabled: true } },
    Log: { Type: "AWS::Logs::LogGroup", Properties: { RetentionInDays: 365 } },
    Role: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: trusting("lambda.amazonaws.com") } },
    Policy: {
      Type: "AWS::IAM::Policy",
      Properties: {
        PolicyName: "function",
        Roles: [{ Ref: "Role" }],
        PolicyDocument: {
          Statement: [
            { Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:Query"], Resource: arn("Table") },
            { Effect: "Allow", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: "*" },
          ],
          Version: "2012-10-17",
        },
      },
    },
    Function: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Role: arn("Role"),
        Code: { ZipFile: "exports.handler = () => {};" },
        Environment: { Variables: { TABLE_NAME: { Ref: "Table" }, TIME_ZONE: "Asia/Shanghai" } },
        LoggingConfig: { LogGroup: { Ref: "Log" } },
        TracingConfig: { Mode: "Active" },
      },
    },
    Machine: {
      Type: "AWS::StepFunctions::StateMachine",
      Properties: {
        RoleArn: arn("Role"),
        DefinitionString: JSON.stringify(composeWorkflow()),
        TracingConfiguration: { Enabled: true },
        LoggingConfiguration: {
          Level: "ALL",
          IncludeExecutionData: false,
          Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: arn("Log") } }],
        },
      },
    },
    Schedule: {
      Type: "AWS::Scheduler::Schedule",
      Properties: {
        ScheduleExpression: "cron(0 8 1 * ? *)",
        ScheduleExpressionTimezone: "Asia/Shanghai",
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: { Arn: { Ref: "Machine" }, RoleArn: arn("Role"), DeadLetterConfig: { Arn: arn("Queue") } },
      },
    },
  },
});
