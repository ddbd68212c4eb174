import { editionKeys, parseRunName } from "../../functions/core/briefing-keys.ts";
import { deliveryId } from "../../functions/core/delivery.ts";
import { type DeliverBriefingInput, deliverBriefing } from "../../functions/deliver-briefing/deliver-briefing.ts";
import { settleClaims } from "../../functions/deliver-briefing/settle-claims.ts";
import { recordMailEvent } from "../../functions/mail-events/record-mail-event.ts";
import { aSubscription } from "../support/subscription-builder.ts";
import type { Notice } from "./mail-server.ts";
import type { Ending, Worker } from "./scheduler.ts";
import { leaseMs, type World } from "./world.ts";

/** A mail to be sent. */
export interface Job {
  readonly id: string;
  readonly input: DeliverBriefingInput;
}

export interface Schedule {
  /** Carries everything out, in an order that chance decides, until no worker is left. */
  play(): Promise<void>;
  /** Brings back who is to come back and issues what is to be issued.
   *  @returns what was to be sent, and why that may rightly not be so */
  settleDown(): (Job & { readonly excuse: string | undefined })[];
  settle(): Promise<void>;
  /** Delivers the events that come long after. */
  tellLate(): Promise<void>;
  /** The server's events that mail-events took. */
  readonly arrived: readonly Notice[];
  readonly troubles: readonly string[];
}

const editions = ["full-en", "one-page-en", "theme-homes-en"];
/** Editions × readers. What may go wrong with a mail needs no other; some more show that they leave each other alone. */
const sizes: readonly (readonly [editions: number, readers: number])[] = [
  [1, 1],
  [1, 1],
  [2, 1],
  [2, 1],
  [1, 2],
  [1, 3],
  [2, 2],
  [3, 2],
];
const maxCalls = 8;
const dayMs = 24 * 3_600_000;

