import { describe, expect, it } from "vitest";
import type { Briefing } from "../../functions/core/briefing/briefing.ts";
import type { Subscription } from "../../functions/core/subscription.ts";
import { type ComposeMailDeps, composeMail, usualMaxAttachmentBytes } from "../../functions/deliver-briefing/compose-mail.ts";
import { aReader, juneIssue, messages, pdf, templates } from "../support/delivery-world.ts";

const english = juneIssue("full-en");
const archiveUrl = "https://briefing.harbourton.example/archive";

function compose(briefing: Briefing, parts: Partial<Subscription> = {}, more: Partial<ComposeMailDeps> & { document?: Uint8Array } = {}) {
  const { document = pdf, ...deps } = more;
  return composeMail("monthly_2026-06_r1_full-en_mayor", { briefing, document }, aReader(parts), { templates, messages, ...deps });
}

/** What stands in the mail for a reader, without the marks that set a name apart. */
const words = (text: string) => text.replaceAll(/[\u2068\u2069]/g, "");

describe("the mail of an issue", () => {
  it("says in English what was found, counts by signal, what is provisional and that the document is attached", () => {
    const { subject, text, attachments, to, deliveryId } = compose(english, {}, { archiveUrl });
    expect({ subject, to, deliveryId }).toEqual({
      subject: "PROVISIONAL: Harbourton Progress Briefing no. 16, June 2026",
      to: "mayor@harbourton.example",
      deliveryId: "monthly_2026-06_r1_full-en_mayor",
    });
    expect(
      words(text),
    ).toBe(`13 statements checked: 3 achieved, 4 on track, 0 ahead, 1 to watch, 0 off track, 1 failed; 1 cannot be judged for want of data or evidence, 3 are recorded and not scored.

PROVISIONAL · 2 of the 5 figures that this issue waits for had come in by 30 June 2026; at least 4 are needed. Verdicts may change when the rest come in.

What the judging came to
- on track: 4
- watch: 1
- achieved: 3
- failed: 1
- cannot judge: 1
- not scored: 3

The briefing is attached as a PDF: harbourton-monthly-2026-06-r1-full-en.pdf (0.1 MB).

Harbourton (fictional): delivery against commitments, June 2026. As known on 30 June 2026.
All issues: https://briefing.harbourton.example/archive

-- 
FICTIONAL EXAMPLE
Harbourton is fictional. Its people, figures and sources are invented to test the software; nothing here is a fact.
Sent by Harbourton Town Council (fictional) to The Mayor, who is on its list of readers. It was sent by a program; nobody reads answers to it.
`);
    expect(attachments).toEqual([{ name: "harbourton-monthly-2026-06-r1-full-en.pdf", mediaType: "application/pdf", content: pdf }]);
  });

  it("says the same in Chinese, which is the edition's language whatever the reader's is", () => {
    const { subject, text, html } = compose(juneIssue("full-zh-CN"), { language: "en" });
    expect(subject).toBe("【暂定】Harbourton Progress Briefing第16期（2026年6月）");
    expect(text).toMatch(/^本期核查 13 项表述：实现 3 项/);
    expect(text).toContain("- 落空：1\n");
    expect(text).toContain("简报全文见附件（PDF）：harbourton-monthly-2026-06-r1-full-zh-CN.pdf（0.1 MB）。");
    expect(html).toContain('<html lang="zh-CN">');
  });

  it("names the part that an edition is about, and nothing provisional where nothing is", () => {
    const { provisional: _, ...final } = juneIssue("theme-homes-en");
    const { subject, text, html } = compose(final);
    expect(subject).toBe("Harbourton Progress Briefing no. 16, June 2026 – Homes and people");
    expect(`${text}${html}`).not.toContain("PROVISIONAL");
  });

  it("has the finding before anything else, in the page as in the text", () => {
    const { html } = compose(english);
    const seen = html
      .slice(html.indexOf("<body"))
      .replaceAll(/<[^>]*>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim();
    expect(seen).toMatch(/^13 statements checked:/);
    expect(seen.indexOf("on track 4")).toBeLessThan(seen.indexOf("The briefing is attached"));
  });

  it("asks for nothing from anywhere: no image, no font, no style sheet, no script; the archive is the only address", () => {
    const { html } = compose(english, {}, { archiveUrl });
    expect(html).not.toMatch(/<(img|script|link|iframe|video|audio|object|embed|form)\b|url\(|@import|\bsrc=|\bon\w+=/i);
    expect(new Set([...html.matchAll(/https?:\/\/[^"<\s]*/g)].map(([url]) => url))).toEqual(new Set([archiveUrl]));
  });

  it("fits a phone and a dark screen", () => {
    const { html } = compose(english);
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("@media (prefers-color-scheme: dark)");
    expect(html).not.toMatch(/width[=:]"?\s*(6[1-9]\d|[7-9]\d\d|\d{4,})/);
  });
});

describe("a document that is too large for a mail", () => {
  const large = { document: new Uint8Array(60_000_000) };

  it("is not sent along; the mail says where it is", () => {
    const { attachments, text, html } = compose(english, {}, { ...large, archiveUrl });
    expect(attachments).toEqual([]);
    for (const part of [text, html.replaceAll(/<[^>]*>/g, "")]) {
      expect(part).toContain(
        `a PDF of 60 MB, too large for a mail. It lies in the archive as harbourton-monthly-2026-06-r1-full-en.pdf: ${archiveUrl}`,
      );
      expect(part.split(archiveUrl)).toHaveLength(2);
    }
  });

  it("is to be asked for where there is no archive to open", () => {
    expect(compose(english, {}, large).text).toContain("Ask the office that issues it for harbourton-monthly-2026-06-r1-full-en.pdf.");
  });

  it("is one above the limit that was given, or 7 MB: with base64's line breaks and the words that is below 10 MB", () => {
    const sent = (bytes: number, maxAttachmentBytes?: number) =>
      compose(english, {}, { document: new Uint8Array(bytes), ...(maxAttachmentBytes === undefined ? {} : { maxAttachmentBytes }) });
    expect(sent(1000, 1000).attachments).toHaveLength(1);
    expect(sent(1001, 1000).attachments).toHaveLength(0);
    expect(sent(usualMaxAttachmentBytes + 1).attachments).toHaveLength(0);
    const { html, text } = sent(usualMaxAttachmentBytes);
    // Base64: four characters for three bytes, and a line end of two after each 76.
    const encoded = Math.ceil(usualMaxAttachmentBytes / 3) * 4;
    expect(encoded + Math.ceil(encoded / 76) * 2 + 2 * Buffer.byteLength(html + text)).toBeLessThan(10_000_000);
  });
});

describe("hostile or unusual words", () => {
  it.each(["José 😀 Núñez", "محمد بن علي", 'O\'Brien, Ada "Al" <img src=x> & {{x}}'])("in a name (%s) are words in both texts", (name) => {
    const { html, text, to, subject } = compose(english, { name });
    expect(text).toContain(`to \u2068${name}\u2069, who is on its list`);
    expect(html).not.toContain("<img");
    expect({ to, subject }).toMatchObject({ to: "mayor@harbourton.example", subject: expect.not.stringContaining(name) });
  });

  it("in what the office wrote break neither the subject nor the page", () => {
    const series = `Briefing\r\nBcc: spy@example.org\u2028${"x".repeat(300)}`;
    const finding = '<script>alert(1)</script> "quoted" & 😀 مرحبا';
    const { subject, html, text } = compose({ ...english, finding, office: { ...english.office, series } });
    expect(subject).toMatch(/^PROVISIONAL: Briefing Bcc: spy@example\.org x+…$/);
    expect(subject.length).toBeLessThanOrEqual(200);
    expect(html).not.toContain("<script>");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; &amp; 😀 مرحبا");
    expect(text).toContain(finding);
  });
});
