import { createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSmtpMailer, type SmtpRelay } from "../../../functions/adapters/mail/smtp-mailer.ts";
import { MailThrottledError } from "../../../functions/core/errors.ts";
import type { Mail } from "../../../functions/core/ports.ts";
import { aMail, everyByte, sha256Of } from "../../support/sample-mail.ts";
import { parseMail, type RelayBehaviour, relayAccount, startRelay, type TestRelay } from "../../support/smtp-relay.ts";

const sender = { from: { name: "Harbourton, the town", address: "briefing@harbourton.example" }, now: () => "2026-07-03T01:00:00.000Z" };
const short = { connectMs: 400, silenceMs: 400, mailMs: 3_000 };
const ours = "monthly_2026-07_r1_full-en_mayor@harbourton.example";

let server: TestRelay;
beforeAll(async () => {
  server = await startRelay({ size: 1_000_000 });
});
afterAll(() => server.close());
beforeEach(() => {
  server.received.length = 0;
  server.connections = 0;
  server.behaviour = "take";
});

const mailer = (changes: Partial<SmtpRelay> = {}) => createSmtpMailer({ ...server.relay, ...changes }, sender, short);
const sendWhen = (behaviour: RelayBehaviour, mail: Mail = aMail()) => {
  server.behaviour = behaviour;
  return mailer().send(mail);
};

describe("a mail that a relay takes", () => {
  it("goes over an encrypted line to one recipient, with the file as it was, read by another's parser", async () => {
    expect(await mailer().send(aMail())).toEqual({ outcome: "accepted", messageId: ours });
    const [got, ...more] = server.received;
    expect([more, got?.secure, got?.from, got?.to]).toEqual([[], true, "briefing@harbourton.example", ["Mayor@harbourton.example"]]);
    const read = await parseMail(got?.bytes ?? Buffer.of());
    expect(read.subject).toBe("张家港市 2018 年 1 月简报：两项落后 😀");
    expect(read.text).toBe("两项落后。 😀 مرحبا\n.\nFrom the town hall\n");
    expect(read.html).toContain("两项落后。 😀 مرحبا");
    expect(read.attachments.map((a) => [a.filename, a.contentType, sha256Of(a.content)])).toEqual([
      ["harbourton-monthly-2026-07-r1-full-en.pdf", "application/pdf", sha256Of(everyByte)],
    ]);
    expect(read.headers.get("x-biaogan-delivery")).toBe("monthly_2026-07_r1_full-en_mayor");
    expect(read.headers.get("auto-submitted")).toBe("auto-generated");
    expect([read.messageId, read.date?.toISOString()]).toEqual([`<${ours}>`, "2026-07-03T01:00:00.000Z"]);
  });

  it("is one line, one mail: a second mail opens another", async () => {
    await mailer().send(aMail());
    await mailer().send(aMail({ deliveryId: "monthly_2026-07_r1_full-en_works" }));
    expect([server.connections, server.received.length]).toEqual([2, 2]);
  });

  it("is sent under the office's account where it has one", async () => {
    expect(await mailer({ auth: relayAccount }).send(aMail())).toMatchObject({ outcome: "accepted" });
    expect(server.received.map(({ user }) => user)).toEqual([relayAccount.user]);
  });
});

