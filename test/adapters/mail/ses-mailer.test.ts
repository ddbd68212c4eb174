import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSesMailer } from "../../../functions/adapters/mail/ses-mailer.ts";
import { MailThrottledError } from "../../../functions/core/errors.ts";
import type { Mail } from "../../../functions/core/ports.ts";
import { type SesAnswer, type SesServer, startSesServer } from "../../support/ses-server.ts";

const account = { region: "eu-west-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
const sender = { from: "Harbourton <briefing@harbourton.example>", configurationSet: "biaogan-test" };
const pdf = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 255, 10]);
const mail: Mail = {
  deliveryId: "monthly_2026-07_r1_full-en_mayor",
  to: "Mayor@harbourton.example",
  subject: "Harbourton Progress Briefing, July 2026",
  html: "<p>Two are off track. 😀 مرحبا</p>",
  text: "Two are off track. 😀 مرحبا\n",
  attachments: [{ name: "harbourton-monthly-2026-07-r1-full-en.pdf", mediaType: "application/pdf", content: pdf }],
};

let ses: SesServer;
beforeAll(async () => {
  ses = await startSesServer();
});
afterAll(() => ses.close());
beforeEach(() => {
  ses.received.length = 0;
  ses.connections = 0;
  ses.answer = { messageId: "m1" };
});

const mailer = () => createSesMailer(sender, { endpoint: ses.endpoint, ...account });
const sendWhen = (answer: SesAnswer) => {
  ses.answer = answer;
  return createSesMailer(sender, { endpoint: ses.endpoint, ...account, answerTimeoutMs: 400 }).send(mail);
};

