import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ProgramFile, readProgramFile } from "../../../functions/adapters/lambda/program-file.ts";
import { folderDigest } from "../../../functions/adapters/program-digest.ts";
import { bundleFunctions } from "../../../infra/bundling/bundle-functions.ts";
import { bundleHandler } from "../../../infra/bundling/bundle-handler.ts";
import { functionNames } from "../../../infra/constructs/function-catalogue.ts";

const run = promisify(execFile);
const program: ProgramFile = { revisionDigest: "r", identity: { version: "1", program: "p", templates: "t", fonts: [] } };

let folder: string;
let bundles: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "biaogan-bundles-"));
  bundles = join(folder, "bundles");
  await bundleFunctions(functionNames, bundles, program);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs an ES module's text in a Node that may read its bundle and nothing else of this machine, with no environment. */
async function runAlone(bundle: string, text: string): Promise<string> {
  const args = ["--permission", `--allow-fs-read=${bundle}`, "--input-type=module", "--eval", text];
  const { stdout } = await run(process.execPath, args, { cwd: bundle, env: { AWS_REGION: "cn-north-1", POWERTOOLS_LOG_LEVEL: "SILENT" } });
  return stdout;
}

describe("a bundled function", () => {
  test.each(functionNames)("%s needs nothing but its bundle to be loaded and to refuse an event by the error's name", async (name) => {
    const text = `
      const { handler } = await import("./index.mjs");
      const context = { functionName: "f", awsRequestId: "1", getRemainingTimeInMillis: () => 10_000 };
      const answer = await handler(null, context).catch(({ name, message }) => name + ": " + message);
      process.stdout.write("\\n" + answer);`;
    expect((await runAlone(join(bundles, name), text)).split("\n").at(-1)).toMatch(new RegExp(`^InputError: event of ${name}`));
  });

  test("is not larger than it was thought to be", async () => {
    const sizes = await Promise.all(functionNames.map(async (name) => [name, await sizeOf(join(bundles, name))] as const));
    // The AWS SDK is most of the 2 MB; the printer brings puppeteer and two libraries for PDF.
    expect(sizes.filter(([name, size]) => size > (name === "render-briefing" ? 10e6 : 3e6))).toEqual([]);
  });

  test("holds what it reads, and nothing that would deploy it again when another function's files change", () => {
    const holding = (path: string) => functionNames.filter((name) => existsSync(join(bundles, name, path)));
    expect(holding("templates/locales/zh-CN.json")).toEqual(["plan-run", "render-briefing", "deliver-briefing", "http-api"]);
    expect(holding("templates/styles")).toEqual(["render-briefing", "deliver-briefing", "http-api"]);
    expect(holding("program.json")).toEqual(["plan-run", "render-briefing"]);
  });

  test("is told what program it is as it was when it was bundled", async () => {
    expect(await readProgramFile(join(bundles, "plan-run"))).toEqual(program);
  });

  test("can be read by everybody", async () => {
    const files = await readdir(bundles, { recursive: true, withFileTypes: true });
    const modes = files.map(async ({ name, parentPath }) => (await stat(join(parentPath, name))).mode & 0o444);
    expect(new Set(await Promise.all(modes))).toEqual(new Set([0o444]));
  });

  test("has the same bytes wherever it is made", async () => {
    const again = join(folder, "again");
    const url = new URL("../../../infra/bundling/bundle-functions.ts", import.meta.url);
    const text = `
      const { bundleFunctions } = await import(${JSON.stringify(url)});
      await bundleFunctions(["plan-run"], ${JSON.stringify(again)}, ${JSON.stringify(program)});`;
    await run(process.execPath, ["--input-type=module", "--eval", text], {
      cwd: folder,
      env: { TZ: "Asia/Shanghai", LC_ALL: "tr_TR.UTF-8" },
    });
    expect(await folderDigest(join(again, "plan-run"))).toBe(await folderDigest(join(bundles, "plan-run")));
  });

  test("keeps what is imported when it is needed out of what is loaded at once, and brings no Chromium", async () => {
    const files = await readdir(join(bundles, "render-briefing"));
    const texts = files.filter((name) => name.endsWith(".mjs")).map((name) => readFile(join(bundles, "render-briefing", name), "utf8"));
    expect(files.some((name) => name.startsWith("pdfjs-"))).toBe(true);
    expect((await Promise.all(texts)).join("")).not.toMatch(/@sparticuz|fontverter|@fontsource/);
  });
});

describe("bundling", () => {
  test("stops at an import that is not there, and names it", async () => {
    const handler = join(folder, "handler.mjs");
    await writeFile(handler, 'export const handler = () => import("no-such-package");');
    await expect(bundleHandler(handler, join(folder, "broken"))).rejects.toThrow(/no-such-package/);
    await mkdir(join(folder, "none"));
    await expect(bundleFunctions(["no-such-function"], join(folder, "none"), program)).rejects.toThrow(
      /^functions\/no-such-function\/handler\.ts cannot be bundled: /,
    );
  });
});

async function sizeOf(bundle: string): Promise<number> {
  const files = (await readdir(bundle, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
