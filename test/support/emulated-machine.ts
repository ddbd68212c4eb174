import { createServer, type IncomingMessage } from "node:http";
import { GetFunctionConfigurationCommand, LambdaClient, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { createS3Archive } from "../../functions/adapters/archive/s3-archive.ts";
import { testAccount } from "./aws-requests.ts";
import type { DeployedStacks } from "./deployed-stacks.ts";
import { invokeDeployed } from "./invoke-deployed.ts";
import { type LambdaFunction, startLambdaFunction } from "./lambda-function.ts";
import { createStateMachine, type StateMachine } from "./state-machine/run-state-machine.ts";
import { createVirtualClock } from "./state-machine/virtual-clock.ts";

export interface EmulatedMachine {
  /** For AWS_ENDPOINT_URL_SFN. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Plays Step Functions where the emulator's own cannot: the deployed definition in our interpreter, every function by the emulator's Lambda, and
 *  the one that prints from the same bundle and layer under AWS's runtime client, because the emulator mounts no /opt. All of it lands in the
 *  emulator's S3, DynamoDB and SES. What is asked of the machine itself is passed on to the emulator. */
export async function startEmulatedMachine(deployed: DeployedStacks): Promise<EmulatedMachine> {
  const { config, stacks } = deployed;
  const printer = stacks.functions.find(({ name }) => name === "render-briefing");
  if (!printer) throw new Error("the stack has no function that prints");
  const environment = { ...printer.environment, AWS_ENDPOINT_URL_S3: config.endpoint };
  const printing = await startLambdaFunction({ ...printer, environment, ...testAccount });
  const lambda = new LambdaClient(config);
  await giveTlsAddress(lambda, "biaogan-sample-deliver-briefing");
  const machine = createMachine(deployed, (arn, payload) =>
    arn === printer.arn ? invokePrinter(printing, payload) : invokeDeployed(lambda, arn, payload),
  );
  const server = createServer((request, response) => {
    answer(machine, config.endpoint, request).then(
      ([status, body]) => response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body)),
      () => response.destroy(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  const stop = async () => {
    server.close();
    lambda.destroy();
    await printing.stop();
  };
  return { endpoint: `http://127.0.0.1:${port}`, stop };
}

/** The addresses of an API are `https` with AWS and `http` with the emulator, and no mail of ours carries such a link. */
async function giveTlsAddress(lambda: LambdaClient, FunctionName: string): Promise<void> {
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables };
  Variables["ARCHIVE_URL"] = Variables["ARCHIVE_URL"]?.replace(/^http:/, "https:") ?? "";
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
}

function createMachine({ config, stacks }: DeployedStacks, invoke: (arn: string, payload: unknown) => Promise<unknown>): StateMachine {
  const archive = createS3Archive(new S3Client({ ...config, forcePathStyle: true }), stacks.bucketName);
  return createStateMachine({
    definition: stacks.definition,
    invoke,
    objects: {
      getObject: async (_bucket, key) => (await archive.get(key)) ?? Promise.reject(new Error(`NoSuchKey: ${key}`)),
      putObject: (_bucket, key, body) => archive.put(key, Buffer.from(body), "application/json"),
    },
    clock: createVirtualClock(new Date().toISOString()),
  });
}

async function invokePrinter(printing: LambdaFunction, payload: unknown): Promise<unknown> {
  const answer = await printing.invoke(payload);
  if ("payload" in answer) return answer.payload;
  throw Object.assign(new Error(answer.errorMessage), { name: answer.errorType });
}

/** As AWS's JSON protocol has it, of the operations that the smoke test uses. */
async function answer(machine: StateMachine, emulator: string, request: IncomingMessage): Promise<[status: number, answer: unknown]> {
  const body = Buffer.concat(await request.toArray()).toString("utf8");
  const operation = String(request.headers["x-amz-target"]);
  const { name, input, stateMachineArn = "", executionArn = "" } = JSON.parse(body);
  const execution = () => machine.describe(executionArn.split(":").at(-1));
  switch (operation.replace("AWSStepFunctions.", "")) {
    case "StartExecution":
      // Whoever asks looks at it later.
      machine.startExecution({ name, input: JSON.parse(input) }).catch(() => {});
      return [200, { executionArn: `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`, startDate: 0 }];
    case "DescribeExecution": {
      const { status, output, error, cause } = execution();
      return [200, { executionArn, status, output: JSON.stringify(output), error, cause }];
    }
    case "GetExecutionHistory": {
      const entered = execution().history.filter(({ event }) => event === "StateEntered");
      const events = entered.map(({ state }, index) => ({
        id: index + 1,
        type: "TaskStateEntered",
        timestamp: 0,
        stateEnteredEventDetails: { name: state },
      }));
      return [200, { events: events.toReversed() }];
    }
    case "ListMapRuns": {
      const arns = new Set(JSON.stringify(execution().history).match(/arn:aws:states:[^"]*:mapRun:[^"]*/g));
      return [200, { mapRuns: [...arns].map((mapRunArn) => ({ executionArn, mapRunArn, stateMachineArn, startDate: 0 })) }];
    }
    default: {
      const { authorization = "", "x-amz-target": target = "" } = request.headers;
      const headers = { authorization, "x-amz-target": String(target), "content-type": "application/x-amz-json-1.0" };
      const passed = await fetch(emulator, { method: "POST", headers, body });
      return [passed.status, await passed.json()];
    }
  }
}
