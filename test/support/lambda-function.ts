import { randomUUID } from "node:crypto";
import { chmod, copyFile, cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type LambdaEnvironment, type LambdaSetting, startLambdaEnvironment } from "./lambda-environment.ts";
import { keepLambdaParts } from "./lambda-parts.ts";
import { composeLambdaVariables, type LambdaConfiguration } from "./lambda-variables.ts";

/** A function as its template has it. */
export interface LambdaFunctionSettings extends LambdaConfiguration {
  /** The folder that becomes /var/task, as it is now. */
  readonly code: string;
  /** The folders that become /opt; of two files of one path, the later layer's. */
  readonly layers?: readonly string[];
  /** The size of /tmp; 512 as in Lambda unless given. */
  readonly temporaryStorageMb?: number;
  /** How many environments there may be at most, each with a /tmp of its own: 1 unless given. Invocations beyond wait for their turn. */
  readonly instances?: number;
}

/** What the Lambda service tells of an invocation that failed, and Step Functions matches a `Catch` by.
 *  `errorType` is the `name` of what the handler threw; `Runtime.ExitError` if its process ended; `Sandbox.Timedout` if its time ran out. */
type LambdaError = z.infer<typeof lambdaError>;
type LambdaAnswer = { readonly payload: unknown } | LambdaError;

export interface LambdaFunction {
  /** @param event anything that JSON can hold
   *  @throws when the emulator itself fails; whatever the function does is an answer */
  invoke(event: unknown): Promise<LambdaAnswer>;
  /** What the function has printed, and the emulator's START, END and REPORT lines, from the start. */
  log(): string;
  /** Ends every process that the function has started; an invocation under way fails. Once stopped, it may be stopped again. */
  stop(): Promise<void>;
}

const lambdaError = z.strictObject({ errorType: z.string(), errorMessage: z.string(), trace: z.array(z.string()).optional() }).readonly();

/** Runs a bundled function as AWS runs it: under AWS's runtime client for Node, behind AWS's emulator of the service, in a file system where
 *  only /tmp can be written and there is nothing of this machine, with only the environment that template and service give. The network is this
 *  machine's, without a name server. There is no AWS SDK at /var/runtime: the bundle brings its own.
 *  Nor is there an X-Ray trace: the emulator passes none on.
 *  @throws when a part cannot be had, or for an environment that the service would refuse */
export async function startLambdaFunction(settings: LambdaFunctionSettings): Promise<LambdaFunction> {
  const variables = composeLambdaVariables(settings);
  const parts = await keepLambdaParts();
  const folder = await mkdtemp(join(tmpdir(), "biaogan-lambda-"));
  const [task, layers, runtime] = [join(folder, "task"), join(folder, "opt"), join(folder, "runtime")];
  await mkdir(task);
  await mkdir(layers);
  for (const layer of settings.layers ?? []) await cp(layer, layers, { recursive: true, verbatimSymlinks: true });
  await cp(settings.code, task, { recursive: true, verbatimSymlinks: true });
  await cp(parts.client, runtime, { recursive: true });
  await copyFile(join(import.meta.dirname, "lambda-bootstrap.sh"), join(runtime, "bootstrap"));
  // A test's own folder is often for its maker only; what lies in it keeps its mode, as in a deployment package.
  for (const place of [task, layers]) await chmod(place, 0o755);

  let log = "";
  const setting: LambdaSetting = { ...parts, task, layers, runtime, variables, temporaryStorageMb: settings.temporaryStorageMb ?? 512 };
  const start = () =>
    startLambdaEnvironment(setting, (text) => {
      log += text;
    });
  const environments = createEnvironments(settings.instances ?? 1, start);
  const stop = async () => {
    await environments.stop();
    await rm(folder, { recursive: true, force: true });
  };
  // At once, so that what is wrong with the machine is told here.
  await environments.use(async () => {}).catch((cause) => stop().then(() => Promise.reject(cause)));
  return {
    invoke: async (event) => {
      const requestId = randomUUID();
      const text = await environments.use((environment) => environment.invoke(JSON.stringify(event ?? null), requestId));
      return readAnswer(text, requestId, settings);
    },
    log: () => log,
    stop,
  };
}

/** Up to so many environments, started when all others are busy, and again if the emulator fails. */
function createEnvironments(instances: number, start: () => Promise<LambdaEnvironment>) {
  const running = new Map<number, LambdaEnvironment>();
  // The last given back is the first taken: a warm one, if there is any.
  const idle = Array.from({ length: instances }, (_, index) => instances - index);
  const waiting: ((place: number) => void)[] = [];
  let stopped = false;
  const take = async (place: number) => {
    const environment = running.get(place) ?? (stopped ? undefined : await start());
    if (environment) running.set(place, environment);
    // It may have been stopped while this one started.
    if (stopped || !environment) throw new Error("the function is stopped");
    return environment;
  };
  return {
    async use<Result>(work: (environment: LambdaEnvironment) => Promise<Result>): Promise<Result> {
      const place = idle.pop() ?? (await new Promise<number>((resolve) => waiting.push(resolve)));
      try {
        return await work(await take(place));
      } catch (cause) {
        await running.get(place)?.stop();
        running.delete(place);
        throw cause;
      } finally {
        const next = waiting.shift();
        if (next) next(place);
        else idle.push(place);
      }
    },
    async stop(): Promise<void> {
      stopped = true;
      await Promise.all([...running.values()].map((environment) => environment.stop()));
      running.clear();
    },
  };
}

function readAnswer(text: string, requestId: string, { name, timeoutSeconds }: LambdaFunctionSettings): LambdaAnswer {
  // The emulator says it in words of its own where the service gives an error like any other.
  if (text === `Task timed out after ${timeoutSeconds}.00 seconds`) {
    return { errorType: "Sandbox.Timedout", errorMessage: `RequestId: ${requestId} Error: ${text}` };
  }
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch (cause) {
    throw new Error(`the emulator of ${name} answered what is no JSON: ${text}`, { cause });
  }
  // The emulator does not pass on the service's mark of an error, so its shape must tell: no function of ours returns these fields and no others.
  const error = lambdaError.safeParse(payload);
  return error.success ? error.data : { payload };
}
