import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Code } from "aws-cdk-lib/aws-lambda";
import cdkJson from "../../cdk.json" with { type: "json" };
import { addStacks } from "../../infra/add-stacks.ts";
import { readStageConfig } from "../../infra/config.ts";

/** The stacks of the sample stage with these answers, without bundling: each function is one line. */
export function synthesiseSample(answers: Readonly<Record<string, unknown>> = {}): { storage: Template; briefing: Template } {
  const folder = mkdtempSync(join(tmpdir(), "biaogan-synth-"));
  const app = new App({ context: cdkJson.context, outdir: join(folder, "cdk.out") });
  mkdirSync(join(folder, "code"));
  writeFileSync(join(folder, "code", "index.mjs"), "export const handler = () => {};\n");
  const code = Code.fromAsset(join(folder, "code"));
  const given: Readonly<Record<string, unknown>> = { stage: "sample", ...answers };
  const { storage, briefing } = addStacks(
    app,
    readStageConfig((name) => given[name]),
    { bundle: () => code, chromium: code },
  );
  const templates = { storage: Template.fromStack(storage), briefing: Template.fromStack(briefing) };
  rmSync(folder, { recursive: true });
  return templates;
}
