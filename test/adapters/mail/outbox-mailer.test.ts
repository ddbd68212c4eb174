import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createOutboxMailer } from "../../../functions/adapters/mail/outbox-mailer.ts";
import { MailThrottledError } from "../../../functions/core/errors.ts";
import type { Mail } from "../../../functions/core/ports.ts";
import { aMail, everyByte, sha256Of } from "../../support/sample-mail.ts";
import { parseMail } from "../../support/smtp-relay.ts";

const sender = { from: { name: "张家港市人民政府办公室", address: "briefing@harbourton.example" }, now: () => "2026-07-03T01:00:00.000Z" };
const messageId = "monthly_2026-07_r1_full-en_mayor@harbourton.example";

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "biaogan-outbox-")), "outbox");
});
afterEach(() => rm(join(folder, ".."), { recursive: true, force: true }));

const send = (mail: Mail = aMail(), changes: Partial<typeof sender> = {}) =>
  createOutboxMailer(folder, { ...sender, ...changes }).send(mail);
const files = async () => (await readdir(folder)).filter((name) => !name.startsWith("."));
const written = async (name = "monthly_2026-07_r1_full-en_mayor.eml") => readFile(join(folder, name));

describe("the outbox", () => {
  it("holds a mail as a file named by its delivery, which another's parser reads, with the document as it was", async () => {
    expect(await send()).toEqual({ outcome: "accepted", messageId });
    expect(await files()).toEqual(["monthly_2026-07_r1_full-en_mayor.eml"]);
    const read = await parseMail(await written());
    expect(read.from?.value).toEqual([{ name: "张家港市人民政府办公室", address: "briefing@harbourton.example" }]);
    expect([read.to].flat().flatMap((to) => to?.value ?? [])).toEqual([{ name: "", address: "Mayor@harbourton.example" }]);
    expect(read.subject).toBe("张家港市 2018 年 1 月简报：两项落后 😀");
    expect([read.messageId, read.date?.toISOString()]).toEqual([`<${messageId}>`, "2026-07-03T01:00:00.000Z"]);
    expect(read.attachments.map((a) => sha256Of(a.content))).toEqual([sha256Of(everyByte)]);
  });

  it("says how its reader leaves, however long that address is, in one header that another's parser reads", async () => {
    const url = `https://list.example/leave?t=${"a".repeat(300)}`;
    const mailto = { address: "office@harbourton.example", subject: "unsubscribe mayor" };
    await send(aMail({ unsubscribe: { mailto, url } }));
    const { headers } = await parseMail(await written());
    expect(headers.get("list")).toMatchObject({
      unsubscribe: { url, mail: "office@harbourton.example?subject=unsubscribe%20mayor" },
      "unsubscribe-post": { name: "List-Unsubscribe=One-Click" },
    });
  });

  it("gives the same bytes for the same mail on the same date", async () => {
    await send();
    const first = await written();
    await rm(folder, { recursive: true });
    await send();
    expect((await written()).equals(first)).toBe(true);
  });

  it("has taken a delivery that it holds already: the file stays as it is, whatever the mail and the sender are by now", async () => {
    await send();
    const first = await written();
    const again = await send(aMail({ subject: "Another" }), {
      from: { name: "", address: "other@ellery.example" },
      now: () => "2027-01-01T00:00:00.000Z",
    });
    expect(again).toEqual({ outcome: "accepted", messageId });
    expect((await written()).equals(first)).toBe(true);
  });

  it("takes one of two that come at once, and both are told so", async () => {
    const told = await Promise.all([send(), send(aMail({ subject: "The other" })), send()]);
    expect(new Set(told.map((t) => JSON.stringify(t))).size).toBe(1);
    expect(await files()).toHaveLength(1);
    expect(await readdir(join(folder, ".staging"))).toEqual([]);
  });

  it("leaves a file of that name that is no mail of ours alone, and says so", async () => {
    await send(aMail({ deliveryId: "monthly_2026-07_r1_full-en_works" }));
    await writeFile(join(folder, "monthly_2026-07_r1_full-en_mayor.eml"), "shopping list\n");
    expect(await send()).toEqual({ outcome: "rejected", reason: expect.stringMatching(/another file.*move it away/) });
    expect((await written()).toString()).toBe("shopping list\n");
  });

  it.skipIf(process.getuid?.() === 0)("that cannot be written takes nothing for now", async () => {
    await send(aMail({ deliveryId: "monthly_2026-07_r1_full-en_works" }));
    await chmod(join(folder, ".staging"), 0o500);
    await expect(send()).rejects.toThrow(/takes no mail \(EACCES\): check the folder's permissions/);
    await chmod(join(folder, ".staging"), 0o700);
  });

  it("whose place is taken by a file takes nothing for now, and says what to do", async () => {
    await writeFile(folder, "");
    const refused = await send().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(MailThrottledError);
    expect(String(refused)).toMatch(/a part of the path is a file/);
  });

  it("rejects a delivery with a name too long for a file", async () => {
    const deliveryId = `monthly_2026-07_r1_full-en_${"m".repeat(229)}`;
    expect(await send(aMail({ deliveryId }))).toEqual({
      outcome: "rejected",
      reason: expect.stringMatching(/shorten the subscription's id/),
    });
  });
});

describe("a header stays one header", () => {
  const hostile = [
    "two\r\nBcc: spy@harbourton.example",
    "two\nBcc: spy@harbourton.example\n\n<p>body</p>",
    "two\u2028Bcc: spy@harbourton.example",
    `${"很长".repeat(150)}`,
    "=SUM(A1:A9), \"quoted\" <spy@harbourton.example>; name*=utf-8''x",
    "\u202Etxet desrever\u202C مرحبا 😀👩‍👩‍👧",
    "a\u0000b\u007Fc",
  ];
  for (const words of hostile) {
    it(`with ${JSON.stringify(words.slice(0, 40))} as subject and as a file's name`, async () => {
      await send(aMail({ subject: words, attachments: [{ name: `${words}.pdf`, mediaType: "application/pdf", content: everyByte }] }));
      const bytes = await written();
      const read = await parseMail(bytes);
      expect([...read.headers.keys()].toSorted()).toEqual([
        "auto-submitted",
        "content-type",
        "date",
        "from",
        "message-id",
        "mime-version",
        "subject",
        "to",
        "x-biaogan-delivery",
      ]);
      expect(read.bcc).toBeUndefined();
      expect(read.subject).not.toMatch(/\p{Cc}|[\u2028\u202E]/u);
      expect(read.attachments.map((a) => sha256Of(a.content))).toEqual([sha256Of(everyByte)]);
      const [head = ""] = bytes.toString("latin1").split("\r\n\r\n", 1);
      // RFC 5322: no line over 998 characters, and nothing but ASCII in a header.
      for (const line of head.split("\r\n")) expect(line).toMatch(/^[ -~\t]{1,998}$/);
    });
  }

  it("in Chinese, subject and file name arrive as they were", async () => {
    const name = "张家港市简报-2018年1月.pdf";
    await send(aMail({ subject: "张家港", attachments: [{ name, mediaType: "application/pdf", content: everyByte }] }));
    const read = await parseMail(await written());
    expect([read.subject, read.attachments[0]?.filename]).toEqual(["张家港", name]);
  });

  it("with the longest delivery id there is", async () => {
    const deliveryId = `monthly_2026-07_r1_owner-${"o".repeat(150)}-en_${"m".repeat(60)}`;
    const outcome = await send(aMail({ deliveryId }));
    expect(outcome).toEqual({ outcome: "accepted", messageId: `${deliveryId}@harbourton.example` });
    const read = await parseMail(await written(`${deliveryId}.eml`));
    expect([read.headers.get("x-biaogan-delivery"), read.messageId]).toEqual([deliveryId, `<${deliveryId}@harbourton.example>`]);
    expect(await send(aMail({ deliveryId }))).toEqual(outcome);
  });
});
