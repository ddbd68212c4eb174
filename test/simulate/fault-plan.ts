import type { Random } from "./random.ts";

/** Which faults befall a seed, and what befell it so far. */
export interface FaultPlan {
  /** @returns what goes wrong with the operation; seldom anything */
  choose<Kind extends string>(kinds: readonly Kind[], operation: string): Kind | undefined;
  count(kind: string, operation: string): void;
  /** From here on nothing goes wrong. */
  end(): void;
  /** `kind: operation` → how often. */
  readonly counts: ReadonlyMap<string, number>;
}

/** @param rate how many of the operations go wrong, 0 to 1 */
export function createFaultPlan(random: Random, rate: number): FaultPlan {
  const counts = new Map<string, number>();
  let ended = false;
  const count = (kind: string, operation: string) => {
    const name = `${kind}: ${operation}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  return {
    counts,
    count,
    end: () => {
      ended = true;
    },
    choose: (kinds, operation) => {
      if (ended || !random.chance(rate * weigh(operation))) return undefined;
      const kind = random.pick(kinds);
      count(kind, operation);
      return kind;
    },
  };
}

const lookUps = ["subscriptions.get", "suppressions.find", "archive.get document", "archive.get model", "quota.ask", "sleep"];

function weigh(operation: string): number {
  // Whoever fails before the claim leaves nothing behind; a schedule in which nobody gets any further shows little.
  if (operation === "look GetItem" || lookUps.includes(operation)) return 0.4;
  // These come only after another fault, and would seldom meet a second one.
  return /^(rejected|released|lost) /.test(operation) ? 2.5 : 1.5;
}

const events = ["claim", "accepted", "rejected", "released", "lost", "declined", "proof"];
const dynamoWrites = events.map((doing) => `${doing} PutItem`);
const dynamoReads = ["look GetItem", "settle Query", ...events.map((doing) => `${doing} GetItem`)];

/** Every arrow of the use cases and what must have happened to it in a run that is to prove something. Written by hand: an arrow that is never
 *  reached would otherwise be missed by nobody. */
export const requiredFaults: readonly string[] = [
  ...[...dynamoReads, ...dynamoWrites, ...lookUps, "mailer.send"].flatMap((arrow) => [`crash before: ${arrow}`, `crash after: ${arrow}`]),
  ...[...dynamoReads, ...lookUps].map((arrow) => `read refused: ${arrow}`),
  ...["write refused", "answer lost", "repeated by the client", "lands late", "lands late, worker crashed"].flatMap((kind) =>
    dynamoWrites.map((arrow) => `${kind}: ${arrow}`),
  ),
  ...[
    "timeout before SES accepted",
    "timeout after SES accepted",
    "timeout, SES accepts later",
    "crash, SES accepts later",
    "rejected",
    "rejected, worker crashed",
    "throttled",
    "unforeseen error before SES accepted",
    "unforeseen error after SES accepted",
  ].map((kind) => `${kind}: mailer.send`),
  "refused for now: quota.ask",
  "refused for today: quota.ask",
  ...["send", "delay", "delivery", "bounce", "complaint", "reject"].flatMap((event) =>
    // Nothing happens to a mail before it is sent, so that this event is never too early.
    ["lost", "repeated", "late", ...(event === "send" ? [] : ["out of order"])].map((kind) => `event ${kind}: ${event}`),
  ),
  ...[
    "called at once",
    "called again",
    "given up too early",
    "days pass",
    "reader leaves",
    "edition issued late",
    "edition never issued",
  ].map((kind) => `${kind}: schedule`),
];
