import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** Stands between the SDK and a real DynamoDB: counts what is asked, and can break the line or refuse, as a network or a busy table does. */
export interface DynamoProxy {
  readonly endpoint: string;
  /** Operations asked for since the last reset, in order, such as `GetItem`. */
  readonly asked: string[];
  /** Decides on each request before it is passed on; undefined lets it through. */
  intercept: (operation: string) => Fault | undefined | Promise<Fault | undefined>;
  close(): void;
}

/** `cut` closes the connection without an answer; an error type is answered as DynamoDB answers it. */
export type Fault = "cut" | { readonly type: string; readonly reasons?: readonly string[] };

/** @param endpoint of the real database */
export async function startDynamoProxy(endpoint: string): Promise<DynamoProxy> {
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const proxy: DynamoProxy = { endpoint: "", asked: [], intercept: () => undefined, close: () => void server.close() };
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray());
    const operation = String(request.headers["x-amz-target"]).replace(/^.*\./, "");
    proxy.asked.push(operation);
    const fault = await proxy.intercept(operation);
    if (fault === "cut") return void response.destroy();
    if (fault) return void response.writeHead(400, { "content-type": "application/x-amz-json-1.0" }).end(faultBody(fault));
    const { host: _, connection: __, ...headers } = request.headers;
    const answer = await fetch(endpoint, { method: "POST", headers: headers as Record<string, string>, body });
    response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" }).end(Buffer.from(await answer.arrayBuffer()));
  }
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return Object.assign(proxy, { endpoint: `http://127.0.0.1:${(server.address() as { port: number }).port}` });
}

function faultBody({ type, reasons = [] }: Exclude<Fault, "cut">): string {
  const codes = reasons.map((Code) => ({ Code }));
  return JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: "refused by a test", CancellationReasons: codes });
}
