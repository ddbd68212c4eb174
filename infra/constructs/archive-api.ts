import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { CfnStage, HttpApi, HttpMethod, HttpNoneAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpIamAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { StageConfig } from "../config.ts";
import { acknowledge } from "./acknowledge.ts";

export interface ArchiveApiProps {
  readonly config: StageConfig;
  readonly handler: IFunction;
}

/** The HTTP API: signed requests only (IAM), but for the question whether it is alive and for the links that mails carry. No other origin may call it. */
export class ArchiveApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, { config, handler }: ArchiveApiProps) {
    super(scope, id);
    const integration = new HttpLambdaIntegration("Handler", handler);
    this.api = new HttpApi(this, "Api", {
      apiName: Stack.of(this).stackName,
      description: "Starts runs and hands out what was issued",
      defaultAuthorizer: new HttpIamAuthorizer(),
      defaultIntegration: integration,
      createDefaultStage: true,
    });
    const open = new HttpNoneAuthorizer();
    const [health] = this.api.addRoutes({ path: "/healthz", methods: [HttpMethod.GET], integration, authorizer: open });
    if (health) acknowledge(health, { "AwsSolutions-APIG4": "Says only that the function answers; a monitor outside of AWS can ask it." });
    const [issue] = this.api.addRoutes({ path: "/issue/{token}", methods: [HttpMethod.GET], integration, authorizer: open });
    if (issue)
      acknowledge(issue, { "AwsSolutions-APIG4": "The signed token of a mail's link is the permission; readers have no AWS account." });
    const log = new LogGroup(this, "Log", {
      logGroupName: `/aws/apigateway/${Stack.of(this).stackName}`,
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = this.api.defaultStage?.node.defaultChild;
    if (!(stage instanceof CfnStage)) throw new Error("the API has no stage to log and to limit");
    stage.accessLogSettings = { destinationArn: log.logGroupArn, format: JSON.stringify(loggedFields) };
    // An office has dozens of readers, not thousands: what is beyond this is a mistake or an attack.
    stage.defaultRouteSettings = { throttlingBurstLimit: 50, throttlingRateLimit: 20 };
  }
}

const loggedFields = {
  requestId: "$context.requestId",
  at: "$context.requestTime",
  method: "$context.httpMethod",
  route: "$context.routeKey",
  status: "$context.status",
  caller: "$context.identity.caller",
  error: "$context.error.message",
};
