import { describe, expect, it } from "vitest";
import type { Briefing } from "../../functions/core/briefing/briefing.ts";
import type { Subscription } from "../../functions/core/subscription.ts";
import { type ComposeMailDeps, composeMail, usualMaxAttachmentBytes } from "../../functions/deliver-briefing/compose-mail.ts";
import { aReader, juneIssue, messages, pdf, templates } from "../support/delivery-world.ts";

const url = "https://briefing.harbourton.example/issue/k1.harbourton.monthly-2026-06-r1.full-en.abc.def";
const linkIssue = () => ({ url, days: 90 });

const turn = (title: string): Briefing["changes"]["items"][number] => ({
  commitmentId: "x",
  title,
  from: { signal: "on track", name: "on track" },
  to: { signal: "failed", name: "missed" },
  cause: "revision",
  causeName: "revision",
  because: "A figure of the same period was revised.",
});
/** Harbourton's June, in which one verdict is another than in May. */
const english: Briefing = {
  ...juneIssue("full-en"),
  changes: { since: "31 May 2026", appeared: 0, items: [turn("About £38 million of council tax in 2025")] },
};

function compose(briefing: Briefing, parts: Partial<Subscription> = {}, more: Partial<ComposeMailDeps> & { document?: Uint8Array } = {}) {
  const { document = pdf, ...deps } = more;
  return composeMail("monthly_2026-06_r1_full-en_mayor", { briefing, document }, aReader(parts), { templates, messages, ...deps });
}

