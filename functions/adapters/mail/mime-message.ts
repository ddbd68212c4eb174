import MailComposer from "nodemailer/lib/mail-composer";
import { listUnsubscribeHeaders } from "../../core/list-unsubscribe.ts";
import { hideAddress, toHeaderLine } from "../../core/mail-text.ts";
import type { Mail, MailOutcome } from "../../core/ports.ts";
import { sha256 } from "../content-hash.ts";

/** Whom mails come from where no service writes the message itself. */
export interface MimeSender {
  /** Apart, so that no letter of the name can become an address; the name may be empty. */
  readonly from: { readonly name: string; readonly address: string };
  /** ISO 8601; a mail's date. */
  readonly now: () => string;
}

export interface MimeMessage {
  /** As it goes over the line, with CR LF. */
  readonly bytes: Buffer;
  /** Always the same of the same delivery; without the angle brackets. */
  readonly messageId: string;
}

/** The header by which an office's own server, or whoever holds the file, finds the mail's row in the ledger. */
const deliveryHeader = "X-Biaogan-Delivery";

/** Writes the message and lends it to `send`. A message that cannot be written is surely not accepted, whatever the reason.
 *  @returns what `send` returns */
export async function withMimeMessage(
  mail: Mail,
  sender: MimeSender,
  send: (message: MimeMessage) => Promise<MailOutcome>,
): Promise<MailOutcome> {
  let message: MimeMessage;
  try {
    message = await writeMimeMessage(mail, sender);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    return { outcome: "rejected", reason: `the message cannot be written: ${hideAddress(words, mail.to)}` };
  }
  return send(message);
}

/** Writes a mail as a MIME message: the same mail, sender and date give the same bytes. What came from people's hands stands in the headers on one
 *  line each and encoded, whatever is in it. */
async function writeMimeMessage(mail: Mail, { from, now }: MimeSender): Promise<MimeMessage> {
  // The sender's domain vouches for the id's being the only one of its kind.
  const messageId = `${mail.deliveryId}@${from.address.split("@").at(-1)}`;
  const composer = new MailComposer({
    from: { name: toHeaderLine(from.name), address: from.address },
    to: mail.to,
    subject: toHeaderLine(mail.subject),
    messageId: `<${messageId}>`,
    date: new Date(now()),
    headers: {
      // RFC 3834: no out-of-office answers.
      "Auto-Submitted": "auto-generated",
      [deliveryHeader]: mail.deliveryId,
      ...Object.fromEntries(listUnsubscribeHeaders(mail.unsubscribe).map(({ name, value }) => [name, value])),
    },
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map(({ name, mediaType, content }) => ({
      filename: toHeaderLine(name),
      contentType: mediaType,
      content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    })),
    newline: "win",
    baseBoundary: sha256(mail.deliveryId).slice(0, 32),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { bytes: await composer.compile().build(), messageId };
}