describe("a mail that is handed to SES", () => {
  it("names sender, one recipient, the configuration set and the delivery, and carries both texts and the file", async () => {
    expect(await mailer().send(mail)).toEqual({ outcome: "accepted", messageId: "m1" });
    expect(ses.received).toEqual([
      {
        path: "/v2/email/outbound-emails",
        body: {
          FromEmailAddress: "Harbourton <briefing@harbourton.example>",
          Destination: { ToAddresses: ["Mayor@harbourton.example"] },
          ConfigurationSetName: "biaogan-test",
          EmailTags: [{ Name: "delivery", Value: "monthly_2026-07_r1_full-en_mayor" }],
          Content: {
            Simple: {
              Subject: { Data: "Harbourton Progress Briefing, July 2026", Charset: "UTF-8" },
              Body: { Html: { Data: mail.html, Charset: "UTF-8" }, Text: { Data: mail.text, Charset: "UTF-8" } },
              Headers: [{ Name: "Auto-Submitted", Value: "auto-generated" }],
              Attachments: [
                {
                  FileName: "harbourton-monthly-2026-07-r1-full-en.pdf",
                  ContentType: "application/pdf",
                  ContentDisposition: "ATTACHMENT",
                  ContentTransferEncoding: "BASE64",
                  // 25 50 44 46 00 ff 0a, by hand: JVBE RgD/ Cg==
                  RawContent: "JVBERgD/Cg==",
                },
              ],
            },
          },
        },
      },
    ]);
  });

  it("says how its reader leaves, in the headers that mail programs make a button of", async () => {
    const mailto = { address: "office@harbourton.example", subject: "unsubscribe mayor" };
    await mailer().send({ ...mail, unsubscribe: { mailto, url: "https://list.example/leave?t=abc" } });
    expect(ses.received[0]?.body).toMatchObject({
      Content: {
        Simple: {
          Headers: [
            { Name: "Auto-Submitted", Value: "auto-generated" },
            {
              Name: "List-Unsubscribe",
              Value: "<https://list.example/leave?t=abc>, <mailto:office@harbourton.example?subject=unsubscribe%20mayor>",
            },
            { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
          ],
        },
      },
    });
  });

  it.each([
    ["line breaks that would begin a header", "July\r\nBcc: spy@example.org", "July Bcc: spy@example.org"],
    ["Unicode's line breaks and a null", "July\u2028x\u0085y\0z", "July x y z"],
    ["marks that turn writing around", "July \u202Efdp.exe", "July fdp.exe"],
    ["half a character", "July \ud83d", "July \ufffd"],
    ["emoji, right-to-left words and commas, which stay", '😀, مرحبا; "x" <y>', '😀, مرحبا; "x" <y>'],
  ])("has a subject of one line: %s", async (_, subject, line) => {
    await mailer().send({ ...mail, subject });
    expect(ses.received[0]?.body).toMatchObject({ Content: { Simple: { Subject: { Data: line } } } });
  });

  it("has a subject that is cut between characters where it is far too long", async () => {
    const family = "👩‍👩‍👧‍👦";
    await mailer().send({ ...mail, subject: family.repeat(300) });
    // 11 UTF-16 units each: eighteen are 198, a nineteenth would be past 200.
    expect(ses.received[0]?.body).toMatchObject({ Content: { Simple: { Subject: { Data: `${family.repeat(18)}…` } } } });
  });

  it("goes over a line of its own: one that died in between would look like a lost answer", async () => {
    const one = mailer();
    await one.send(mail);
    await one.send(mail);
    expect(ses.connections).toBe(2);
  });
});

describe("what SES says of a mail", () => {
  it.each([
    ["MessageRejected", "Email address is not verified: Mayor@harbourton.example"],
    ["BadRequestException", "Missing final '@domain'"],
    ["ValidationException", "1 validation error detected"],
    ["InvalidParameterValue", "Attachment type not allowed"],
  ])("%s means that it is rejected, with the reason", async (error, message) => {
    const answer = await sendWhen({ error, message });
    expect(answer).toEqual({ outcome: "rejected", reason: expect.stringContaining(`${error}: ${message.slice(0, 20)}`) });
    expect(ses.received).toHaveLength(1);
  });

  it("a mail that is too large is rejected", async () => {
    expect(await sendWhen({ error: "RequestEntityTooLargeException", status: 413 })).toMatchObject({ outcome: "rejected" });
  });

  it.each([
    ["TooManyRequestsException", 429],
    ["TooManyRequestsException", 400],
    ["ThrottlingException", 400],
    ["LimitExceededException", 400],
    ["SendingPausedException", 400],
    ["AccountSuspendedException", 400],
    ["MailFromDomainNotVerifiedException", 400],
    ["NotFoundException", 404],
    ["AccessDeniedException", 403],
    ["ExpiredTokenException", 403],
    ["InvalidSignatureException", 403],
    ["UnrecognizedClientException", 400],
    ["SomethingNew", 401],
  ])("%s (%i) means that surely nothing was accepted and that it may be later, and is asked once", async (error, status) => {
    const failure: unknown = await sendWhen({ error, status }).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(MailThrottledError);
    expect(String(failure)).toContain(`MailThrottledError: ${error}: refused by a test: HTTP ${status}`);
    expect(ses.received).toHaveLength(1);
  });

  it.each([
    ["a fault inside SES", { error: "InternalServiceErrorException", status: 500 }],
    ["a fault inside SES by the name of a refusal", { error: "MessageRejected", status: 503 }],
    ["a service that is not available", { error: "ServiceUnavailable", status: 503 }],
    ["a gateway that waited too long", { status: 504, body: "<html>Gateway Timeout</html>" }],
    ["a proxy that waited too long", { status: 408, body: "" }],
    ["a page where an answer should be", { status: 200, body: "<html>Welcome to the hotel</html>" }],
    ["an answer without an id", { status: 200, body: "{}" }],
    ["a line that breaks before SES has read it", "break before"],
    ["a line that breaks after SES has read it", "break after"],
    ["a line that breaks in the answer", "break in the answer"],
    ["silence", "silence"],
  ] as const)("%s leaves it unknown whether it was accepted, and is asked once", async (_, answer) => {
    expect(await sendWhen(answer)).toEqual({ outcome: "unknown", reason: expect.stringMatching(/\w{3}/) });
    expect(ses.received.length).toBeLessThanOrEqual(1);
    expect(ses.connections).toBe(1);
  });

  it("a connection that was never made means that surely nothing was accepted", async () => {
    const nobody = await startSesServer();
    await nobody.close();
    await expect(createSesMailer(sender, { endpoint: nobody.endpoint, ...account }).send(mail)).rejects.toThrow(MailThrottledError);
    const nowhere = createSesMailer(sender, { endpoint: "http://ses.invalid", ...account });
    await expect(nowhere.send(mail)).rejects.toThrow(MailThrottledError);
  });

  it("does not put the recipient's address into the reason, in whatever capitals it says it", async () => {
    const message = "not verified: mayor@HARBOURTON.example, briefing@harbourton.example";
    expect(await sendWhen({ error: "MessageRejected", message })).toMatchObject({
      reason: "MessageRejected: not verified: the recipient, briefing@harbourton.example: HTTP 400",
    });
  });
});
