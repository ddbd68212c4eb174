import { Readable } from "node:stream";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { z } from "zod";
import type { FaultPlan } from "./fault-plan.ts";
import type { Answer, Scheduler, Worker } from "./scheduler.ts";

/** The real database, and how it is reached without faults. */
export interface DynamoServer {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  readonly tableName: string;
  /** Clients that no worker uses now: making one reads the machine's configuration, which costs as much as several requests. */
  readonly spare: WorkersClient[];
}

interface WorkersClient {
  readonly client: DynamoDBClient;
  /** Of the worker that has it. */
  handle: Handler["handle"];
}

/** What a write left in the table, read from the request itself: the ledger's own code is not asked. */
export interface WrittenRow {
  readonly id: string;
  readonly state: string;
  readonly claim: string | undefined;
  readonly messageId: string | undefined;
}

export interface DynamoLine {
  /** A client whose every request waits for the scheduler and may go wrong on the way.
   *  @param doing what the worker is at, for the name of the arrow
   *  @param onFault called when something goes wrong */
  connect(worker: Worker, doing: () => string, onFault: () => void): DynamoDBClient;
  /** For when the worker is done or dead: a dead one never asks again. */
  disconnect(worker: Worker): void;
  readonly written: readonly WrittenRow[];
}

type Handler = DynamoDBClient["config"]["requestHandler"];
type Request = Parameters<Handler["handle"]>[0];
type Response = Awaited<ReturnType<Handler["handle"]>>;

/** The embedded server looks for a signature and does not check it; to make one for each request costs a tenth of a millisecond. */
const signature = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=test/20260703/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0000000000000000000000000000000000000000000000000000000000000000",
  "x-amz-date": "20260703T010000Z",
};

/** One attempt for each request: what the SDK's own repetition would do is a fault of its own here, "repeated by the client". */
const account = { region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" }, maxAttempts: 1 };

export function createDirectClient(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({ ...account, endpoint });
}

function createWorkersClient(endpoint: string): WorkersClient {
  const mine: { handle: Handler["handle"] } = { handle: () => Promise.reject(new Error("no worker has this client")) };
  const signer = { sign: async (request: Request) => Object.assign(request, { headers: { ...request.headers, ...signature } }) };
  const requestHandler = { handle: (request: Request) => mine.handle(request) };
  return Object.assign(mine, { client: new DynamoDBClient({ ...account, endpoint, requestHandler, signer }) });
}

export function createDynamoLine({ client, endpoint, spare }: DynamoServer, scheduler: Scheduler, faults: FaultPlan): DynamoLine {
  const written: WrittenRow[] = [];
  const taken = new Map<Worker, WorkersClient>();
  const post = async (request: Request) => {
    const answer = await client.config.requestHandler.handle(request);
    if (answer.response.statusCode === 200 && operationOf(request) === "PutItem") written.push(rowOf(request));
    return answer;
  };
  return {
    written,
    connect: (worker, doing, onFault) => {
      const mine = spare.pop() ?? createWorkersClient(endpoint);
      taken.set(worker, mine);
      mine.handle = (request) => {
        const name = `${doing()} ${operationOf(request)}`;
        return worker.ask(name, () => (name.endsWith("PutItem") ? write(name, request, onFault) : read(name, request, onFault)));
      };
      return mine.client;
    },
    disconnect: (worker) => {
      const mine = taken.get(worker);
      taken.delete(worker);
      if (mine) spare.push(mine);
    },
  };

  async function read(name: string, request: Request, onFault: () => void): Promise<Answer<Response>> {
    const fault = faults.choose(["crash before", "crash after", "read refused"], name);
    if (fault) onFault();
    if (fault === "read refused") return { kind: "throws", error: named("ProvisionedThroughputExceededException") };
    if (fault === "crash before") return { kind: "crash" };
    const answer = await post(request);
    return fault === "crash after" ? discard(answer, { kind: "crash" }) : { kind: "returns", value: answer };
  }

  async function write(name: string, request: Request, onFault: () => void): Promise<Answer<Response>> {
    const fault = faults.choose(
      ["crash before", "crash after", "write refused", "answer lost", "repeated by the client", "lands late", "lands late, worker crashed"],
      name,
    );
    if (fault) onFault();
    switch (fault) {
      case undefined:
        return { kind: "returns", value: await post(request) };
      case "crash before":
        return { kind: "crash" };
      case "crash after":
        return discard(await post(request), { kind: "crash" });
      case "write refused":
        return { kind: "throws", error: named("ProvisionedThroughputExceededException") };
      case "answer lost":
        return discard(await post(request), { kind: "throws", error: named("TimeoutError") });
      case "repeated by the client":
        discard(await post(request), undefined);
        return { kind: "returns", value: await post(request) };
      case "lands late":
      case "lands late, worker crashed":
        scheduler.later(`late ${name}`, async () => discard(await post(request), undefined));
        return fault === "lands late" ? { kind: "throws", error: named("TimeoutError") } : { kind: "crash" };
    }
  }
}

/** Nobody reads this answer, and its line is free for the next. */
function discard<T>({ response }: Response, result: T): T {
  if (response.body instanceof Readable) response.body.resume();
  return result;
}

function named(name: string): Error {
  return Object.assign(new Error("simulated"), { name });
}

function operationOf({ headers }: Request): string {
  return headers["x-amz-target"]?.split(".")[1] ?? "";
}

const text = z.object({ S: z.string() });
const rowSchema = z.object({ id: text, state: text, claim: text.optional(), messageId: text.optional() });
const putSchema = z.object({ Item: z.object({ record: z.object({ M: rowSchema }) }) });

function rowOf({ body }: Request): WrittenRow {
  const json: unknown = JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body));
  const { id, state, claim, messageId } = putSchema.parse(json).Item.record.M;
  return { id: id.S, state: state.S, claim: claim?.S, messageId: messageId?.S };
}
