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
      if (ended || !random.chance(rate * (isBeforeClaim(operation) ? 0.4 : 1.5))) return undefined;
      const kind = random.pick(kinds);
      count(kind, operation);
      return kind;
    },
  };
}

const lookUps = ["subscriptions.get", "suppressions.find", "archive.get document", "archive.get model", "quota.ask", "sleep"];

/** Whoever fails there leaves nothing behind; a schedule in which nobody gets any further shows little. */
function isBeforeClaim(operation: string): boolean {
  return operation === "look GetItem" || lookUps.includes(operation);
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
    ["lost", "repeated", "late", "out of order"].map((kind) => `event ${kind}: ${event}`),
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
