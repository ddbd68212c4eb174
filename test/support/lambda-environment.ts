import { spawn } from "node:child_process";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { LambdaParts } from "./lambda-parts.ts";

/** What one execution environment is started from: the parts, and the folders that it sees as /var/task, /opt and /var/runtime. */
export interface LambdaSetting extends Pick<LambdaParts, "root" | "language" | "emulator"> {
  readonly task: string;
  readonly layers: string;
  readonly runtime: string;
  readonly temporaryStorageMb: number;
  /** All that the function finds in its environment, apart from what emulator and bootstrap add. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A running execution environment: it takes one invocation at a time. */
export interface LambdaEnvironment {
  /** @returns the emulator's answer, as it is */
  invoke(event: string, requestId: string): Promise<string>;
  stop(): Promise<void>;
}

const enter = join(import.meta.dirname, "lambda-environment.sh");
const startTimeoutMs = 30_000;
const [invocationPort, runtimePort] = [28_080, 29_001];
let started = 0;

/** Starts an environment with a /tmp of its own. The function's code is loaded by the first invocation.
 *  @param keepLog gets what function and emulator print, as it comes
 *  @throws with what was printed, when the emulator does not start */
export async function startLambdaEnvironment(setting: LambdaSetting, keepLog: (text: string) => void): Promise<LambdaEnvironment> {
  const address = chooseAddress();
  const [invocations, runtime] = [`${address}:${invocationPort}`, `${address}:${runtimePort}`];
  const { root, task, layers, language, emulator, temporaryStorageMb } = setting;
  const variables = Object.entries(setting.variables).map(([name, value]) => `${name}=${value}`);
  const options = ["--log-level=warn", `--runtime-interface-emulator-address=${invocations}`, `--runtime-api-address=${runtime}`];
  const places = [root, task, layers, setting.runtime, language, emulator, String(temporaryStorageMb)];
  const child = spawn(enter, [...places, ...variables, "/var/rapid/aws-lambda-rie", ...options], {
    env: { PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let beginning = "";
  const keep = (text: string) => {
    if (beginning.length < 4_000) beginning += text;
    keepLog(text);
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", keep);
  child.on("error", (error) => keep(error.message));
  const hasEnded = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async () => {
    kill();
    process.off("exit", kill);
    while (!hasEnded()) await wait(10);
  };
  const deadline = performance.now() + startTimeoutMs;
  while (!hasEnded() && performance.now() < deadline) {
    if (await fetch(`http://${invocations}`).catch(() => undefined)) {
      const url = `http://${invocations}/2015-03-31/functions/function/invocations`;
      return { invoke: (event, requestId) => post(url, event, requestId), stop };
    }
    await wait(20);
  }
  await stop();
  throw new Error(`the Lambda environment did not start: ${beginning}`);
}

/** An address on the loopback for every environment, so that any number of them have the same ports. */
function chooseAddress(): string {
  const count = started++;
  return `127.${1 + (process.pid % 254)}.${1 + Math.floor(count / 254)}.${1 + (count % 254)}`;
}

/** Not by fetch, which gives up after five minutes where a function may take fifteen. */
function post(url: string, body: string, requestId: string): Promise<string> {
  const headers = { "X-Amzn-RequestId": requestId };
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: "POST", headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve(text));
      response.on("error", reject);
    });
    sending.on("error", reject);
    sending.end(body);
  });
}
