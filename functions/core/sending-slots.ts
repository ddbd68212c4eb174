import { z } from "zod";
import type { SendingLeave, SendingLimits } from "./ports.ts";

/** The one row by which all workers share a mail service's rate and its number of mails a day. All times are milliseconds of a time that the
 *  workers share, see `SharedTime`; `askedWall` is a worker's own clock. */
export const sendingSlotsSchema = z.strictObject({
  /** The latest shared time at which somebody wrote here, and what that worker's clock showed, in ms since 1970. */
  time: z.number(),
  askedWall: z.number(),
  /** The earliest time at which the next mail may go. */
  next: z.number(),
  limits: z
    .strictObject({ perSecond: z.number().positive(), perDay: z.number().nonnegative().optional(), sentLastDay: z.number().nonnegative() })
    .optional(),
  limitsReadAt: z.number().optional(),
  /** When somebody set out to read them. */
  limitsAskedAt: z.number().optional(),
  /** Places given since the limits were read, and in the minute before that, which the service may not have counted yet. */
  given: z.int().nonnegative(),
  givenBefore: z.int().nonnegative(),
});
export type SendingSlots = z.infer<typeof sendingSlotsSchema>;

/** How long a worker waits for its place: with the sending, well under the minute that it lives. */
const maxWaitMs = 10_000;

/** Limits seldom change, and the service counts what others send beside us: once a minute is often enough for both, and SES itself answers
 *  GetAccount once a second. */
const limitsLastMs = 60_000;

/** Who set out to read the limits and has not said so by then is dead, or was refused. */
const limitsTakeMs = 15_000;

/** How much of the way from a place to the mail service is chance: claiming takes some milliseconds more or less. So many are spread over a
 *  second's places, or fourteen of one second and a hasty one of the next would be fifteen within a second. It costs 1 %. */
const jitterMs = 10;

/** What a worker is to do. `slots` is the row as it is then to be. */
export type SlotDecision =
  | { readonly do: "send"; readonly leave: SendingLeave & { readonly outcome: "granted" }; readonly slots: SendingSlots }
  | { readonly do: "give up"; readonly leave: SendingLeave & { readonly outcome: "refused" } }
  /** Read the limits, and ask again with {@link takeLimits}. */
  | { readonly do: "read limits"; readonly slots: SendingSlots };

/** Gives the next place, in virtual scheduling (GCRA, ITU-T I.371): each mail has a time of its own, one interval after the one before, and none is saved
 *  up while nobody sends. 14 a second are one each 1010 / 14 = 72.1 ms, so that five workers wait a third of a second and 10,000 mails take 12 minutes.
 *  @param time the shared time now
 *  @param wall the worker's clock, ms since 1970 */
export function decideSlot(seen: SendingSlots | undefined, time: number, wall: number): SlotDecision {
  const known: SendingSlots = { ...(seen ?? { next: time, given: 0, givenBefore: 0 }), time, askedWall: wall };
  const { limits, limitsReadAt = Number.NEGATIVE_INFINITY, limitsAskedAt = Number.NEGATIVE_INFINITY } = known;
  if (time - limitsReadAt >= limitsLastMs && time - limitsAskedAt >= limitsTakeMs) {
    // Where nobody sent for so long, the service has counted all that was given.
    const given = seen && time - seen.time < limitsLastMs ? seen.given : 0;
    return { do: "read limits", slots: { ...known, given, limitsAskedAt: time } };
  }
  if (!limits) return refuse("another worker is reading what the mail service allows", 1_000);
  const { perSecond, perDay, sentLastDay } = limits;
  if (perDay !== undefined && sentLastDay + known.givenBefore + known.given >= perDay) {
    return refuse(explainDay(perDay), Math.max(1_000, limitsReadAt + limitsLastMs - time));
  }
  const slot = Math.max(known.next, time);
  const waitMs = slot - time;
  if (waitMs > maxWaitMs) {
    return refuse(`the mail service takes ${perSecond} a second, and those before this one take ${seconds(waitMs)}`, waitMs - maxWaitMs);
  }
  const interval = (1_000 + jitterMs) / perSecond;
  return { do: "send", leave: { outcome: "granted", waitMs }, slots: { ...known, next: slot + interval, given: known.given + 1 } };
}

/** @param limits as they were just read
 *  @returns the row with them: what the service may have counted by now is not counted here a second time for longer than a minute */
export function takeLimits(seen: SendingSlots, limits: SendingLimits, time: number, wall: number): SendingSlots {
  return { ...seen, time, askedWall: wall, limits, limitsReadAt: time, given: 0, givenBefore: seen.given };
}

function refuse(reason: string, retryAfterMs: number): SlotDecision {
  return {
    do: "give up",
    leave: { outcome: "refused", reason: `${reason}; ask again in ${seconds(retryAfterMs)}`, retryAfterMs: Math.ceil(retryAfterMs) },
  };
}

function explainDay(perDay: number): string {
  return `the mail service's ${perDay} mails of 24 hours are used up: room comes as those of yesterday pass out of its count, all of it within 24 hours`;
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1_000)} s`;
}
