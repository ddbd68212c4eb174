import type { Refusal } from "./ses-refusals.ts";

/** RFC 4954: the relay wants a name and a password, others, or encryption first. That meets every mail. */
const authenticationCodes = [530, 534, 535, 538];

/** RFC 5321: the message is larger than the relay takes. */
const tooLarge = 552;

/** @param cause what the SMTP client threw
 *  @param begun whether the relay was sent anything of the message itself
 *  @returns "unsure" once the message was under way and no answer came that says it was not taken; "never" for what the relay says of this
 *  recipient or this message for good (5xx); "not now" for the rest: a relay that cannot be reached, does not know us, refuses the sender, or asks us to
 *  come back later (4xx, as greylisting does) */
export function judgeSmtpRefusal(cause: unknown, begun: boolean): Refusal {
  if (!(cause instanceof Error)) return { certainty: begun ? "unsure" : "not now", reason: String(cause) };
  const { message: reason } = cause;
  const { code, command, answer } = describeFault(cause);
  if (answer !== undefined) return { certainty: judgeAnswer(answer, command), reason };
  if (begun) return { certainty: "unsure", reason };
  // The client itself refuses what is larger than the relay has said it takes, and an address that is none.
  return { certainty: code === "EMESSAGE" || (code === "EENVELOPE" && command === "API") ? "never" : "not now", reason };
}

function judgeAnswer(answer: number, command: string | undefined): Refusal["certainty"] {
  if (answer < 500 || authenticationCodes.includes(answer)) return "not now";
  // To MAIL FROM it has heard nothing of the mail but its sender and its size.
  if (command === "MAIL FROM") return answer === tooLarge ? "never" : "not now";
  return command === "RCPT TO" || command === "DATA" ? "never" : "not now";
}

/** @returns `answer`: the relay's refusal, 4xx or 5xx */
function describeFault(cause: Error): { code: string | undefined; command: string | undefined; answer: number | undefined } {
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const answer = "responseCode" in cause && typeof cause.responseCode === "number" ? cause.responseCode : 0;
  return {
    code: "code" in cause ? text(cause.code) : undefined,
    command: "command" in cause ? text(cause.command) : undefined,
    answer: answer >= 400 && answer < 600 ? answer : undefined,
  };
}
