import { type App, Tags, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { BriefingStack, type BriefingStackProps } from "./briefing-stack.ts";
import type { StageConfig } from "./config.ts";
import { StorageStack } from "./storage-stack.ts";

/** Adds both stacks of a stage to the app, held to the AWS Solutions and Serverless rules of cdk-nag: a finding that nobody answered stops
 *  the synthesis.
 *  @param assets what the functions are made of; in a test of the stacks alone, any folder */
export function addStacks(
  app: App,
  config: StageConfig,
  assets: Pick<BriefingStackProps, "bundle" | "chromium">,
): { storage: StorageStack; briefing: BriefingStack } {
  const name = `biaogan-${config.stage}`;
  const storage = new StorageStack(app, `${name}-storage`, { config, description: "biaogan: what was said, known and issued" });
  const briefing = new BriefingStack(app, name, { config, ...assets, description: "biaogan: makes and sends the briefings" });
  briefing.addStackDependency(storage);
  Tags.of(app).add("project", "biaogan");
  Tags.of(app).add("stage", config.stage);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return { storage, briefing };
}
