import type { Socket } from "node:net";
import { simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions } from "smtp-server";
import type { SmtpRelay } from "../../functions/adapters/mail/smtp-mailer.ts";
import { makeSelfSigned, type SelfSigned } from "./self-signed-certificate.ts";

/** What the relay does with the next mail. `break`: cuts the line. `silence`: says nothing any more.
 *  An answer is a code and its words, said to the step named. */
export type RelayBehaviour =
  | "take"
  | { readonly step: "connect" | "sender" | "recipient" | "message"; readonly answer: number; readonly text: string }
  | "break before the message"
  | "break within the message"
  | "break after the message"
  | "silence at the recipient"
  | "silence after the message"
  /** The first try of each recipient is refused for the moment. */
  | "greylist";

/** A mail as the relay has it. */
interface RelayedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
  readonly secure: boolean;
  readonly user: unknown;
}

/** A real SMTP server. */
export interface TestRelay {
  /** How it is reached; its certificate is given as trusted. */
  readonly relay: SmtpRelay;
  readonly tls: SelfSigned;
  /** What was received whole, accepted or not. */
  readonly received: RelayedMail[];
  /** How many lines were opened. */
  connections: number;
  behaviour: RelayBehaviour;
  close(): Promise<void>;
}

export const relayAccount = { user: "briefing", pass: "s3cret-p@ss" };

/** @param options of smtp-server; STARTTLS is offered, and signing in is possible after it */
export async function startRelay(options: SMTPServerOptions = {}): Promise<TestRelay> {
  const tls = makeSelfSigned();
  const sockets = new Set<Socket>();
  const seen = new Set<string>();
  const breakLines = () => {
    for (const socket of sockets) socket.destroy();
  };
  const refusal = (step: string) => {
    const { behaviour } = relay;
    if (typeof behaviour === "string" || behaviour.step !== step) return undefined;
    return Object.assign(new Error(behaviour.text), { responseCode: behaviour.answer });
  };
  const server = new SMTPServer({
    ...tls,
    name: "relay.harbourton.example",
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth: ({ username, password }, _session, done) => {
      if (username === relayAccount.user && password === relayAccount.pass) return done(null, { user: username });
      done(Object.assign(new Error("wrong name or password"), { responseCode: 535 }));
    },
    onConnect: (_session, done) => done(refusal("connect") ?? null),
    onMailFrom: (_address, _session, done) => done(refusal("sender") ?? null),
    onRcptTo: ({ address }, _session, done) => {
      const { behaviour } = relay;
      if (behaviour === "silence at the recipient") return;
      if (behaviour === "break before the message") return breakLines();
      if (behaviour === "greylist" && !seen.has(address)) {
        seen.add(address);
        return done(Object.assign(new Error(`<${address}>: greylisted, come back later`), { responseCode: 450 }));
      }
      done(refusal("recipient") ?? null);
    },
    onData: (stream, session, done) => {
      if (relay.behaviour === "break within the message") return void stream.once("data", breakLines);
      void readAll(stream).then((bytes) => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? "" : mailFrom.address;
        relay.received.push({ from, to: rcptTo.map(({ address }) => address), bytes, secure: session.secure, user: session.user });
        if (relay.behaviour === "break after the message") return breakLines();
        if (relay.behaviour === "silence after the message") return;
        done(refusal("message") ?? null, "queued as 4F2A");
      });
    },
    ...options,
  });
  server.on("error", () => {});
  server.server.on("connection", (socket) => {
    relay.connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const relay: TestRelay = {
    relay: { host: "localhost", port: 0, encryption: "starttls", ca: tls.cert },
    tls,
    received: [],
    connections: 0,
    behaviour: "take",
    close: () => {
      breakLines();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
  const { port } = server.server.address() as { port: number };
  return Object.assign(relay, { relay: { ...relay.relay, port } });
}

/** Reads a mail with a parser that is not what wrote it. */
export function parseMail(bytes: Uint8Array) {
  return simpleParser(Buffer.from(bytes));
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  return Buffer.concat(await stream.toArray());
}
