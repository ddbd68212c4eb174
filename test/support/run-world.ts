import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { z } from "zod";
import { createFolderArchive } from "../../functions/adapters/archive/folder-archive.ts";
import { openCalendar } from "../../functions/adapters/calendar/open-calendar.ts";
import { sha256 } from "../../functions/adapters/content-hash.ts";
import { createDynamoDeliveryLedger } from "../../functions/adapters/dynamo/dynamo-delivery-ledger.ts";
import { createDynamoRegisterStore } from "../../functions/adapters/dynamo/dynamo-register-store.ts";
import { createDynamoRunStore } from "../../functions/adapters/dynamo/dynamo-run-store.ts";
import { createDynamoSubscriptionStore } from "../../functions/adapters/dynamo/dynamo-subscription-store.ts";
import { createDynamoSuppressionList } from "../../functions/adapters/dynamo/dynamo-suppression-list.ts";
import { dayIn, instantAt } from "../../functions/adapters/office-clock.ts";
import { readOfficeFolder } from "../../functions/adapters/office-folder/office-folder.ts";
import { loadTemplates } from "../../functions/adapters/templates/handlebars-templates.ts";
import { loadAllMessages } from "../../functions/adapters/templates/locale-messages.ts";
import { checkReadiness } from "../../functions/check-readiness/check-readiness.ts";
import { closeRun } from "../../functions/close-run/close-run.ts";
import * as contracts from "../../functions/contracts.ts";
import { LayoutError } from "../../functions/core/errors.ts";
import type { BriefingArchive, DeliveryLedger, Mail, Mailer, RunStore, SuppressionList } from "../../functions/core/ports.ts";
import type { Subscription } from "../../functions/core/subscription.ts";
import { unlimitedQuota } from "../../functions/core/unlimited-quota.ts";
import { deliverBriefing } from "../../functions/deliver-briefing/deliver-briefing.ts";
import { planWork } from "../../functions/plan-run/plan-work.ts";
import { renderBriefing } from "../../functions/render-briefing/render-briefing.ts";
import { defineWorkflow } from "../../infra/constructs/workflow-definition.ts";
import { type EmbeddedTables, startEmbeddedTables } from "./embedded-table.ts";
import type { Hooks } from "./state-machine/machine.ts";
import { createStateMachine, type StateMachine } from "./state-machine/run-state-machine.ts";
import { createVirtualClock, type VirtualClock } from "./state-machine/virtual-clock.ts";

const templatesDir = new URL("../../templates", import.meta.url).pathname;

/** A whole run in one process: the workflow as it is deployed, the use cases, an embedded DynamoDB and a folder for the archive. In the place of
 *  Chromium and SES stand parts that can be told to fail; the conformance tests run the month with the real ones. */
export interface RunWorld {
  readonly machine: StateMachine;
  readonly clock: VirtualClock;
  readonly archive: BriefingArchive;
  readonly runs: RunStore;
  readonly ledger: DeliveryLedger;
  /** Titles of what was printed, in order. */
  readonly printed: string[];
  /** What the mail server took, in order. */
  readonly accepted: Mail[];
  readonly faults: Faults;
  stop(): Promise<void>;
}

/** What goes wrong: each may be changed while a run lasts. */
interface Faults {
  /** Titles' parts of editions that cannot be laid out. */
  poison: string[];
  /** Asked before each mail is taken. */
  mail: (mail: Mail) => void;
  hooks: Hooks;
  /** Of the archive, called before each write. */
  put: (key: string) => void;
}

export interface RunWorldOptions {
  readonly tables: EmbeddedTables;
  /** An office's folder. */
  readonly office: string;
  readonly editions: readonly string[];
  readonly subscriptions: readonly Subscription[];
  /** When the run is started, ISO 8601. */
  readonly startsAt: string;
  readonly timeZone?: string;
}

async function createRunWorld(options: RunWorldOptions): Promise<RunWorld> {
  const folder = await mkdtemp(join(tmpdir(), "biaogan-world-"));
  const faults: Faults = { poison: [], mail: () => {}, hooks: {}, put: () => {} };
  const tableName = await options.tables.newTable();
  const { client } = options.tables;
  const store = createDynamoRegisterStore(client, tableName);
  await store.load(await readOfficeFolder(options.office));
  const subscriptions = createDynamoSubscriptionStore(client, tableName);
  await subscriptions.load(options.subscriptions);
  const clock = createVirtualClock(options.startsAt);
  const files = createFolderArchive(folder);
  const archive: BriefingArchive = {
    ...files,
    put: async (key, content, type) => {
      faults.put(key);
      return files.put(key, content, type);
    },
  };
  const parts = {
    archive,
    store,
    subscriptions,
    suppressions: createDynamoSuppressionList(client, tableName),
    runs: createDynamoRunStore(client, tableName),
    ledger: createDynamoDeliveryLedger(client, tableName),
    digest: sha256,
    now: () => clock.now().toISOString(),
  };
  const [printed, accepted]: [string[], Mail[]] = [[], []];
  const functions = await makeFunctions(options, parts, { faults, printed, accepted });
  const machine = createStateMachine({
    definition: defineWorkflow(
      {
        checkReadiness: "check-readiness",
        planRun: "plan-run",
        renderBriefing: "render-briefing",
        deliverBriefing: "deliver-briefing",
        closeRun: "close-run",
      },
      "archive",
    ),
    invoke: (name, payload) => functions[name]?.(payload),
    objects: {
      getObject: async (_bucket, key) => (await archive.get(key)) ?? Promise.reject(new Error(`NoSuchKey: ${key}`)),
      putObject: (_bucket, key, body) => files.put(key, Buffer.from(body), "application/json"),
    },
    clock,
    hooks: {
      onArrow: (from, to, arrow) => faults.hooks.onArrow?.(from, to, arrow),
      duplicate: (call) => faults.hooks.duplicate?.(call),
    },
  });
  return {
    machine,
    clock,
    archive,
    runs: parts.runs,
    ledger: parts.ledger,
    printed,
    accepted,
    faults,
    stop: () => rm(folder, { recursive: true }),
  };
}

