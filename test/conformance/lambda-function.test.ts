import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { run } from "../support/conformance-tools.ts";
import { type LambdaFunction, type LambdaFunctionSettings, startLambdaFunction } from "../support/lambda-function.ts";
import { describeLambdaParts, keepLambdaParts } from "../support/lambda-parts.ts";

/** The stand-in for Lambda, held against what AWS documents of Lambda, before anything of ours runs in it. */

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "biaogan-lambda-function-"));
  await keepLambdaParts();
  process.stderr.write(`${await describeLambdaParts()}\n`);
}, 1_200_000);
afterAll(() => rm(folder, { recursive: true }));

async function writeFolder(files: Record<string, string>): Promise<string> {
  const place = await mkdtemp(join(folder, "code-"));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(place, path)), { recursive: true });
    await writeFile(join(place, path), content);
  }
  return place;
}

/** @param body of an async handler of `event` and `context` */
async function startHandler(body: string, settings: Partial<LambdaFunctionSettings> = {}): Promise<LambdaFunction> {
  const head = 'import { execFileSync } from "node:child_process"; import * as fs from "node:fs"; import * as os from "node:os";\n';
  const code = await writeFolder({ "index.mjs": `${head}export async function handler(event, context) {${body}}` });
  const defaults = { name: "tried", code, handler: "index.handler", environment: {}, memoryMb: 512, timeoutSeconds: 20 };
  const started = await startLambdaFunction({ ...defaults, ...settings });
  onTestFinished(() => started.stop());
  return started;
}

