import { join } from "node:path";
import { Code } from "aws-cdk-lib/aws-lambda";
import { identifyProgram, revisionDigest } from "../../functions/adapters/program-digest.ts";
import type { BriefingStackProps } from "../briefing-stack.ts";
import { functionNames } from "../constructs/function-catalogue.ts";
import { buildChromiumLayer, checkUnpackedSize } from "./build-chromium-layer.ts";
import { bundleFunctions } from "./bundle-functions.ts";
import { projectRoot } from "./bundle-handler.ts";

/** Makes what the functions are deployed from.
 *  @param outDir for the bundles
 *  @param cacheDir for Chromium and the fonts, which are the same for every deployment
 *  @throws Error when the function that prints would be larger than Lambda takes */
export async function buildAssets(
  { fonts, outDir, cacheDir }: { readonly fonts: string | undefined; readonly outDir: string; readonly cacheDir: string },
  onProgress: (step: string) => void,
): Promise<Pick<BriefingStackProps, "bundle" | "chromium">> {
  const layer = await buildChromiumLayer(cacheDir, fonts, onProgress);
  onProgress("bundling the functions");
  const program = {
    revisionDigest: await revisionDigest(projectRoot, fonts),
    identity: await identifyProgram(projectRoot, layer.fontDirs),
  };
  await bundleFunctions(functionNames, outDir, program);
  await checkUnpackedSize("render-briefing", [layer.folder, join(outDir, "render-briefing")]);
  return { bundle: (name) => Code.fromAsset(join(outDir, name)), chromium: Code.fromAsset(layer.folder) };
}
