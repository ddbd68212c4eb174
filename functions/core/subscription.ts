import { z } from "zod";
import { isoDateSchema } from "./calendar.ts";
import { type Edition, parseEditions } from "./edition.ts";
import { localeSchema } from "./local-text.ts";
import { type Office, slugSchema } from "./office.ts";

/** Names and offices stand in mails and lists: one line, and nothing in it that is a command to a program that opens the list. */
const lineSchema = z
  .string()
  .min(1)
  .max(100, "write at most 100 characters")
  .refine((text) => text.trim() === text, "leave out the spaces before and after it")
  .refine((text) => text.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), "write it on one line, without control characters")
  // Right-to-left names need none of these; a text that turns its neighbours around does.
  .refine((text) => !/[\u202A-\u202E\u2066-\u2069]/u.test(text), "leave out the marks that turn the direction of writing around")
  .refine((text) => !/^[=+\-@]/.test(text), "a spreadsheet would take this for a formula; begin with a letter");

/** RFC 5321's limits: a mailbox name of 64, 254 in all. What stands before the @ is a dot-atom that begins and ends like a word; no quotes and no
 *  comments, in which a second address could hide. The domain has two labels or more, in ASCII: an international one is written in punycode. */
const addressSchema = z
  .string()
  .max(254, "an address has at most 254 characters")
  .regex(
    /^(?=[^@]{1,64}@)[A-Za-z0-9]+(?:[.!#$%&'*+/=?^_`{|}~-]+[A-Za-z0-9]+)*_?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z0-9-]{0,58}[A-Za-z0-9])$/,
    "write one address alone, such as li.wei@example.org: no name, no brackets, no second address, the domain in ASCII (punycode)",
  )
  .refine((address) => !address.includes(".."), "two dots follow each other");

/** Who gets which editions, from when until when. One entry of `subscriptions/*.yaml`. */
export const subscriptionSchema = z
  .strictObject({
    /** Names the reader in the ledger and in SES's records: nothing personal belongs into it that should not stand there. */
    id: slugSchema.max(64, "write at most 64 characters"),
    name: lineSchema,
    office: lineSchema.optional(),
    address: addressSchema,
    /** Of the editions that are named without one. */
    language: localeSchema,
    /** As on the command line: full, one-page, theme-<id>, owner-<id>, theme, owner or all, with -en or -zh-CN. */
    editions: z.array(z.string().min(1)).min(1, "name an edition, for example full"),
    /** The first day of an issue that is sent, and the last. */
    from: isoDateSchema,
    until: isoDateSchema.optional(),
    /** 报 (upwards), 送 (sideways), 发 (downwards). */
    list: z.enum(["report", "send", "issue"]).optional(),
    /** How the document comes: with the mail, as a link to the archive, or both. With the mail unless said otherwise: an official whose network does
     *  not reach the archive, or who reads on a train, must be able to read it all the same. What is too large for a mail comes as a link in any case. */
    form: z.enum(["attachment", "link", "both"]).default("attachment"),
    /** Nothing is sent while it is set. */
    paused: z.boolean().default(false),
  })
  .refine(({ from, until }) => until === undefined || from <= until, { path: ["until"], message: "ends before it begins" });
export type Subscription = z.infer<typeof subscriptionSchema>;

/** What an office must say for its editions to be found. */
type Subjects = Pick<Office, "themes" | "owners">;

/** @returns the editions that a subscription's line names, in the subscription's language where it names none; none when there is no such edition */
export function editionsNamed(name: string, { language }: Pick<Subscription, "language">, { themes, owners }: Subjects): Edition[] {
  return parseEditions(name, { language, themes, owners });
}

/** One issue for one reader. */
export interface SubscribedEdition {
  /** A subscription's id. */
  readonly recipient: string;
  /** An edition's id. */
  readonly edition: string;
}

/** Who is to get which of the editions: each pair once, by recipient and then in the order of the editions. An address gets an edition once
 *  even if two subscriptions say so; the office's folder is checked for that, but the table may be read in the middle of a load.
 *  @param editionIds what a run has made
 *  @param day YYYY-MM-DD, that of the issue in the office's time zone */
export function subscriptionsFor(
  subscriptions: readonly Subscription[],
  editionIds: readonly string[],
  day: string,
  office: Subjects,
): SubscribedEdition[] {
  const sent = new Set<string>();
  return subscriptions
    .filter((s) => !s.paused && s.from <= day && (s.until === undefined || day <= s.until))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((subscription) => {
      const wanted = new Set(subscription.editions.flatMap((name) => editionsNamed(name, subscription, office)).map((e) => e.id));
      const due = editionIds.filter((edition) => wanted.has(edition)).filter((edition) => isNew(sent, edition, subscription.address));
      return due.map((edition) => ({ recipient: subscription.id, edition }));
    });
}

function isNew(sent: Set<string>, edition: string, address: string): boolean {
  const pair = `${edition} ${mailbox(address)}`;
  return !sent.has(pair) && sent.add(pair) !== undefined;
}

/** Two addresses that differ in capitals only are one: no server in use tells them apart. */
export function mailbox(address: string): string {
  return address.toLowerCase();
}
