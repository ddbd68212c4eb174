import { SESv2Client, type SESv2ClientConfig, SendEmailCommand, type SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import { deliveryTag } from "../../core/delivery.ts";
import { MailThrottledError } from "../../core/errors.ts";
import { listUnsubscribeHeaders } from "../../core/list-unsubscribe.ts";
import { hideAddress, toHeaderLine } from "../../core/mail-text.ts";
import type { Mail, Mailer, MailOutcome } from "../../core/ports.ts";
import { judgeRefusal } from "./ses-refusals.ts";

export interface SesSender {
  /** The address that mails come from, with or without a name; SES has verified it. */
  readonly from: string;
  /** Its event destination is what tells the ledger what became of a mail. */
  readonly configurationSet: string;
}

const connectionTimeoutMs = 3_000;

/** Whose SES, where not that of the AWS SDK's own settings, and how long its answer is waited for: a large document takes some seconds, and a worker
 *  has a minute in all. */
type SesSettings = Pick<SESv2ClientConfig, "endpoint" | "region" | "credentials"> & { readonly answerTimeoutMs?: number };

/** Sends by SES. Nothing is asked twice and nothing is sent before the first call. */
export function createSesMailer(sender: SesSender, { answerTimeoutMs = 30_000, ...config }: SesSettings = {}): Mailer {
  // A line that is kept open may have died since the last mail, which looks like an answer that was lost: each mail has its own.
  const agent = { keepAlive: false };
  const timeouts = { connectionTimeout: connectionTimeoutMs, requestTimeout: answerTimeoutMs, throwOnRequestTimeout: true };
  const client = new SESv2Client({ ...config, maxAttempts: 1, requestHandler: { ...timeouts, httpAgent: agent, httpsAgent: agent } });
  return { send: (mail) => send(client, sender, mail) };
}

async function send(client: SESv2Client, sender: SesSender, mail: Mail): Promise<MailOutcome> {
  try {
    const { MessageId } = await client.send(new SendEmailCommand(describeMail(sender, mail)));
    return MessageId === undefined
      ? { outcome: "unknown", reason: "SES answered without an id for the mail" }
      : { outcome: "accepted", messageId: MessageId };
  } catch (cause) {
    const { certainty, reason: told } = judgeRefusal(cause);
    const reason = hideAddress(told, mail.to);
    if (certainty === "not now") throw new MailThrottledError(reason, { cause });
    return { outcome: certainty === "never" ? "rejected" : "unknown", reason };
  }
}

function describeMail({ from, configurationSet }: SesSender, mail: Mail): SendEmailCommandInput {
  const inUtf8 = (Data: string) => ({ Data, Charset: "UTF-8" });
  return {
    FromEmailAddress: from,
    Destination: { ToAddresses: [mail.to] },
    ConfigurationSetName: configurationSet,
    EmailTags: [{ Name: deliveryTag, Value: mail.deliveryId }],
    Content: {
      Simple: {
        Subject: inUtf8(toHeaderLine(mail.subject)),
        Body: { Html: inUtf8(mail.html), Text: inUtf8(mail.text) },
        // RFC 3834: no out-of-office answers, which SES might take for a bounce.
        Headers: [
          { Name: "Auto-Submitted", Value: "auto-generated" },
          ...listUnsubscribeHeaders(mail.unsubscribe).map(({ name, value }) => ({ Name: name, Value: value })),
        ],
        Attachments: mail.attachments.map(({ name, mediaType, content }) => ({
          FileName: name,
          ContentType: mediaType,
          ContentDisposition: "ATTACHMENT",
          ContentTransferEncoding: "BASE64",
          RawContent: content,
        })),
      },
    },
  };
}
