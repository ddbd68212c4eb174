import { join, resolve } from "node:path";
import { z } from "zod";
import { createIssueLinker } from "../adapters/archive-link-signer.ts";
import { openLinkKeysFile } from "../adapters/link-keys-file.ts";
import type { MimeSender } from "../adapters/mail/mime-message.ts";
import { createOutboxMailer } from "../adapters/mail/outbox-mailer.ts";
import { createSmtpMailer, type SmtpRelay } from "../adapters/mail/smtp-mailer.ts";
import { linkDays } from "../core/archive-link.ts";
import { InputError } from "../core/errors.ts";
import type { Mailer } from "../core/ports.ts";
import type { ComposeMailDeps } from "../deliver-briefing/compose-mail.ts";

/** Where the command's mails go. */
export interface WayOut {
  readonly mailer: Mailer;
  /** For people: the outbox's folder, or the relay; never an account or a password. */
  readonly name: string;
  /** What a person should know beforehand. */
  readonly hint?: string;
  /** @throws MailThrottledError when no mail at all would be taken at present */
  check(): Promise<void>;
}

const fromName = "BIAOGAN_MAIL_FROM";
const urlName = "BIAOGAN_SMTP_URL";
const archiveName = "BIAOGAN_ARCHIVE_URL";
const contactName = "BIAOGAN_MAIL_CONTACT";

/** A domain that belongs to nobody (RFC 2606): a mail in the outbox can be looked at before anybody has set a sender. */
const nobody = "briefing@biaogan.invalid";

/** An office's relay where the environment names one, else the outbox in the store's folder.
 *  @param env `BIAOGAN_SMTP_URL`: smtp://user:password@host:587 (STARTTLS, or nothing is sent), smtps://host:465, or smtp://host:25?encryption=none;
 *  `BIAOGAN_MAIL_FROM`: an address, with or without a name before it
 *  @param issuer the office's name, for a sender without one
 *  @throws InputError when they are not what they must be; it repeats no password */
export function openWayOut(env: Readonly<Record<string, string | undefined>>, store: string, issuer: string, now: () => string): WayOut {
  const url = env[urlName];
  const from = env[fromName] === undefined ? undefined : readSender(env[fromName], issuer);
  if (url === undefined) {
    const folder = join(resolve(store), "outbox");
    const sender: MimeSender = { from: from ?? { name: issuer, address: nobody }, now };
    const hint = `${fromName} is not set: the mails in the outbox come from ${nobody}, which nobody can answer`;
    return { mailer: createOutboxMailer(folder, sender), name: folder, check: async () => {}, ...(from ? {} : { hint }) };
  }
  const relay = readRelay(url);
  if (!from) throw settingError(fromName, "is not set; write the address that mails come from, such as briefing@example.org");
  const mailer = createSmtpMailer(relay, { from, now });
  return { mailer, name: `${relay.host}:${relay.port}`, check: () => mailer.check() };
}

/** What a mail may offer beside the issue itself.
 *  @param env `BIAOGAN_ARCHIVE_URL`: where readers find the archive, for links that open one issue; `BIAOGAN_MAIL_CONTACT`: whom a reader writes to
 *  @param dryRun makes no keys for the links: the mails are thrown away
 *  @throws InputError when they are not what they must be */
export async function readMailOffers(
  env: Readonly<Record<string, string | undefined>>,
  store: string,
  { now, dryRun }: { readonly now: () => string; readonly dryRun: boolean },
): Promise<Pick<ComposeMailDeps, "linkIssue" | "contact">> {
  const contact = env[contactName];
  if (contact !== undefined && !z.email().safeParse(contact).success) {
    throw settingError(contactName, "is no mail address; write one alone, such as office@example.org");
  }
  const offers = contact === undefined ? {} : { contact };
  const archiveUrl = env[archiveName];
  if (archiveUrl === undefined) return offers;
  if (!z.url({ protocol: /^https?$/ }).safeParse(archiveUrl).success) {
    throw settingError(archiveName, "is no address; write https://archive.example.org");
  }
  if (dryRun) return { ...offers, linkIssue: () => ({ url: archiveUrl, days: linkDays }) };
  return { ...offers, linkIssue: createIssueLinker(await openLinkKeysFile(resolve(store)), archiveUrl, now) };
}

function readSender(text: string, issuer: string): MimeSender["from"] {
  const [, quoted, name = quoted, inBrackets, alone] = /^(?:"([^"]*)"\s*|([^"<>]*?)\s*)<([^<>\s]+)>$|^([^<>\s]+)$/.exec(text.trim()) ?? [];
  const address = z.email().safeParse(inBrackets ?? alone);
  if (!address.success || /\p{Cc}/u.test(text)) {
    throw settingError(fromName, "is no sender; write briefing@example.org or Town Hall <briefing@example.org>");
  }
  return { name: name || issuer, address: address.data };
}

const usualPorts = { "smtp:": 587, "smtps:": 465 } as const;

const relaySchema = z
  .instanceof(URL, { error: "is none" })
  .refine(({ protocol }) => protocol in usualPorts, "begins with smtp:// or smtps://")
  .refine(({ hostname }) => hostname !== "", "names a server")
  .refine(({ pathname, hash }) => ["", "/"].includes(pathname) && hash === "", "ends after the port")
  .refine(({ search }) => ["", "?encryption=none"].includes(search), "takes no option but ?encryption=none")
  .refine(({ username, password }) => (username === "") === (password === ""), "names a user and a password, or neither")
  .refine(({ protocol, search }) => protocol === "smtp:" || search === "", "is smtp:// where nothing is to be encrypted");

/** Nothing of the URL is repeated: a password may stand anywhere in it. */
function readRelay(text: string): SmtpRelay {
  const form = "write smtp://user:password@relay.example.org:587 (a @, : or / in the password as %40, %3A, %2F)";
  const parsed = relaySchema.safeParse(URL.parse(text));
  if (!parsed.success) {
    throw settingError(urlName, `is not usable: the address ${parsed.error.issues[0]?.message ?? "is none"}; ${form}`);
  }
  const { protocol, hostname, port, username, password, search } = parsed.data;
  const host = hostname.replaceAll(/^\[|\]$/g, "");
  const encryption = protocol === "smtps:" ? "tls" : search === "" ? "starttls" : "none";
  if (encryption === "none" && username !== "" && !["localhost", "127.0.0.1", "::1"].includes(host)) {
    throw settingError(urlName, "would send a password without encryption; leave ?encryption=none out, or the user");
  }
  return {
    host,
    port: port === "" ? (protocol === "smtps:" ? usualPorts["smtps:"] : usualPorts["smtp:"]) : Number(port),
    encryption,
    ...(username === "" ? {} : { auth: { user: decode(username), pass: decode(password) } }),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw settingError(urlName, "is not usable: a % in user or password is written as %25", { cause });
  }
}

function settingError(name: string, message: string, options?: ErrorOptions): InputError {
  return new InputError([{ file: name, message }], options);
}