export function createSchedule(world: World, run: string, trace: (line: string) => void): Schedule {
  const { random, scheduler, faults, server, readers, suppressed } = world;
  const [arrived, troubles]: [Notice[], string[]] = [[], []];
  const [editionCount, readerCount] = random.pick(sizes);
  const chosen = editions.slice(0, editionCount);
  const people = ["li-wei", "mayor", "works"].slice(0, readerCount);
  for (const id of people) readers.set(id, aSubscription({ id }));
  const jobs = people.flatMap((recipient) => chosen.map((edition) => makeJob(run, edition, recipient)));
  const actions: (() => Promise<void> | void)[] = [];
  const calls = new Map<string, number>();
  const busy = new Map<string, number>();
  let names = 0;
  const neverIssued = planIssues();
  const gone = planLeaving();
  const early = random.chance(0.3);
  for (const job of jobs) for (let i = random.below(3); i >= 0; i--) actions.push(() => call(job));
  for (let i = random.below(3); i > 0; i--) actions.push(() => startSettling(early && random.chance(0.5) ? 0 : leaseMs));
  if (random.chance(0.25)) actions.push(letDaysPass);

  /** How many workers are at it at once. */
  const eagerness = random.pick([0.03, 0.15, 0.4, 0.9]);
  return {
    arrived,
    troubles,
    play: async () => {
      while (scheduler.waiting + actions.length + server.notices.length > 0) await proceed();
    },
    settleDown: () => {
      for (const edition of chosen) if (edition !== neverIssued) issue(edition);
      if (random.chance(0.5)) suppressed.clear();
      for (const id of people) if (!gone.has(id)) readers.set(id, aSubscription({ id }));
      return jobs.map((job) => ({ ...job, excuse: findExcuse(job.input) }));
    },
    settle: async () => {
      await startSettling(leaseMs);
      while (scheduler.waiting > 0) await scheduler.step();
    },
    tellLate: async () => {
      while (server.lateNotices.length + server.notices.length > 0) {
        await tell(server.lateNotices.length > 0 ? server.lateNotices : server.notices);
        while (scheduler.waiting > 0) await scheduler.step();
      }
    },
  };

  async function proceed(): Promise<void> {
    if (actions.length > 0 && (scheduler.waiting === 0 || random.chance(eagerness))) return void (await random.take(actions)());
    if (server.notices.length > 0 && (scheduler.waiting === 0 || random.chance(0.2))) return tell(server.notices);
    if (scheduler.waiting > 0) await scheduler.step();
  }

  async function call(job: Job): Promise<void> {
    const count = (calls.get(job.id) ?? 0) + 1;
    const others = busy.get(job.id) ?? 0;
    calls.set(job.id, count);
    busy.set(job.id, others + 1);
    if (count > 1) faults.count(others > 0 ? "called at once" : "called again", "schedule");
    await start(
      `worker ${++names} for ${job.id}`,
      async (worker) => {
        const { state, reason = "" } = await deliverBriefing(job.input, world.depsFor(worker, job.id));
        trace(`${worker.name}: says ${state} ${reason}`);
      },
      (ending) => {
        busy.set(job.id, (busy.get(job.id) ?? 1) - 1);
        if (count < maxCalls && ending.kind !== "returned" && random.chance(0.6)) actions.push(() => call(job));
      },
    );
  }

  /** An event that mail-events could not record is given again; so it is with EventBridge and a function that fails. */
  async function tell(from: Notice[]): Promise<void> {
    const notice = random.take(from);
    const { messageId, order, type, event } = notice;
    const earlier = [...server.notices, ...server.lateNotices].some((other) => other.messageId === messageId && other.order < order);
    if (earlier) faults.count("event out of order", type);
    await start(
      `event ${++names} ${type} of ${notice.deliveryId}`,
      async (worker) => {
        const result = await recordMailEvent(event, world.depsFor(worker));
        trace(`${worker.name}: ${JSON.stringify(result)}`);
        if (result.outcome === "unknown delivery" || result.outcome === "refused")
          troubles.push(`an event was ${result.outcome}: ${result.reason}`);
        arrived.push(notice);
      },
      (ending) => {
        if (ending.kind !== "returned") server.notices.push(notice);
      },
    );
  }

  function startSettling(lease: number): Promise<void> {
    if (lease === 0 && scheduler.waiting > 0) faults.count("given up too early", "schedule");
    return start(
      `settling ${++names}`,
      (worker) => settleClaims(parseRunName(run), { ...world.depsFor(worker), leaseMs: lease }),
      () => {},
    );
  }

  function start(name: string, work: (worker: Worker) => Promise<unknown>, onEnd: (ending: Ending) => void): Promise<void> {
    return world.start(name, work, (ending) => {
      trace(`${name}: ${ending.kind}${ending.kind === "threw" ? `, ${String(ending.error)}` : ""}`);
      onEnd(ending);
    });
  }

  function letDaysPass(): void {
    // A worker that works on after that has outlived its lease, and others may have given up its claim.
    faults.count(scheduler.waiting > 0 ? "days pass while workers work" : "days pass", "schedule");
    world.wait((1 + random.below(40)) * dayMs);
  }

  /** @returns the edition that never is */
  function planIssues(): string | undefined {
    const never = random.chance(0.08) ? random.pick(chosen) : undefined;
    for (const edition of chosen) {
      if (edition === never) faults.count("edition never issued", "schedule");
      else if (random.chance(0.85)) issue(edition);
      else {
        faults.count("edition issued late", "schedule");
        actions.push(() => issue(edition));
      }
    }
    return never;
  }

  /** @returns who never comes back */
  function planLeaving(): Set<string> {
    const left = new Set<string>();
    for (const id of people.filter(() => random.chance(0.1))) {
      const rests = random.chance(0.5);
      actions.push(() => {
        faults.count("reader leaves", "schedule");
        if (rests) readers.set(id, aSubscription({ id, paused: true }));
        else readers.delete(id);
      });
      if (random.chance(0.4)) left.add(id);
    }
    return left;
  }

  function issue(edition: string): void {
    world.issue(editionKeys("harbourton", parseRunName(run), edition), run, edition);
  }

  function findExcuse({ edition, recipient }: DeliverBriefingInput): string | undefined {
    if (edition === neverIssued) return "the edition is not issued";
    const reader = readers.get(recipient);
    if (!reader || reader.paused) return "the reader has left";
    return suppressed.has(reader.address) ? "the address is suppressed" : undefined;
  }
}

function makeJob(run: string, edition: string, recipient: string): Job {
  const { model, document } = editionKeys("harbourton", parseRunName(run), edition);
  const input = { run, edition, recipient, modelKey: model, documentKey: document };
  return { input, id: deliveryId({ ...parseRunName(run), edition, recipient }) };
}
