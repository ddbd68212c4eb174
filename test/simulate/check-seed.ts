import type { WrittenRow } from "./dynamo-line.ts";
import type { Attempt, Notice } from "./mail-server.ts";

/** A mail that was to be sent. */
interface PlannedMail {
  /** The delivery's. */
  readonly id: string;
  /** Why it may rightly not have been sent: by the world, not by the ledger. */
  readonly excuse: string | undefined;
  /** What the last call of the use case said. */
  readonly said: { readonly state: string; readonly reason?: string } | undefined;
}

/** A row of the ledger's table, as the database gives it. */
export interface FinalRow {
  readonly state: string;
  readonly reason?: string | undefined;
  readonly messageId?: string | undefined;
}

/** All that there is to judge a seed by. The ledger's code is asked for none of it. */
export interface Testimony {
  readonly planned: readonly PlannedMail[];
  /** The mail server's own log. */
  readonly attempts: readonly Attempt[];
  /** What the server told and mail-events took. */
  readonly arrived: readonly Notice[];
  /** Of the table, at the end. */
  readonly rows: ReadonlyMap<string, FinalRow>;
  /** Every write that the database took, in order. */
  readonly written: readonly WrittenRow[];
  /** Deliveries of which a worker was hurt. */
  readonly hurt: ReadonlySet<string>;
}

export interface Verdict {
  readonly accepted: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly unknown: number;
  /** Each with its delivery; empty where all is well. */
  readonly problems: readonly string[];
}

export function checkSeed(testimony: Testimony): Verdict {
  const taken = testimony.attempts.filter(({ messageId }) => messageId !== undefined);
  const duplicates = taken.length - new Set(taken.map(({ to, issue }) => `${to} ${issue}`)).size;
  const losses = testimony.planned.flatMap((mail) => findLoss(mail, testimony).map((why) => `${mail.id} is lost: ${why}`));
  const wrong = testimony.planned.flatMap((mail) =>
    [...findWrongRow(mail, testimony), ...findUnprovedClaims(mail, testimony)].map((why) => `${mail.id}: ${why}`),
  );
  return {
    accepted: taken.length,
    duplicates,
    lost: new Set(losses.map((loss) => loss.split(" ")[0])).size,
    unknown: [...testimony.rows.values()].filter(({ state }) => state === "UNKNOWN").length,
    problems: [
      ...(duplicates > 0 ? [`${duplicates} mails were accepted a second time`] : []),
      ...losses,
      ...wrong,
      ...findBlindResends(testimony.attempts),
      ...findForgetfulWrites(testimony.written),
    ],
  };
}

const sentStates = ["ACCEPTED", "DELIVERED", "BOUNCED", "COMPLAINED"];

/** Where nothing was accepted: why is that, and who knows of it? */
function findLoss({ id, excuse, said }: PlannedMail, { attempts, rows, hurt }: Testimony): string[] {
  if (attempts.some((attempt) => attempt.deliveryId === id && attempt.messageId !== undefined)) return [];
  const row = rows.get(id);
  if (!row) return said?.state === "PENDING" && said.reason && excuse ? [] : ["it has no row, and nobody says why it was not sent"];
  if (sentStates.includes(row.state) || row.messageId !== undefined) return [`it stands as ${row.state}, and the server never took it`];
  if (!row.reason) return [`it stands as ${row.state} without a reason`];
  if (row.state === "UNKNOWN") return hurt.has(id) ? [] : ["it stands as UNKNOWN though nothing went wrong"];
  if (row.state === "REJECTED" || row.state === "PENDING")
    return excuse ? [] : [`it stands as ${row.state} after the repair: ${row.reason}`];
  return [`it stands as ${row.state} with no worker left`];
}

/** What each event proves, by hand. */
const proved: Readonly<Record<Notice["type"], readonly string[]>> = {
  send: [...sentStates, "REJECTED"],
  delay: [...sentStates, "REJECTED"],
  reject: ["REJECTED", "DELIVERED", "BOUNCED", "COMPLAINED"],
  delivery: ["DELIVERED", "BOUNCED", "COMPLAINED"],
  bounce: ["BOUNCED", "COMPLAINED"],
  complaint: ["COMPLAINED"],
};

/** Where something was accepted: does the row say so, or at least keep it from being sent again? */
function findWrongRow({ id }: PlannedMail, { attempts, rows, arrived }: Testimony): string[] {
  const taken = attempts.find((attempt) => attempt.deliveryId === id && attempt.messageId !== undefined);
  if (!taken) return [];
  const row = rows.get(id);
  if (!row) return ["it was accepted and has no row: it would be sent again"];
  const kept = row.state === "UNKNOWN" || sentStates.includes(row.state) || (row.state === "REJECTED" && row.messageId !== undefined);
  if (!kept) return [`it was accepted and stands as ${row.state}: it would be sent again, or nobody knows of it`];
  if (row.state === "UNKNOWN" && !row.reason) return ["it stands as UNKNOWN without a reason"];
  if (row.messageId !== undefined && row.messageId !== taken.messageId)
    return [`the row has the message id ${row.messageId}, the server ${taken.messageId}`];
  const told = arrived.filter(({ messageId }) => messageId === taken.messageId);
  return told
    .filter(({ type }) => !proved[type].includes(row.state))
    .map(({ type }) => `the server told "${type}", and it stands as ${row.state}`);
}

/** After an attempt of which the sender does not know for sure that nothing was taken there is no other. */
function findBlindResends(attempts: readonly Attempt[]): string[] {
  const open = new Set<string>();
  return attempts.flatMap(({ deliveryId, refused }) => {
    const blind = open.has(deliveryId);
    if (!refused) open.add(deliveryId);
    return blind ? [`${deliveryId} was sent again after an attempt whose end is not known`] : [];
  });
}

/** What no write may do, whoever made it: forget that a mail was accepted. */
function findForgetfulWrites(written: readonly WrittenRow[]): string[] {
  const last = new Map<string, WrittenRow>();
  return written.flatMap((row) => {
    const before = last.get(row.id);
    last.set(row.id, row);
    const forgot = before?.messageId !== undefined && before.messageId !== row.messageId;
    return forgot ? [`${row.id} was accepted as ${before.messageId}, and a write forgot it`] : [];
  });
}

/** Whoever claims a mail after somebody else needs the server's word that the other's was not taken: a claim of which nothing was heard is never
 *  taken over, be it that nothing was sent either. */
function findUnprovedClaims({ id }: PlannedMail, { attempts, written }: Testimony): string[] {
  const claims = new Set(written.flatMap((row) => (row.id === id && row.state === "SENDING" ? [row.claim] : []))).size;
  const refusals = attempts.filter((attempt) => attempt.deliveryId === id && attempt.refused).length;
  return claims > refusals + 1 ? [`it was claimed ${claims} times, and the server refused it ${refusals} times only`] : [];
}