/** What stands in the mail for a reader, without the marks that set a name apart. */
const words = (text: string) => text.replaceAll(/[\u2068\u2069]/g, "").replaceAll("\u00A0", " ");
/** What a reader sees of the page, from its top: without what is for the list of mails and for Outlook's layout only. */
const seen = (html: string) =>
  html
    .slice(html.indexOf("<body"))
    .replaceAll(/<!--.*?-->|<div style="display:none[^>]*>.*?<\/div>/gs, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();

describe("the mail of an issue", () => {
  it("says in English what was found, what changed, what is to be decided, the counts, what is provisional and where the document is", () => {
    const { subject, text, attachments, to, deliveryId } = compose(english, {}, { linkIssue, contact: "office@harbourton.example" });
    expect({ subject, to, deliveryId }).toEqual({
      subject: "PROVISIONAL: Harbourton Progress Briefing no. 16, June 2026",
      to: "mayor@harbourton.example",
      deliveryId: "monthly_2026-06_r1_full-en_mayor",
    });
    expect(
      words(text),
    ).toBe(`13 statements checked: 3 achieved, 4 on track, 0 ahead, 1 to watch, 0 off track, 1 failed; 1 cannot be judged for want of data or evidence, 3 are recorded and not scored.

PROVISIONAL · 2 of the 5 figures that this issue waits for had come in by 30 June 2026; at least 4 are needed. Verdicts may change when the rest come in.
Missing · Ships that called at the harbour, June 2026 (Public Works); New homes begun, Q2 2026 (Housing Office); Household waste recycled, 2025 (Environment Office).

Against 31 May 2026: 1 verdict changed.
- About £38 million of council tax in 2025: ● on track → × missed
  Cause: revision

2 to decide
- Decide how to make it good, or say publicly that it is given up
  About £38 million of council tax in 2025 · × missed
  To be brought by: Treasurer
- Check the figure; correct the statement where needed
  412 homes finished in 2024 · ◆ differs
  To be brought by: Housing Office

What the judging came to
● on track: 4
◆ watch: 1
✓ achieved: 3
× failed: 1
○ cannot judge: 1
– not scored: 3

The briefing is attached as a PDF: harbourton-monthly-2026-06-r1-full-en.pdf (0.1 MB).

Harbourton (fictional): delivery against commitments, June 2026. As known on 30 June 2026.

-- 
FICTIONAL EXAMPLE
Harbourton is fictional. Its people, figures and sources are invented to test the software; nothing here is a fact.
Sent by a program for Harbourton Town Council (fictional) to The Mayor, who is on its list of readers.
To leave the list, or to get something else, write to office@harbourton.example.
`);
    expect(attachments).toEqual([{ name: "harbourton-monthly-2026-06-r1-full-en.pdf", mediaType: "application/pdf", content: pdf }]);
  });

  it("says the same in Chinese, which is the edition's language whatever the reader's is", () => {
    const { subject, text, html } = compose(juneIssue("full-zh-CN"), { language: "en" });
    expect(subject).toBe("【暂定】Harbourton Progress Briefing第16期（2026年6月）");
    expect(text).toMatch(/^本期核查 13 项表述：实现 3 项/);
    expect(text).toContain("判定没有变化。\n");
    expect(text).toContain("需要决定 2 项\n- 定补救措施，或向公众说明不再追求\n");
    expect(words(text)).toContain("× 落空：1\n");
    expect(text).toContain("简报全文见附件（PDF）：harbourton-monthly-2026-06-r1-full-zh-CN.pdf（0.1 MB）。");
    expect(html).toContain('<html lang="zh-CN"');
  });

  it("names the part that an edition is about, and nothing provisional where nothing is", () => {
    const { provisional: _, ...final } = juneIssue("theme-homes-en");
    const { subject, text, html } = compose(final);
    expect(subject).toBe("Harbourton Progress Briefing no. 16, June 2026 – Homes and people");
    expect(`${text}${html}`).not.toMatch(/PROVISIONAL|Missing/);
  });

  it("has the finding before anything else, then the same in the same order in the page as in the text", () => {
    const { html, text } = compose(english);
    const order = [
      /^13 statements checked:/,
      /PROVISIONAL/,
      /Against 31 May/,
      /2 to decide/,
      /What the judging/,
      /is attached/,
      /FICTIONAL/,
    ];
    for (const part of [seen(html), text]) {
      const places = order.map((words) => part.search(words));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places).not.toContain(-1);
    }
  });

  it("shows in a list of mails whether anything is new and asked for", () => {
    expect(compose(english).html).toContain(">1 change since 31 May 2026; 2 to decide.</div>");
  });

  it("lists five flips and three decisions at the most, and counts the rest", () => {
    const [decision] = english.overview.decisions;
    if (!decision) throw new Error("nothing is to be decided");
    const { text, html } = compose({
      ...english,
      changes: { since: "31 May 2026", appeared: 2, items: Array.from({ length: 9 }, (_, n) => turn(`Statement ${n + 1}.`)) },
      overview: { ...english.overview, decisions: Array.from({ length: 4 }, () => decision) },
    });
    for (const part of [text, seen(html)]) {
      expect(part).toContain("Against 31 May 2026: 9 verdicts changed, 2 statements are new.");
      expect(part.match(/Statement \d\./g)).toHaveLength(5);
      expect(part).toContain("4 more in the briefing.");
      expect(part.match(/To be brought by/g)).toHaveLength(3);
      expect(part).toContain("1 more in the briefing.");
    }
  });

  it("asks for nothing from anywhere: no image, no font, no style sheet, no script; the link to the issue is the only address", () => {
    const { html } = compose(english, { form: "both" }, { linkIssue });
    expect(html).not.toMatch(/<(img|script|link|iframe|video|audio|object|embed|form)\b|url\(|@import|\bsrc=|\son\w+=/i);
    expect(new Set([...html.matchAll(/https?:\/\/[^"<\s]*/g)].map(([found]) => found))).toEqual(new Set([url]));
  });

  it("is laid out by tables, for Outlook, and fits a phone and a dark screen", () => {
    const { html } = compose(english, { form: "both" }, { linkIssue });
    expect(html).not.toMatch(/flex|grid|float|position:/);
    for (const [table] of html.matchAll(/<table[^>]*>/g)) expect(table).toMatch(/role="presentation"|style="border-collapse/);
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("@media (prefers-color-scheme: dark)");
    expect(html).not.toMatch(/width[=:]"?\s*(6[1-9]\d|[7-9]\d\d|\d{4,})/);
  });
});

describe("the way to the document", () => {
  const name = "harbourton-monthly-2026-06-r1-full-en.pdf";
  const large = { document: new Uint8Array(60_000_000) };
  const attached = `The briefing is attached as a PDF: ${name} (0.1 MB).`;
  /** The form, the document and whether links are made → whether it is attached, whether there is a link, and what the mail says. */
  const ways = [
    ["attachment", pdf, true, true, false, attached],
    ["attachment", pdf, false, true, false, attached],
    ["attachment", large.document, true, false, true, `a PDF of 60 MB, too large for a mail. It lies in the archive as ${name}:`],
    ["attachment", large.document, false, false, false, `a PDF of 60 MB, too large for a mail. Ask the office that issues it for ${name}.`],
    ["both", pdf, true, true, true, `The briefing is attached as a PDF, ${name} (0.1 MB), and can be opened in the archive:`],
    ["both", pdf, false, true, false, attached],
    ["both", large.document, true, false, true, `a PDF of 60 MB, too large for a mail. It lies in the archive as ${name}:`],
    ["link", pdf, true, false, true, `The briefing is a PDF of 0.1 MB, ${name}. It lies in the archive:`],
    ["link", pdf, false, false, false, `The briefing is a PDF of 0.1 MB and not attached. Ask the office that issues it for ${name}.`],
    ["link", large.document, true, false, true, `The briefing is a PDF of 60 MB, ${name}. It lies in the archive:`],
  ] as const;
  it.each(ways.map(([form, document, ...rest]) => [form, document.byteLength, ...rest, document] as const))(
    "as %s, of %i bytes, links made: %s → attached: %s, linked: %s",
    (form, _size, hasLinks, isAttached, isLinked, sentence, document) => {
      const { attachments, text, html } = compose(english, { form }, { document, ...(hasLinks ? { linkIssue } : {}) });
      expect(attachments).toHaveLength(isAttached ? 1 : 0);
      expect(text.split(url)).toHaveLength(isLinked ? 2 : 1);
      expect(html.split(`href="${url}"`)).toHaveLength(isLinked ? 2 : 1);
      for (const part of [text, seen(html)]) {
        expect(part).toContain(sentence);
        expect(part.includes("The link opens this issue only, for 90 days.")).toBe(isLinked);
      }
    },
  );

  it("is a link to this issue: office, run and edition", () => {
    const asked: object[] = [];
    compose(english, { form: "link" }, { linkIssue: (issue) => ({ url, days: asked.push(issue) }) });
    expect(asked).toEqual([{ office: "harbourton", run: "monthly-2026-06-r1", edition: "full-en" }]);
  });

  it("is attached up to the limit that was given, or 7 MB: with base64's line breaks and the words that is below 10 MB", () => {
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

describe("the way off the list", () => {
  const contact = "office@harbourton.example";
  it("is a mail to the office by which it knows who asks, and a sentence that says so", () => {
    const { unsubscribe, text, html } = compose(english, {}, { contact });
    expect(unsubscribe).toEqual({ mailto: { address: contact, subject: "unsubscribe mayor" } });
    for (const part of [text, html]) expect(part).toContain(`To leave the list, or to get something else, write to ${contact}.`);
  });

  it("is an address too where one is configured, the reader's own", () => {
    const unsubscribeUrl = (recipient: string) => `https://list.example/leave/${recipient}`;
    expect(compose(english, {}, { contact, unsubscribeUrl }).unsubscribe).toMatchObject({ url: "https://list.example/leave/mayor" });
    expect(compose(english, {}, { unsubscribeUrl }).unsubscribe).toEqual({ url: "https://list.example/leave/mayor" });
  });

  it("is not promised where nobody reads answers", () => {
    const mail = compose(english);
    expect(mail).not.toHaveProperty("unsubscribe");
    expect(mail.text).toContain("Nobody reads answers to this mail.");
  });
});

describe("hostile or unusual words", () => {
  it.each(["José 😀 Núñez", "محمد بن علي", 'O\'Brien, Ada "Al" <img src=x> & {{x}}', "长".repeat(100)])(
    "in a name (%s) are words in both texts",
    (name) => {
      const { html, text, to, subject } = compose(english, { name });
      expect(text).toContain(`to \u2068${name}\u2069, who is on its list`);
      expect(html).not.toContain("<img");
      expect({ to, subject }).toMatchObject({ to: "mayor@harbourton.example", subject: expect.not.stringContaining(name) });
    },
  );

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
