/** `npx cdk deploy --all -c sender=… -c alarms=… -c firstPeriod=…`. The only place that reads CDK's context. */
import { homedir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { defaultCacheDir } from "../functions/adapters/cache-directory.ts";
import { addStacks } from "./add-stacks.ts";
import { buildAssets } from "./bundling/build-assets.ts";
import { readStageConfig } from "./config.ts";

const app = new App();
const config = readStageConfig((name) => app.node.tryGetContext(name));
const folders = { outDir: join(import.meta.dirname, "../out/bundles"), cacheDir: defaultCacheDir(process.env, homedir()) };
const assets = await buildAssets({ fonts: config.fonts, ...folders }, (step) => process.stderr.write(`${step}\n`));
addStacks(app, config, assets);
app.synth();
