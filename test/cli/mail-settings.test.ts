import { describe, expect, it } from "vitest";
import { openWayOut, readMailOffers } from "../../functions/cli/mail-settings.ts";

const now = () => "2026-07-03T01:00:00.000Z";
const from = { BIAOGAN_MAIL_FROM: "briefing@harbourton.example" };
const open = (env: Record<string, string>) => openWayOut(env, "/store", "Harbourton Town Council", now);

/** @returns what is told to the user */
function refusal(env: Record<string, string>): string {
  try {
    open(env);
  } catch (error) {
    return String(error);
  }
  throw new Error("this was to be refused, and was not");
}

describe("where mails go", () => {
  it("is the outbox, with a hint as long as nobody has set a sender", () => {
    expect(open({})).toMatchObject({ name: "/store/outbox", hint: expect.stringMatching(/BIAOGAN_MAIL_FROM is not set/) });
    expect(open(from).hint).toBeUndefined();
  });

  it("is the relay that is named, on the usual port of its kind", () => {
    const relay = (url: string) => open({ ...from, BIAOGAN_SMTP_URL: url }).name;
    expect(relay("smtp://relay.example.org")).toBe("relay.example.org:587");
    expect(relay("smtps://u:p@relay.example.org")).toBe("relay.example.org:465");
    expect(relay("smtp://relay.example.org:25?encryption=none")).toBe("relay.example.org:25");
    expect(relay("smtp://u:p@[::1]:2525?encryption=none")).toBe("::1:2525");
  });

  for (const [url, told] of [
    ["imap://u:s3cr3t@localhost", /begins with smtp/],
    ["smtp://u:s3cr3t@relay.example.org:25?encryption=none", /without encryption/],
    ["smtp://u:s3cr3t@relay.example.org?starttls=maybe", /takes no option but/],
    ["smtps://u:s3cr3t@relay.example.org?encryption=none", /smtp:\/\/ where nothing is to be encrypted/],
    ["smtp://u:s3cr3t@relay.example.org/inbox", /ends after the port/],
    ["smtp://s3cr3t@relay.example.org", /a user and a password/],
    ["smtp://u:s3cr3t@relay.example.org:99999", /is none/],
    ["smtp://u:s3cr3t%E0@relay.example.org", /%25/],
    ["s3cr3t", /is none.*smtp:\/\/user:password/],
    ["", /is none/],
  ] as const) {
    it(`is not ${JSON.stringify(url)}, and nothing of that is repeated`, () => {
      const words = refusal({ ...from, BIAOGAN_SMTP_URL: url });
      expect(words).toMatch(told);
      expect(words).toMatch(/^InputError: BIAOGAN_SMTP_URL: /);
      expect(words).not.toContain("s3cr3t");
    });
  }
});

describe("whom mails come from", () => {
  it("must be set for a relay", () => {
    expect(refusal({ BIAOGAN_SMTP_URL: "smtp://relay.example.org" })).toMatch(/^InputError: BIAOGAN_MAIL_FROM: is not set/);
  });

  it("is one address, with or without a name", () => {
    for (const text of ["a@b.example", "<a@b.example>", "张家港 <a@b.example>", '"Town, the" <a@b.example>', "Town, the <a@b.example>"]) {
      expect(open({ BIAOGAN_MAIL_FROM: text }).hint).toBeUndefined();
    }
    for (const text of [
      "",
      "Town",
      "a@b.example, c@d.example",
      "Town <a@b.example> <c@d.example>",
      "Town\r\nBcc: x@y.example <a@b.example>",
    ]) {
      expect(refusal({ BIAOGAN_MAIL_FROM: text })).toMatch(/^InputError: BIAOGAN_MAIL_FROM: is no sender/);
    }
  });
});

describe("what a mail offers", () => {
  const offers = (env: Record<string, string>) => readMailOffers(env, "/store", { now, dryRun: true });

  it("is what is set, and nothing that is not an address", async () => {
    expect(await offers({})).toEqual({});
    expect(await offers({ BIAOGAN_MAIL_CONTACT: "office@harbourton.example" })).toEqual({ contact: "office@harbourton.example" });
    await expect(offers({ BIAOGAN_MAIL_CONTACT: "the office" })).rejects.toThrow(/^BIAOGAN_MAIL_CONTACT: /);
    await expect(offers({ BIAOGAN_ARCHIVE_URL: "file:///archive" })).rejects.toThrow(/^BIAOGAN_ARCHIVE_URL: /);
  });
});
