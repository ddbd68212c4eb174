import type { ArchiveScope, IssueLink } from "../core/archive-link.ts";
import type { Briefing } from "../core/briefing/briefing.ts";
import { documentName } from "../core/briefing/document-name.ts";
import type { Locale, Translate } from "../core/local-text.ts";
import { toHeaderLine } from "../core/mail-text.ts";
import type { Mail } from "../core/ports.ts";
import type { Subscription } from "../core/subscription.ts";
import { presentCorrection } from "./present-correction.ts";
import { presentMail } from "./present-mail.ts";

/** SES takes messages of 40 MB, but that is no measure: what arrives is decided by the server of whoever gets it, and the smallest limit in
 *  wide use is Exchange's 10 MB for a whole message. Base64 with its line breaks makes 1.37 bytes of each: 7 MB of document are 9.6 MB of mail, with the
 *  words around it. A document of ours has half a megabyte. */
export const usualMaxAttachmentBytes = 7_000_000;

export interface ComposeMailDeps {
  readonly templates: { render(name: string, view: object, locale: Locale): string };
  readonly messages: Readonly<Record<Locale, Translate>>;
  /** A larger document is not sent along; {@link usualMaxAttachmentBytes} unless said otherwise. */
  readonly maxAttachmentBytes?: number;
  /** Makes a link that opens this issue and nothing else for some time. Without it the reader of a document that is not attached is told to ask. */
  readonly linkIssue?: (issue: ArchiveScope) => IssueLink;
  /** The address to which a reader writes who wants to leave; without it the mail says that nobody reads answers. */
  readonly contact?: string;
  /** The https address at which a POST takes this one reader off the list; it must not be to be guessed. */
  readonly unsubscribeUrl?: (recipient: string) => string;
}

export interface Issue {
  readonly briefing: Briefing;
  /** The PDF. */
  readonly document: Uint8Array;
  /** The issue that this one supersedes, where there is one. */
  readonly previous?: Briefing | "unreadable" | undefined;
}

/** Writes the mail with which an issue goes to a reader, in the edition's language: a finding in one language inside a mail in another helps
 *  nobody. */
export function composeMail(
  deliveryId: string,
  { briefing, document, previous }: Issue,
  reader: Subscription,
  deps: ComposeMailDeps,
): Mail {
  const { locale } = briefing;
  const translate = deps.messages[locale];
  const subject = toHeaderLine(composeSubject(briefing, translate));
  const { attached, link, way } = chooseWay(briefing, document, reader, deps);
  const name = documentName(briefing);
  const size = translate({ id: "mail.size", values: { size: Math.max(0.1, document.byteLength / 1_000_000) } });
  const view = presentMail(briefing, reader, translate, {
    subject,
    correction: presentCorrection(briefing, previous, translate),
    way: translate({ id: way, values: { name, size } }),
    link: link?.url ?? null,
    linkDays: link?.days ?? null,
    contact: deps.contact ?? null,
  });
  return {
    deliveryId,
    to: reader.address,
    subject,
    html: deps.templates.render("email/briefing", view, locale),
    text: deps.templates.render("email/briefing.txt", view, locale),
    attachments: attached ? [{ name, mediaType: "application/pdf", content: document }] : [],
    ...offerLeaving(reader, deps),
  };
}

function offerLeaving({ id }: Subscription, { contact, unsubscribeUrl }: ComposeMailDeps): Pick<Mail, "unsubscribe"> {
  if (contact === undefined && unsubscribeUrl === undefined) return {};
  return {
    unsubscribe: {
      ...(contact === undefined ? {} : { mailto: { address: contact, subject: `unsubscribe ${id}` } }),
      ...(unsubscribeUrl === undefined ? {} : { url: unsubscribeUrl(id) }),
    },
  };
}

/** How the document reaches the reader, by the message that says so. */
type Way = "mail.attached" | "mail.attached-linked" | "mail.linked" | "mail.too-large-linked" | "mail.ask" | "mail.too-large-ask";

interface ChosenWay {
  readonly attached: boolean;
  readonly link: IssueLink | undefined;
  readonly way: Way;
}

/** By the form that the subscription asks for, but never attached when it is too large. */
function chooseWay({ office, run, edition }: Briefing, document: Uint8Array, { form }: Subscription, deps: ComposeMailDeps): ChosenWay {
  const tooLarge = document.byteLength > (deps.maxAttachmentBytes ?? usualMaxAttachmentBytes);
  const attached = form !== "link" && !tooLarge;
  // A link opens the issue to whoever has it: there is none where it is not needed.
  const link = attached && form !== "both" ? undefined : deps.linkIssue?.({ office: office.id, run, edition });
  if (attached) return { attached, link, way: link ? "mail.attached-linked" : "mail.attached" };
  // Whoever asked for a link only is not told of a size that plays no part.
  if (form === "link") return { attached, link, way: link ? "mail.linked" : "mail.ask" };
  return { attached, link, way: link ? "mail.too-large-linked" : "mail.too-large-ask" };
}

function composeSubject({ office, issue, periodName, subject, provisional, supersedes }: Briefing, translate: Translate): string {
  const whole = translate({ id: "mail.subject", values: { series: office.series, issue, period: periodName } });
  const part = subject === undefined ? whole : translate({ id: "mail.subject-part", values: { subject: whole, part: subject.name } });
  const marks = [provisional?.mark, supersedes?.mark].filter((mark) => mark !== undefined);
  return marks.reduce((marked, mark) => translate({ id: "mail.subject-marked", values: { subject: marked, mark } }), part);
}
