import { createDynamoSendingQuota } from "../../functions/adapters/dynamo/dynamo-sending-quota.ts";
import type { SendingLimits, SendingQuota } from "../../functions/core/ports.ts";
import type { EmbeddedTables } from "./embedded-table.ts";
import { createVirtualWorkers, type VirtualWorkers } from "./virtual-workers.ts";

export const startsAt = Date.parse("2026-07-03T01:00:00.000Z");
export const dayMs = 86_400_000;

/** A mail as it was sent: when its worker asked for the leave that it got, and when it was with the mail service. */
interface Turn {
  readonly askedAt: number;
  readonly sentAt: number;
}

/** A mail service that counts as SES does: a bucket that holds a second's mails and fills at the rate, and the mails of any 24 hours. It refuses
 *  what is more. */
export interface CountingService {
  /** Mails that were taken, by time. */
  readonly turns: Turn[];
  throttled: number;
  /** How often it was asked for its limits. */
  timesAsked: number;
  sentLastDay(): number;
  readLimits(): Promise<SendingLimits>;
}

export interface QuotaWorld {
  readonly time: VirtualWorkers;
  readonly service: CountingService;
  /** A worker's leave to send, as a process of its own has it. */
  startWorker(options?: { readonly skewMs?: number; readonly readLimits?: () => Promise<SendingLimits> }): SendingQuota;
  /** Takes mails from the heap until none is left, each of which it sends when it has leave.
   *  @param wayMs how long it takes from the leave to the mail service */
  drain(quota: SendingQuota, heap: { left: number }, wayMs?: () => number): Promise<void>;
}

/** Workers in virtual time, the row that they share in a real database, and a mail service.
 *  @param perDay any number unless said otherwise */
export async function createQuotaWorld(tables: EmbeddedTables, limits: { perSecond: number; perDay?: number }): Promise<QuotaWorld> {
  const time = createVirtualWorkers(startsAt);
  const tableName = await tables.newTable();
  const { service, send } = startService(time, limits);
  return {
    time,
    service,
    startWorker: ({ skewMs = 0, readLimits = service.readLimits } = {}) => {
      const clock = { wall: () => time.now() + skewMs, elapsed: () => time.now() - startsAt };
      return createDynamoSendingQuota(tables.client, tableName, "ses", { readLimits, clock });
    },
    drain: async (quota, heap, wayMs = () => 0) => {
      while (heap.left > 0) {
        heap.left -= 1;
        let askedAt = time.now();
        let leave = await quota.ask();
        while (leave.outcome === "refused") {
          await time.sleep(leave.retryAfterMs);
          askedAt = time.now();
          leave = await quota.ask();
        }
        await time.sleep(leave.waitMs + wayMs());
        send(askedAt);
      }
    },
  };
}

function startService(time: VirtualWorkers, { perSecond, perDay = Number.POSITIVE_INFINITY }: { perSecond: number; perDay?: number }) {
  let [tokens, filledAt, oldest] = [perSecond, time.now(), 0];
  const service: CountingService = {
    turns: [],
    throttled: 0,
    timesAsked: 0,
    sentLastDay: () => {
      while ((service.turns[oldest]?.sentAt ?? Number.POSITIVE_INFINITY) <= time.now() - dayMs) oldest += 1;
      return service.turns.length - oldest;
    },
    readLimits: async () => {
      service.timesAsked += 1;
      return { perSecond, ...(Number.isFinite(perDay) ? { perDay } : {}), sentLastDay: service.sentLastDay() };
    },
  };
  const send = (askedAt: number) => {
    const sentAt = time.now();
    tokens = Math.min(perSecond, tokens + ((sentAt - filledAt) / 1_000) * perSecond);
    filledAt = sentAt;
    // A billionth is the rounding of a sum of fractions.
    if (tokens < 1 - 1e-9 || service.sentLastDay() >= perDay) service.throttled += 1;
    else {
      tokens -= 1;
      service.turns.push({ askedAt, sentAt });
    }
  };
  return { service, send };
}

/** Whether who asked first sent first; those who ask in the same moment have no order. */
export function isInOrder(turns: readonly Turn[]): boolean {
  return turns.every(({ askedAt }, n) => n === 0 || askedAt >= (turns[n - 1]?.askedAt ?? 0));
}

export function tookMs({ turns }: CountingService): number {
  return (turns.at(-1)?.sentAt ?? 0) - startsAt;
}
