import { createDynamoDeliveryLedger } from "../../functions/adapters/dynamo/dynamo-delivery-ledger.ts";
import { type Briefing, briefingSchema } from "../../functions/core/briefing/briefing.ts";
import { freezeModel } from "../../functions/core/briefing/frozen-model.ts";
import { StoreError } from "../../functions/core/errors.ts";
import type { BriefingArchive, DeliveryLedger, SendingLeave } from "../../functions/core/ports.ts";
import type { Subscription } from "../../functions/core/subscription.ts";
import { graverOf, type Suppression } from "../../functions/core/suppression.ts";
import type { DeliverBriefingDeps } from "../../functions/deliver-briefing/deliver-briefing.ts";
import { juneIssue } from "../support/delivery-world.ts";
import { createDynamoLine, type DynamoLine, type DynamoServer } from "./dynamo-line.ts";
import { createFaultPlan, type FaultPlan } from "./fault-plan.ts";
import { createMailServer, type MailServer } from "./mail-server.ts";
import type { Random } from "./random.ts";
import { type Answer, createScheduler, type Scheduler, type Worker } from "./scheduler.ts";
import { sendMail } from "./send-mail.ts";

export const leaseMs = 90_000;

/** Makes the ledger under test. */
export type MakeLedger = (client: Parameters<typeof createDynamoDeliveryLedger>[0], tableName: string, now: () => string) => DeliveryLedger;

/** Everything that the workers of one seed meet; real are the use cases, the ledger and its database. */
export interface World {
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly faults: FaultPlan;
  readonly server: MailServer;
  readonly line: DynamoLine;
  readonly readers: Map<string, Subscription>;
  readonly suppressed: Map<string, Suppression>;
  /** The deliveries of which something went wrong for a worker that was to send them. */
  readonly hurt: Set<string>;
  issue(keys: { readonly model: string; readonly document: string }, run: string, edition: string): void;
  now(): string;
  wait(ms: number): void;
  /** As the scheduler's `start`. */
  start: Scheduler["start"];
  /** What a worker works with.
   *  @param delivery what it is to send, if it is to send anything */
  depsFor(
    worker: Worker,
    delivery?: string,
  ): DeliverBriefingDeps & { readonly suppressions: { add(suppression: Suppression): Promise<void> } };
}

interface WorldOptions {
  readonly random: Random;
  readonly dynamo: DynamoServer;
  readonly faultRate: number;
  readonly makeLedger?: MakeLedger;
  readonly trace: (line: string) => void;
}

const june = juneIssue("full-en");
/** The least that is a briefing: what stands in it is not what is tested here, and reading it is most of a worker's time. */
const model: Briefing = briefingSchema.parse({
  ...june,
  themes: [],
  otherSeries: [],
  methods: [],
  sources: [],
  observations: [],
  cannotJudge: [],
  benchmarks: [],
});

export function createWorld({ random, dynamo, faultRate, trace, makeLedger = createDynamoDeliveryLedger }: WorldOptions): World {
  let clock = Date.parse("2026-07-03T01:00:00.000Z");
  let claims = 0;
  const now = () => new Date(clock).toISOString();
  const scheduler = createScheduler(random, (line) => {
    clock += random.below(800);
    trace(`${now()} ${line}`);
  });
  const faults = createFaultPlan(random, faultRate);
  const server = createMailServer(random, faults, now);
  const line = createDynamoLine(dynamo, scheduler, faults);
  const files = new Map<string, Uint8Array>();
  const readers = new Map<string, Subscription>();
  const suppressed = new Map<string, Suppression>();
  const hurt = new Set<string>();
  return {
    random,
    scheduler,
    faults,
    server,
    line,
    readers,
    suppressed,
    hurt,
    now,
    wait: (ms) => {
      clock += ms;
    },
    start: (name, work, onEnd) => {
      let mine: Worker | undefined;
      return scheduler.start(
        name,
        (worker) => {
          mine = worker;
          return work(worker);
        },
        (ending) => {
          if (mine) line.disconnect(mine);
          onEnd(ending);
        },
      );
    },
    issue: (keys, run, edition) => {
      files.set(keys.model, freezeModel({ ...model, run, edition }));
      files.set(keys.document, new TextEncoder().encode(`the document of ${edition}`));
    },
    depsFor: (worker, delivery) => {
      let doing = "look";
      const onFault = () => void (delivery !== undefined && hurt.add(delivery));
      const asking = { worker, onFault, faults };
      const client = line.connect(worker, () => doing, onFault);
      const ledger = makeLedger(client, dynamo.tableName, now);
      return {
        ledger: {
          move: async (key, event) => {
            doing = "messageId" in event && event.type !== "accepted" ? "proof" : event.type;
            return ledger.move(key, event).finally(() => {
              doing = "look";
            });
          },
          get: (key) => ledger.get(key),
          ofRun: (run) => {
            doing = "settle";
            return ledger.ofRun(run).finally(() => {
              doing = "look";
            });
          },
        },
        subscriptions: { get: (id) => lookUp(asking, "subscriptions.get", () => readers.get(id)), ...notAsked },
        suppressions: {
          find: (address) => lookUp(asking, "suppressions.find", () => suppressed.get(address)),
          add: (suppression) =>
            lookUp(asking, "suppressions.add", () => {
              const known = suppressed.get(suppression.address);
              suppressed.set(suppression.address, known ? graverOf(known, suppression) : suppression);
            }),
        },
        quota: { ask: () => lookUp(asking, "quota.ask", () => giveLeave(random, faults)) },
        sleep: (ms) =>
          lookUp(asking, "sleep", () => {
            clock += ms;
          }),
        archive: {
          get: (key) => lookUp(asking, key.endsWith(".pdf") ? "archive.get document" : "archive.get model", () => files.get(key)),
          ...notWritten,
        },
        mailer: {
          send: (mail) => worker.ask("mailer.send", async () => sendMail(mail, { server, scheduler, faults, onFault })),
        },
        templates: { render: (name) => name },
        messages: { en: () => "-", "zh-CN": () => "-" },
        newClaim: () => `claim-${++claims}`,
        now,
        leaseMs,
      };
    },
  };
}

const refuse = (what: string) => () => Promise.reject(new Error(`no worker is expected to ${what}`));
const notAsked = { load: refuse("load subscriptions"), list: refuse("list subscriptions") };
const notWritten: Pick<BriefingArchive, "put" | "list"> = { put: refuse("publish"), list: refuse("list the archive") };

interface Asking {
  readonly worker: Worker;
  readonly onFault: () => void;
  readonly faults: FaultPlan;
}

function lookUp<T>({ worker, onFault, faults }: Asking, name: string, effect: () => T): Promise<T> {
  return worker.ask(name, async (): Promise<Answer<T>> => {
    const fault = faults.choose(["crash before", "crash after", "read refused"], name);
    if (fault) onFault();
    if (fault === "read refused") return { kind: "throws", error: new StoreError(`simulated: ${name} does not answer`) };
    if (fault === "crash before") return { kind: "crash" };
    const value = effect();
    return fault === "crash after" ? { kind: "crash" } : { kind: "returns", value };
  });
}

function giveLeave(random: Random, faults: FaultPlan): SendingLeave {
  const refusal = faults.choose(["refused for now", "refused for today"], "quota.ask");
  if (refusal === undefined) return { outcome: "granted", waitMs: random.below(3) * 50 };
  return { outcome: "refused", reason: `simulated: ${refusal}`, retryAfterMs: refusal === "refused for now" ? 500 : dayMs };
}

const dayMs = 24 * 3_600_000;
