import { createServer, type IncomingMessage } from "node:http";
import type { Execution, StateMachine } from "./run-state-machine.ts";

/** Step Functions' own address for StartExecution, over the interpreter: what a function starts through the SDK runs here. */
export interface ServedStateMachine {
  readonly endpoint: string;
  /** Name → the execution that was started under it. */
  readonly started: ReadonlyMap<string, Promise<Execution>>;
  close(): void;
}

export async function serveStateMachine(machine: () => StateMachine): Promise<ServedStateMachine> {
  const started = new Map<string, Promise<Execution>>();
  const inputs = new Map<string, string>();
  const answer = async (request: IncomingMessage): Promise<[status: number, answer: object]> => {
    const { name, input, stateMachineArn } = JSON.parse(Buffer.concat(await request.toArray()).toString("utf8"));
    if (request.headers["x-amz-target"] !== "AWSStepFunctions.StartExecution") return [400, { __type: "UnknownOperationException" }];
    const isSame = inputs.get(name) === input && machine().describe(name).status === "RUNNING";
    if (inputs.has(name) && !isSame) return [400, { __type: "ExecutionAlreadyExists", message: `Execution Already Exists: '${name}'` }];
    if (!isSame) {
      inputs.set(name, input);
      started.set(name, machine().startExecution({ name, input: JSON.parse(input) }));
    }
    return [200, { executionArn: `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`, startDate: 0 }];
  };
  const server = createServer((request, response) => {
    answer(request).then(
      ([status, body]) => response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body)),
      () => response.destroy(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  return { endpoint: `http://127.0.0.1:${port}`, started, close: () => void server.close() };
}
