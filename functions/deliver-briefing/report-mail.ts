import type { Delivery, DeliveryState } from "../core/delivery.ts";
import type { DeliveryPlan } from "../core/delivery-plan.ts";

/** What became of one edition for one reader, in a word for people. sent: now. sent before: the ledger knew. not tried: left out by `failedOnly`, or
 *  because the way out takes nothing at present. unknown: may have been accepted, and is never sent again. withheld: not due. suppressed: due, and the
 *  address is not written to. */
export type ReportedOutcome = "to send" | "sent" | "sent before" | "not sent" | "not tried" | "unknown" | "suppressed" | "withheld";

export interface ReportedMail {
  readonly recipient: string;
  readonly edition: string;
  readonly outcome: ReportedOutcome;
  /** Of the ledger's row, where there is one. */
  readonly state?: DeliveryState;
  readonly reason?: string;
  /** How the document goes to the reader, where the mail is still to be sent. request: it is too large, or not wanted in the mail, and there is no archive
   *  to link to; the mail says whom to ask. */
  readonly way?: "attachment" | "link" | "attachment and link" | "request";
}

/** Pair → why it was not sent, where an error said so; undefined for one that went through. */
export type Tried = ReadonlyMap<string, string | undefined>;

/** @param tried what was just sent, or tried to */
export function reportMail(planned: DeliveryPlan, tried: Tried): ReportedMail {
  const { recipient, edition } = planned;
  const pair = { recipient, edition };
  if (planned.outcome === "withheld")
    return { ...pair, outcome: isSuppressed(planned) ? "suppressed" : "withheld", reason: planned.reason };
  if (planned.outcome === "settled") return { ...pair, ...describeSettled(planned.delivery, tried.has(pairOf(pair))) };
  const { before } = planned;
  const reason = tried.get(pairOf(pair)) ?? before?.reason;
  return {
    ...pair,
    outcome: tried.has(pairOf(pair)) || before ? "not sent" : "not tried",
    ...(before ? { state: before.state } : {}),
    ...(reason === undefined ? {} : { reason }),
  };
}

function describeSettled({ state, reason }: Delivery, now: boolean): Pick<ReportedMail, "outcome" | "state" | "reason"> {
  const told = reason ?? (state === "SENDING" ? "a worker has claimed it and not said what came of it" : undefined);
  const uncertain = state === "UNKNOWN" || state === "SENDING";
  const outcome = uncertain ? "unknown" : state === "REJECTED" ? "not sent" : now ? "sent" : "sent before";
  return { outcome, state, ...(told === undefined ? {} : { reason: told }) };
}

export function isSuppressed(planned: DeliveryPlan): boolean {
  return planned.outcome === "withheld" && planned.because === "suppressed";
}

export function pairOf({ recipient, edition }: { readonly recipient: string; readonly edition: string }): string {
  return `${edition} ${recipient}`;
}
