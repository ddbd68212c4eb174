/** What can be known of a mail that SES did not answer for with an id.
 *  never: surely not accepted, because of the mail itself. not now: surely not accepted, because of the account, the sender or the way there; every other
 *  mail would meet the same, and later this one may be accepted. unsure: it may have been accepted. */
export interface Refusal {
  readonly certainty: "never" | "not now" | "unsure";
  readonly reason: string;
}

/** SES's own answers, and AWS's to any request. */
const byName: Readonly<Record<string, Refusal["certainty"]>> = {
  MessageRejected: "never",
  BadRequestException: "never",
  TooManyRequestsException: "not now",
  ThrottlingException: "not now",
  Throttling: "not now",
  LimitExceededException: "not now",
  AccountSuspendedException: "not now",
  SendingPausedException: "not now",
  MailFromDomainNotVerifiedException: "not now",
  // Of sending a mail, only the configuration set is looked up.
  NotFoundException: "not now",
  // AWS looks at who asks before it looks at what; without credentials nothing is asked.
  AccessDeniedException: "not now",
  ExpiredTokenException: "not now",
  IncompleteSignature: "not now",
  InvalidSignatureException: "not now",
  UnrecognizedClientException: "not now",
  CredentialsProviderError: "not now",
};

/** Where the connection was never made, nothing was sent. */
const unreached = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"];

/** AWS refuses for want of a right, a signature or a place before it looks at the mail, and for its form or size because of the mail. */
const byStatus: Readonly<Record<number, Refusal["certainty"]>> = {
  400: "never",
  413: "never",
  401: "not now",
  403: "not now",
  404: "not now",
  429: "not now",
};

/** @param cause what the SDK threw
 *  @returns "unsure" for whatever does not surely mean that nothing was accepted: timeouts, broken lines, faults inside SES, answers that
 *  cannot be read */
export function judgeRefusal(cause: unknown): Refusal {
  if (!(cause instanceof Error)) return { certainty: "unsure", reason: String(cause) };
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const status = statusOf(cause);
  // A refused connection to a name with several addresses is an AggregateError without a message.
  const words = [cause.name === "Error" ? undefined : cause.name, cause.message || code, status && `HTTP ${status}`];
  const reason = words.filter(Boolean).join(": ");
  if (code !== undefined && unreached.includes(code)) return { certainty: "not now", reason };
  // An error's name is what SES said only where SES answered with one, and a fault inside SES says nothing whatever its name.
  if (status !== undefined && (status < 400 || status >= 500)) return { certainty: "unsure", reason };
  return { certainty: byName[cause.name] ?? (status === undefined ? "unsure" : (byStatus[status] ?? "unsure")), reason };
}

function statusOf(cause: Error): number | undefined {
  if (!("$metadata" in cause) || typeof cause.$metadata !== "object" || cause.$metadata === null) return undefined;
  const { $metadata } = cause;
  return "httpStatusCode" in $metadata && typeof $metadata.httpStatusCode === "number" ? $metadata.httpStatusCode : undefined;
}
