import { request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** Stands between the SDK and a real server: notes what is asked, and can break the line or refuse, as a network or a busy service does. */
export interface FaultProxy {
  readonly endpoint: string;
  /** What was asked for, in order: the operation of DynamoDB (`GetItem`), the method of S3 (`PUT`). */
  readonly asked: string[];
  /** The same with all that tells what it was asked of — address without host, and body — and the status of the answer; none before it came. */
  readonly requests: { readonly operation: string; readonly url: string; readonly body: string; status?: number }[];
  /** Decides on each request before it is passed on; undefined lets it through. */
  intercept: (operation: string, body: string) => Fault | undefined | Promise<Fault | undefined>;
  close(): void;
}

/** `cut`: the line breaks before the server hears of it. `lose the answer`: it breaks after the server did as asked. Else an answer in the server's place. */
export type Fault = "cut" | "lose the answer" | { readonly status: number; readonly body: string };

/** @param endpoint of the real server */
export async function startFaultProxy(endpoint: string): Promise<FaultProxy> {
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const proxy: FaultProxy = { endpoint: "", asked: [], requests: [], intercept: () => undefined, close: () => void server.close() };
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray());
    const operation = String(request.headers["x-amz-target"] ?? request.method).replace(/^.*\./, "");
    proxy.asked.push(operation);
    const told: FaultProxy["requests"][number] = { operation, url: request.url ?? "/", body: body.toString("latin1") };
    proxy.requests.push(told);
    const fault = await proxy.intercept(operation, told.body);
    if (fault === "cut") return void response.destroy();
    if (typeof fault === "object") return void response.writeHead(fault.status).end(fault.body);
    const answer = await passOn(endpoint, request, body);
    const content = Buffer.concat(await answer.toArray());
    if (answer.statusCode !== undefined) told.status = answer.statusCode;
    if (fault === "lose the answer") return void response.destroy();
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders).end(content);
  }
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return Object.assign(proxy, { endpoint: `http://127.0.0.1:${(server.address() as { port: number }).port}` });
}

/** The Host header stays as it was: it is part of what was signed. */
function passOn(endpoint: string, { method, url = "/", headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    ask(new URL(url, endpoint), { method, headers, agent: false }, resolve).on("error", reject).end(body);
  });
}