describe("a relay that takes nothing at present", () => {
  const later = async (sending: Promise<unknown>, words: RegExp) => {
    const error = await sending.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MailThrottledError);
    expect(String(error)).toMatch(words);
    expect(String(error)).not.toMatch(/mayor@|s3cret/i);
  };

  it("greylists: the same mail is taken the second time, and the first is not tried again by itself", async () => {
    await later(sendWhen("greylist"), /450.*greylisted/);
    expect(server.connections).toBe(1);
    expect(await sendWhen("greylist")).toMatchObject({ outcome: "accepted" });
    expect(server.received).toHaveLength(1);
  });

  it("has too much to do, at whatever step it says so", async () => {
    for (const step of ["connect", "sender", "recipient", "message"] as const) {
      await later(sendWhen({ step, answer: step === "connect" ? 421 : 451, text: "too busy" }), /4[25]1.*too busy/);
    }
  });

  it("refuses the sender, which every mail would meet", async () => {
    await later(sendWhen({ step: "sender", answer: 550, text: "who are you" }), /550.*who are you/);
  });

  it("does not know the account's password, and nobody is told it", async () => {
    await later(mailer({ auth: { user: "briefing", pass: "s3cret-wrong" } }).send(aMail()), /535/);
  });

  it("offers no encryption where it is asked for, and gets nothing of the mail and of the password", async () => {
    const plain = await startRelay({ disabledCommands: ["STARTTLS"], allowInsecureAuth: true });
    await later(createSmtpMailer({ ...plain.relay, auth: relayAccount }, sender, short).send(aMail()), /STARTTLS/);
    expect(plain.received).toEqual([]);
    const { auth: _, ...relay } = { ...plain.relay, auth: undefined };
    expect(await createSmtpMailer({ ...relay, encryption: "none" }, sender, short).send(aMail())).toMatchObject({ outcome: "accepted" });
    expect(plain.received.map(({ secure }) => secure)).toEqual([false]);
    await plain.close();
  });

  it("shows a certificate that nobody vouches for", async () => {
    const { ca: _, ...untrusted } = server.relay;
    await later(createSmtpMailer(untrusted, sender, short).send(aMail()), /self.signed/i);
    expect(server.received).toEqual([]);
  });

  it("is not there, has a name that nobody knows, or never greets", async () => {
    const mute = createServer();
    await new Promise<void>((listening) => mute.listen(0, "127.0.0.1", listening));
    const { port } = mute.address() as { port: number };
    await later(mailer({ port }).send(aMail()), /Greeting|Timeout/i);
    await new Promise((closed) => mute.close(closed));
    await later(mailer({ port }).send(aMail()), /ECONNREFUSED/);
    await later(mailer({ host: "relay.invalid" }).send(aMail()), /relay\.invalid|ENOTFOUND|EAI_AGAIN|time/i);
  });

  it("breaks the line or falls silent before it was sent anything of the message", async () => {
    await later(sendWhen("break before the message"), /closed|ECONNRESET/);
    await later(sendWhen("silence at the recipient"), /time/i);
    expect(server.received).toEqual([]);
  });

  it("can be asked beforehand, without a mail", async () => {
    await mailer({ auth: relayAccount }).check();
    await later(mailer({ auth: { user: "briefing", pass: "s3cret-wrong" } }).check(), /localhost:\d+: .*535/);
    expect(server.received).toEqual([]);
  });
});

describe("a mail that a relay refuses for good", () => {
  it("because of its recipient or its content is rejected, and the reason names nobody", async () => {
    expect(await sendWhen({ step: "recipient", answer: 550, text: "<mayor@HARBOURTON.example> unknown here" })).toEqual({
      outcome: "rejected",
      reason: expect.stringMatching(/550.*<the recipient> unknown here/),
    });
    expect(await sendWhen({ step: "message", answer: 554, text: "looks like spam" })).toEqual({
      outcome: "rejected",
      reason: expect.stringMatching(/554.*looks like spam/),
    });
  });

  it("because it is larger than the relay takes is rejected before it is sent", async () => {
    const content = Buffer.alloc(2_000_000, 7);
    const mail = aMail({ attachments: [{ name: "large.pdf", mediaType: "application/pdf", content }] });
    expect(await mailer().send(mail)).toEqual({ outcome: "rejected", reason: expect.stringMatching(/1000000/) });
    expect(server.received).toEqual([]);
  });

  it("because its address is two, or holds a line break, is rejected and reaches nobody", async () => {
    for (const to of ["mayor@harbourton.example\r\nRCPT TO:<spy@harbourton.example>", "a@harbourton.example>, <b@harbourton.example"]) {
      expect(await mailer().send(aMail({ to }))).toMatchObject({ outcome: "rejected" });
    }
    expect(server.received).toEqual([]);
  });
});

describe("a mail of which nobody knows whether it was taken", () => {
  it("is unknown when the line breaks within the message, after it, or no answer comes", async () => {
    for (const behaviour of ["break within the message", "break after the message", "silence after the message"] as const) {
      expect(await sendWhen(behaviour)).toEqual({ outcome: "unknown", reason: expect.any(String) });
    }
    expect(server.received).toHaveLength(2);
    expect(server.connections).toBe(3);
  });
});