/** Worlds for the tests of one file over one embedded database, ended with them: Harbourton's March 2026, on the day of its cut-off, unless it is said
 *  otherwise. */
export function useRunWorlds(
  usual: Pick<RunWorldOptions, "editions" | "subscriptions">,
): (options?: Partial<RunWorldOptions>) => Promise<RunWorld> {
  const worlds: RunWorld[] = [];
  let tables: EmbeddedTables | undefined;
  afterAll(async () => {
    await Promise.all(worlds.map((world) => world.stop()));
    await tables?.stop();
  });
  return async (options = {}) => {
    tables ??= await startEmbeddedTables();
    const office = new URL("../offices/harbourton", import.meta.url).pathname;
    const world = await createRunWorld({ tables, office, startsAt: "2026-04-14T08:00:00Z", ...usual, ...options });
    worlds.push(world);
    return world;
  };
}

interface Parts extends Pick<RunWorld, "archive" | "runs" | "ledger"> {
  readonly store: ReturnType<typeof createDynamoRegisterStore>;
  readonly subscriptions: ReturnType<typeof createDynamoSubscriptionStore>;
  readonly suppressions: SuppressionList;
  readonly digest: typeof sha256;
  readonly now: () => string;
}

type Functions = Readonly<Record<string, (payload: unknown) => Promise<unknown>>>;

/** The functions as their handlers build them, with other adapters. */
async function makeFunctions(
  { editions, timeZone = "UTC" }: RunWorldOptions,
  parts: Parts,
  world: Pick<RunWorld, "faults" | "printed" | "accepted">,
): Promise<Functions> {
  const messages = await loadAllMessages(templatesDir);
  const printer = await makePrinter(world);
  const way = { mailer: makeMailer(world), quota: unlimitedQuota, sleep: async () => {} };
  const mail = { ...parts, ...way, messages, templates: printer.templates, newClaim: randomUUID, leaseMs: 90_000 };
  return {
    "check-readiness": step(contracts.checkReadinessInputSchema, contracts.checkReadinessOutputSchema, async ({ period, now }) => {
      const answer = await checkReadiness({ period, today: dayIn(timeZone, now) }, { ...parts, calendarFor: openCalendar });
      return answer.state === "wait"
        ? { state: answer.state, until: instantAt(answer.nextDay, 8, timeZone) }
        : { state: answer.state, asOf: answer.asOf };
    }),
    "plan-run": step(contracts.planRunInputSchema, contracts.planRunOutputSchema, (input) =>
      planWork({ ...input, editions }, { ...parts, messages, programDigest: "test" }),
    ),
    "render-briefing": step(contracts.renderItemSchema, contracts.renderOutputSchema, async (item) => {
      const { document, outcome } = await renderBriefing(item, { ...parts, ...printer });
      return { edition: item.edition, outcome, sha256: sha256(document) };
    }),
    "deliver-briefing": step(contracts.deliverItemSchema, contracts.deliverOutputSchema, (item) => deliverBriefing(item, mail)),
    "close-run": step(contracts.closeRunInputSchema, contracts.closeRunOutputSchema, (input) => closeRun(input, parts, () => {})),
  };
}

/** Parses like a handler: what passes between the steps is as agreed, or the test fails. */
function step<Input, Output>(input: z.ZodType<Input>, output: z.ZodType<Output>, work: (input: Input) => Promise<Output>) {
  return async (payload: unknown) => output.parse(await work(input.parse(payload)));
}

function makeMailer({ faults, accepted }: Pick<RunWorld, "faults" | "accepted">): Mailer {
  return {
    send: async (mail) => {
      faults.mail(mail);
      accepted.push(mail);
      return { outcome: "accepted", messageId: `message-${accepted.length}` };
    },
  };
}

async function makePrinter({ faults, printed }: Pick<RunWorld, "faults" | "printed">) {
  return {
    templates: await loadTemplates(templatesDir),
    program: { version: "0", program: "", templates: "", fonts: [] },
    digest: sha256,
    renderer: {
      render: async (html: string, { title }: { readonly title: string }) => {
        if (faults.poison.some((part) => title.includes(part))) throw new LayoutError([`page 1: ${title} cannot be laid out`]);
        printed.push(title);
        return Buffer.from(`%PDF-1.7 ${sha256(html)}\n`);
      },
      close: async () => {},
    },
  };
}
