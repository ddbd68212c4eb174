import { MailThrottledError } from "../../functions/core/errors.ts";
import type { Mail, MailOutcome } from "../../functions/core/ports.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { MailServer } from "./mail-server.ts";
import type { Answer, Scheduler } from "./scheduler.ts";

/** What the server does with a mail, and what the worker hears of it. */
interface MailFault {
  readonly server: "never sees it" | "takes it" | "takes it later" | "does not take it";
  readonly worker: "dies" | "hears nothing" | "hears that it was not taken" | "is told to wait" | "gets an error";
}

const mailFaults: ReadonlyMap<string, MailFault> = new Map<string, MailFault>([
  ["crash before", { server: "never sees it", worker: "dies" }],
  ["crash after", { server: "takes it", worker: "dies" }],
  ["crash, SES accepts later", { server: "takes it later", worker: "dies" }],
  ["timeout before SES accepted", { server: "does not take it", worker: "hears nothing" }],
  ["timeout after SES accepted", { server: "takes it", worker: "hears nothing" }],
  ["timeout, SES accepts later", { server: "takes it later", worker: "hears nothing" }],
  ["rejected", { server: "does not take it", worker: "hears that it was not taken" }],
  ["rejected, worker crashed", { server: "does not take it", worker: "dies" }],
  ["throttled", { server: "does not take it", worker: "is told to wait" }],
  ["unforeseen error before SES accepted", { server: "does not take it", worker: "gets an error" }],
  ["unforeseen error after SES accepted", { server: "takes it", worker: "gets an error" }],
]);
const mailFaultNames = [...mailFaults.keys()];

interface Sending {
  readonly server: MailServer;
  readonly scheduler: Scheduler;
  readonly faults: FaultPlan;
  readonly onFault: () => void;
}

/** Hands a mail to the server, or fails at it in one of the ways in which that fails. */
export function sendMail(mail: Mail, { server, scheduler, faults, onFault }: Sending): Answer<MailOutcome> {
  const name = faults.choose(mailFaultNames, "mailer.send");
  const fault = name === undefined ? undefined : mailFaults.get(name);
  if (!fault) return { kind: "returns", value: { outcome: "accepted", messageId: server.accept(server.receive(mail)) } };
  onFault();
  if (fault.server !== "never sees it") {
    const attempt = server.receive(mail);
    attempt.refused = fault.worker === "hears that it was not taken" || fault.worker === "is told to wait";
    if (fault.server === "takes it") server.accept(attempt);
    if (fault.server === "takes it later") scheduler.later(`SES accepts ${mail.deliveryId}`, async () => void server.accept(attempt));
  }
  return answerOf(fault.worker, `simulated: ${name}`);
}

function answerOf(worker: MailFault["worker"], reason: string): Answer<MailOutcome> {
  switch (worker) {
    case "dies":
      return { kind: "crash" };
    case "hears nothing":
      return { kind: "returns", value: { outcome: "unknown", reason } };
    case "hears that it was not taken":
      return { kind: "returns", value: { outcome: "rejected", reason } };
    case "is told to wait":
      return { kind: "throws", error: new MailThrottledError(reason) };
    case "gets an error":
      return { kind: "throws", error: new TypeError(reason) };
  }
}
