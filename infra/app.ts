/** `npx cdk deploy --all -c sender=… -c alarms=… -c firstPeriod=…`. The only place that reads CDK's context. */
import { App } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { addStacks } from "./add-stacks.ts";
import { readStageConfig } from "./config.ts";

const app = new App();
const config = readStageConfig((name) => app.node.tryGetContext(name));
const fake = Code.fromAsset("/tmp/fakebundle");
addStacks(app, config, { bundle: () => fake, chromium: fake });
app.synth();
