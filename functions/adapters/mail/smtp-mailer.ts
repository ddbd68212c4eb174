import { Readable } from "node:stream";
import SMTPConnection, { type SMTPConnectionSendInfo } from "nodemailer/lib/smtp-connection";
import { MailThrottledError } from "../../core/errors.ts";
import { hideAddress } from "../../core/mail-text.ts";
import type { Mailer, MailOutcome } from "../../core/ports.ts";
import { type MimeMessage, type MimeSender, withMimeMessage } from "./mime-message.ts";
import { judgeSmtpRefusal } from "./smtp-refusals.ts";

/** An office's own mail server. */
export interface SmtpRelay {
  readonly host: string;
  readonly port: number;
  /** starttls: encrypted before anything of the mail is said, or not sent. tls: from the first byte on. none: for a relay on the same machine or line. */
  readonly encryption: "starttls" | "tls" | "none";
  readonly auth?: { readonly user: string; readonly pass: string };
  /** PEM of whoever signed the relay's certificate, beside those that Node trusts. */
  readonly ca?: string;
}

export interface SmtpTimeouts {
  /** Until the line stands, the greeting and the encryption included. */
  readonly connectMs: number;
  /** Without a byte from the relay: some scan a mail before they answer. */
  readonly silenceMs: number;
  /** For the whole mail. */
  readonly mailMs: number;
}

const usualTimeouts: SmtpTimeouts = { connectMs: 15_000, silenceMs: 120_000, mailMs: 300_000 };

/** As long as a worker that sends by SMTP may be at one mail, and some seconds more. */
export const smtpLeaseMs = usualTimeouts.mailMs + 30_000;

/** A mailer that can be asked beforehand whether the relay would talk to us. */
export interface SmtpMailer extends Mailer {
  /** Connects, encrypts and signs in, and sends nothing.
   *  @throws MailThrottledError when no mail at all would be taken */
  check(): Promise<void>;
}

/** Sends through an office's relay: a line for each mail, one recipient, nothing tried twice, and nothing sent before the first call. */
export function createSmtpMailer(relay: SmtpRelay, sender: MimeSender, timeouts: SmtpTimeouts = usualTimeouts): SmtpMailer {
  return {
    check: () => check(relay, timeouts),
    send: (mail) => withMimeMessage(mail, sender, (message) => send(relay, sender.from.address, timeouts, mail.to, message)),
  };
}

async function check(relay: SmtpRelay, timeouts: SmtpTimeouts): Promise<void> {
  try {
    await withConnection(relay, timeouts, async () => {});
  } catch (cause) {
    throw new MailThrottledError(`${relay.host}:${relay.port}: ${judgeSmtpRefusal(cause, false).reason}`, { cause });
  }
}

async function send(
  relay: SmtpRelay,
  from: string,
  timeouts: SmtpTimeouts,
  to: string,
  { bytes, messageId }: MimeMessage,
): Promise<MailOutcome> {
  let begun = false;
  // Read only once the relay has said that it waits for the message.
  const message = Readable.from(
    (function* () {
      begun = true;
      yield bytes;
    })(),
  );
  const envelope = { from, to: [to], size: bytes.byteLength };
  try {
    const info = await withConnection(relay, timeouts, (connection) => sendMessage(connection, envelope, message));
    return { outcome: "accepted", messageId: info.serverMessageId?.replaceAll(/[<>]/g, "") ?? messageId };
  } catch (cause) {
    const { certainty, reason: told } = judgeSmtpRefusal(cause, begun);
    const reason = hideAddress(told, to);
    if (certainty === "not now") throw new MailThrottledError(reason, { cause });
    return { outcome: certainty === "never" ? "rejected" : "unknown", reason };
  }
}

/** Lends a line on which mails may be sent to `work`, and hangs up whatever happens.
 *  @throws what went wrong first: the line may break, or time may run out, while nobody waits for an answer */
async function withConnection<T>(relay: SmtpRelay, timeouts: SmtpTimeouts, work: (connection: SMTPConnection) => Promise<T>): Promise<T> {
  const connection = open(relay, timeouts);
  const broken = new Promise<never>((_, reject) => {
    connection.on("error", reject);
    connection.on("end", () => reject(new Error("the line was closed")));
  });
  const outOfTime = Promise.withResolvers<never>();
  const timer = setTimeout(() => outOfTime.reject(new Error(`no end after ${timeouts.mailMs} ms`)), timeouts.mailMs);
  try {
    return await Promise.race([broken, outOfTime.promise, signIn(connection, relay).then(() => work(connection))]);
  } finally {
    clearTimeout(timer);
    if (!connection.destroyed) connection.quit();
    connection.close();
  }
}

function open({ host, port, encryption, ca }: SmtpRelay, { connectMs, silenceMs }: SmtpTimeouts): SMTPConnection {
  return new SMTPConnection({
    host,
    port,
    secure: encryption === "tls",
    requireTLS: encryption === "starttls",
    ignoreTLS: encryption === "none",
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
    ...(ca === undefined ? {} : { tls: { ca } }),
  });
}

async function signIn(connection: SMTPConnection, { auth }: SmtpRelay): Promise<void> {
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  if (auth) await new Promise<void>((resolve, reject) => connection.login({ ...auth }, (error) => (error ? reject(error) : resolve())));
}

function sendMessage(
  connection: SMTPConnection,
  envelope: { readonly from: string; readonly to: string[]; readonly size: number },
  message: Readable,
): Promise<SMTPConnectionSendInfo> {
  return new Promise((resolve, reject) => connection.send(envelope, message, (error, info) => (error ? reject(error) : resolve(info))));
}
