import type { Briefing } from "../core/briefing/briefing.ts";
import { documentName } from "../core/briefing/document-name.ts";
import type { Locale, Translate } from "../core/local-text.ts";
import { toHeaderLine } from "../core/mail-text.ts";
import type { Mail } from "../core/ports.ts";
import type { Subscription } from "../core/subscription.ts";

/** SES takes messages of 40 MB, but that is no measure: what arrives is decided by the server of whoever gets it, and the smallest limit in
 *  wide use is Exchange's 10 MB for a whole message. Base64 with its line breaks makes 1.37 bytes of each: 7 MB of document are 9.6 MB of mail, with the
 *  words around it. A document of ours has half a megabyte. */
export const usualMaxAttachmentBytes = 7_000_000;

export interface ComposeMailDeps {
  readonly templates: { render(name: string, view: object, locale: Locale): string };
  readonly messages: Readonly<Record<Locale, Translate>>;
  /** A larger document is not sent along; {@link usualMaxAttachmentBytes} unless said otherwise. */
  readonly maxAttachmentBytes?: number;
  /** Where a reader finds what was issued, an https address without a secret in it; without it the reader is told to ask. */
  readonly archiveUrl?: string;
}

export interface Issue {
  readonly briefing: Briefing;
  /** The PDF. */
  readonly document: Uint8Array;
}

/** Writes the mail with which an issue goes to a reader, in the edition's language: a finding in one language inside a mail in another helps
 *  nobody. */
export function composeMail(deliveryId: string, { briefing, document }: Issue, reader: Subscription, deps: ComposeMailDeps): Mail {
  const { locale } = briefing;
  const attached = document.byteLength <= (deps.maxAttachmentBytes ?? usualMaxAttachmentBytes);
  const subject = toHeaderLine(composeSubject(briefing, deps.messages[locale]));
  const view = presentMail(briefing, reader, {
    subject,
    attached,
    size: deps.messages[locale]({ id: "mail.size", values: { size: Math.max(0.1, document.byteLength / 1_000_000) } }),
    archiveUrl: deps.archiveUrl ?? null,
    offerArchive: attached && deps.archiveUrl !== undefined,
  });
  return {
    deliveryId,
    to: reader.address,
    subject,
    html: deps.templates.render("email/briefing", view, locale),
    text: deps.templates.render("email/briefing.txt", view, locale),
    attachments: attached ? [{ name: view.document, mediaType: "application/pdf", content: document }] : [],
  };
}

function composeSubject({ office, issue, periodName, subject, provisional }: Briefing, translate: Translate): string {
  const whole = translate({ id: "mail.subject", values: { series: office.series, issue, period: periodName } });
  const part = subject === undefined ? whole : translate({ id: "mail.subject-part", values: { subject: whole, part: subject.name } });
  return provisional ? translate({ id: "mail.subject-provisional", values: { subject: part, mark: provisional.mark } }) : part;
}

/** What the mail's templates see: strict ones stop at a field that is absent, so "nothing" is null. */
function presentMail<T extends object>(briefing: Briefing, reader: Subscription, more: T) {
  const { locale, office, title, finding, counts, asOfName, provisional, fictionalMark } = briefing;
  return {
    locale,
    title,
    finding,
    asOfName,
    counts: counts.filter(({ count }) => count > 0),
    issuer: office.issuer,
    notice: office.notice ?? null,
    fictionalMark: office.fictional ? fictionalMark : null,
    mark: provisional?.mark ?? null,
    markNote: provisional?.note ?? null,
    // Isolated: a name that is written from right to left leaves the sentence around it as it is.
    reader: `\u2068${reader.name}\u2069`,
    document: documentName(briefing),
    ...more,
  };
}