describe("a function", () => {
  test("gets the event and gives back what its handler returns, Chinese text and all", async () => {
    const echo = await startHandler(
      'console.log("收到"); return { got: event, memory: context.memoryLimitInMB, name: context.functionName };',
    );
    expect(await echo.invoke({ 标题: "标杆：100% “兑现”🎯" })).toEqual({
      payload: { got: { 标题: "标杆：100% “兑现”🎯" }, memory: "512", name: "tried" },
    });
    expect(await echo.invoke(undefined)).toEqual({ payload: { got: null, memory: "512", name: "tried" } });
    expect(echo.log()).toMatch(/START RequestId: .*INFO\t收到\n.*END RequestId: /s);
  });

  test("may be a CommonJS file, in a folder below, that requires what lies in a layer", async () => {
    const code = await writeFolder({
      "deep/main.js": 'exports.run = async () => [require("words").word, require("node:fs").readFileSync("/opt/which", "utf8")];',
    });
    const first = await writeFolder({ "nodejs/node_modules/words/index.js": 'exports.word = "来自层";', which: "first" });
    const second = await writeFolder({ which: "second" });
    const settings = { name: "cjs", code, handler: "deep/main.run", environment: {}, memoryMb: 128, timeoutSeconds: 20 };
    const required = await startLambdaFunction({ ...settings, layers: [first, second] });
    onTestFinished(() => required.stop());
    expect(await required.invoke({})).toEqual({ payload: ["来自层", "second"] });
  });

  test("may write to /tmp and nowhere else, is not root, and sees nothing of this machine", async () => {
    const here = process.cwd();
    const looking = await startHandler(
      `const write = (path) => { try { fs.writeFileSync(path, "x"); return "written"; } catch (error) { return error.code; } };
       return {
         written: Object.fromEntries(event.paths.map((path) => [path, write(path)])),
         user: os.userInfo().username, cwd: process.cwd(), shared: fs.existsSync("/dev/shm"), tester: fs.existsSync(event.here),
         processes: fs.readdirSync("/proc").filter((name) => /^\\d+$/.test(name)).length,
       };`,
    );
    const paths = [
      "/tmp/a",
      "/var/task/a",
      "/opt/a",
      "/var/runtime/a",
      "/var/lang/a",
      "/a",
      "/usr/a",
      "/home/a",
      "/dev/a",
      "/var/task/index.mjs",
    ];
    const written = Object.fromEntries(paths.map((path) => [path, path === "/tmp/a" ? "written" : "EROFS"]));
    expect(await looking.invoke({ paths, here })).toEqual({
      payload: { written, user: "sbx_user1051", cwd: "/var/task", shared: false, tester: false, processes: 3 },
    });
  });

  test("has as much of /tmp as it is given", async () => {
    const filling = await startHandler(
      'try { fs.writeFileSync("/tmp/a", Buffer.alloc(event)); return "written"; } catch (error) { return error.code; }',
      {
        temporaryStorageMb: 8,
      },
    );
    expect(await filling.invoke(7 * 1024 * 1024)).toEqual({ payload: "written" });
    expect(await filling.invoke(9 * 1024 * 1024)).toEqual({ payload: "ENOSPC" });
  });

  test("sees its template's environment and Lambda's, and nothing of the tester's", async () => {
    process.env["BIAOGAN_TESTER"] = "seen";
    const telling = await startHandler("return { env: process.env, flags: process.execArgv, version: process.version };", {
      environment: { OFFICE: "北京 office=1", LOG_LEVEL: "WARN" },
      credentials: { accessKeyId: "id", secretAccessKey: "secret", sessionToken: "" },
      region: "ap-east-1",
    });
    const { payload } = (await telling.invoke({})) as { payload: { env: Record<string, string>; flags: string[]; version: string } };
    expect(Object.keys(payload.env).toSorted()).toEqual(
      [
        ...["_HANDLER", "AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
        ...["AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME"],
        ...["AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_METADATA_API", "AWS_LAMBDA_METADATA_TOKEN", "AWS_LAMBDA_RUNTIME_API", "AWS_REGION"],
        ...["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_XRAY_CONTEXT_MISSING", "AWS_XRAY_DAEMON_ADDRESS", "LAMBDA_RUNTIME_DIR"],
        ...["LAMBDA_TASK_ROOT", "LANG", "LD_LIBRARY_PATH", "LOG_LEVEL", "NODE_PATH", "OFFICE", "PATH", "PWD", "TZ"],
      ].toSorted(),
    );
    expect(payload.env).toMatchObject({
      ...{ OFFICE: "北京 office=1", LOG_LEVEL: "WARN", TZ: ":UTC", PWD: "/var/task", AWS_REGION: "ap-east-1", AWS_ACCESS_KEY_ID: "id" },
      ...{ AWS_SESSION_TOKEN: "", AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x", AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512" },
    });
    expect(payload.flags).toContain("--max-old-space-size=461");
    expect(payload.version).toMatch(/^v24\./);
  });

  test("does not start with variables that Lambda refuses", async () => {
    await expect(startHandler("", { environment: { AWS_REGION: "eu-west-1", OK: "1" } })).rejects.toThrow(
      /Lambda refuses AWS_REGION among/,
    );
    await expect(startHandler("", { environment: { LONG: "标".repeat(1_400) } })).rejects.toThrow(/4096/);
  });
});

describe("a function that fails", () => {
  test("tells the name and the message of what it threw", async () => {
    const throwing = await startHandler(
      'class FigureMissing extends Error { name = "FigureMissing"; } if (event.plain) throw "坏"; throw new FigureMissing("缺少 2018-01 的数字");',
    );
    expect(await throwing.invoke({})).toEqual({
      errorType: "FigureMissing",
      errorMessage: "缺少 2018-01 的数字",
      trace: expect.arrayContaining(["FigureMissing: 缺少 2018-01 的数字"]),
    });
    expect(await throwing.invoke({ plain: true })).toMatchObject({ errorType: "string", errorMessage: "坏" });
  });

  test("is there again after its process was killed or ended, with its /tmp as it was", async () => {
    const dying = await startHandler(
      `fs.appendFileSync("/tmp/count", "."); if (event.kill) process.kill(process.pid, "SIGKILL"); if (event.exit) process.exit(event.exit);
       return fs.readFileSync("/tmp/count", "utf8").length;`,
    );
    expect(await dying.invoke({})).toEqual({ payload: 1 });
    const died = (how: string) => ({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringMatching(`^RequestId: .* exited with error: ${how}`),
    });
    expect(await dying.invoke({ kill: true })).toEqual(died("signal: killed"));
    expect(await dying.invoke({ exit: 7 })).toEqual(died("exit status 7"));
    expect(await dying.invoke({})).toEqual({ payload: 4 });
  });

  test("is ended when its time is up, and is there again", async () => {
    const slow = await startHandler(
      "await new Promise((done) => setTimeout(done, event)); return context.getRemainingTimeInMillis() > 0;",
      {
        timeoutSeconds: 1,
      },
    );
    expect(await slow.invoke(3_000)).toEqual({
      errorType: "Sandbox.Timedout",
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
    });
    expect(await slow.invoke(1)).toEqual({ payload: true });
  });

  test("has no more heap than its memory", async () => {
    const greedy = await startHandler("const all = []; while (event) all.push(new Array(1e5).fill(Math.random())); return 1;", {
      memoryMb: 128,
    });
    expect(await greedy.invoke(true)).toMatchObject({ errorType: "Runtime.ExitError" });
    expect(await greedy.invoke(false)).toEqual({ payload: 1 });
  });

  test("says so when its code cannot be loaded, each time", async () => {
    const code = await writeFolder({ "index.mjs": 'import "no-such-package"; export const handler = async () => 1;' });
    const broken = await startHandler("", { code });
    for (const _ of [1, 2]) {
      expect(await broken.invoke({})).toMatchObject({ errorMessage: expect.stringContaining("no-such-package") });
    }
    const lacking = await startHandler("", { handler: "index.other" });
    expect(await lacking.invoke({})).toMatchObject({ errorType: "Runtime.HandlerNotFound" });
  });

  test("cannot read a file of its package that only its owner may read, as in Lambda", async () => {
    const code = await writeFolder({
      "index.mjs": 'import fs from "node:fs"; export const handler = async () => fs.readFileSync("secret", "utf8");',
      secret: "",
    });
    await chmod(join(code, "secret"), 0o600);
    const forbidden = await startHandler("", { code });
    expect(await forbidden.invoke({})).toMatchObject({ errorType: "Error", errorMessage: expect.stringContaining("EACCES") });
  });
});

describe("several functions", () => {
  test("run side by side, each with its own code and /tmp", async () => {
    const body =
      'fs.writeFileSync("/tmp/mine", context.functionName); await new Promise((done) => setTimeout(done, 300)); return fs.readFileSync("/tmp/mine", "utf8");';
    const names = ["one", "two", "三"];
    const functions = await Promise.all(names.map((name) => startHandler(body, { name })));
    const answers = await Promise.all(functions.map((each) => each.invoke({})));
    expect(answers).toEqual(names.map((payload) => ({ payload })));
  });

  test("one function takes its invocations in turn, or at once in as many environments as it may have", async () => {
    const body = "const from = Date.now(); await new Promise((done) => setTimeout(done, 400)); return { from, to: Date.now() };";
    const overlaps = async (instances: number) => {
      const busy = await startHandler(body, { instances });
      const answers = (await Promise.all([1, 2, 3].map((event) => busy.invoke(event)))) as { payload: { from: number; to: number } }[];
      const times = answers.map(({ payload }) => payload).toSorted((a, b) => a.from - b.from);
      return times.slice(1).filter(({ from }, index) => from < (times[index]?.to ?? 0)).length;
    };
    expect(await overlaps(1)).toBe(0);
    expect(await overlaps(3)).toBe(2);
  });

  test("takes no invocation once it is stopped, not even one that waited", async () => {
    const stopped = await startHandler("await new Promise((done) => setTimeout(done, 5_000));");
    const invocations = [1, 2].map((event) => stopped.invoke(event));
    const failed = Promise.allSettled(invocations);
    await stopped.stop();
    expect((await failed).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(stopped.invoke(3)).rejects.toThrow(/stopped/);
  });

  test("leave nothing behind when they are stopped, whatever they have started", async () => {
    const mark = `7${process.pid}`;
    const body =
      'const { spawn } = await import("node:child_process"); spawn("/bin/sleep", [event], { detached: true, stdio: "ignore" }).unref(); return 1;';
    const parent = await startHandler(body);
    expect(await parent.invoke(mark)).toEqual({ payload: 1 });
    const count = async () => (await run("ps", ["-eo", "args"])).split("\n").filter((line) => line === `/bin/sleep ${mark}`).length;
    expect(await count()).toBe(1);
    await parent.stop();
    expect(await count()).toBe(0);
  });
});
