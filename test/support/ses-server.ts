import { createServer, type ServerResponse } from "node:http";

/** What the server does with the next request: answers, breaks the line or says nothing. `before`: without having read it; `after`: having read it whole,
 *  as when SES has accepted the mail and the answer is lost. */
export type SesAnswer =
  | { readonly messageId: string }
  | { readonly error: string; readonly status?: number; readonly message?: string }
  | { readonly status: number; readonly body: string }
  | "break before"
  | "break after"
  | "break in the answer"
  | "silence";

/** A mail as it was asked for. */
interface SentMail {
  readonly path: string;
  readonly body: unknown;
}

/** A real HTTP server that speaks as SES v2 does. */
export interface SesServer {
  readonly endpoint: string;
  /** Every request that was read whole, in order. */
  readonly received: SentMail[];
  /** How many connections were made. */
  connections: number;
  answer: SesAnswer;
  close(): Promise<void>;
}

export async function startSesServer(): Promise<SesServer> {
  const server = createServer(async (request, response) => {
    if (ses.answer === "break before") return void request.socket.destroy();
    const text = Buffer.concat(await request.toArray()).toString("utf8");
    ses.received.push({ path: request.url ?? "", body: text === "" ? undefined : JSON.parse(text) });
    reply(response, ses.answer);
  });
  const ses: SesServer = {
    endpoint: "",
    received: [],
    connections: 0,
    answer: { messageId: "m1" },
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
  server.on("connection", () => {
    ses.connections += 1;
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return Object.assign(ses, { endpoint: `http://127.0.0.1:${(server.address() as { port: number }).port}` });
}

function reply(response: ServerResponse, answer: SesAnswer): void {
  if (answer === "silence") return;
  if (answer === "break before" || answer === "break after") return void response.socket?.destroy();
  if (answer === "break in the answer") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "999" });
    return void response.write('{"MessageId":"m', () => response.socket?.destroy());
  }
  if ("messageId" in answer) return void json(response, 200, { MessageId: answer.messageId });
  if ("body" in answer) return void response.writeHead(answer.status, { "content-type": "text/html" }).end(answer.body);
  response.setHeader("x-amzn-errortype", answer.error);
  json(response, answer.status ?? 400, { message: answer.message ?? "refused by a test" });
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
