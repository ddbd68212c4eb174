/** Pictures of the mails, to be looked at after a change to templates/email: each at 800 and at 375 pixels, on a light screen, a dark one, and one
 *  that turns all colours around as some programs do. Also says whether anything is wider than the screen.
 *
 *  node test/bench/mail-pictures.ts FOLDER */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Briefing } from "../../functions/core/briefing/briefing.ts";
import { parseEditions } from "../../functions/core/edition.ts";
import type { Register } from "../../functions/core/ports.ts";
import { inReadingOrder } from "../../functions/core/register-order.ts";
import { composeMail, type Issue } from "../../functions/deliver-briefing/compose-mail.ts";
import { composeEditions } from "../../functions/plan-run/compose-editions.ts";
import { aReader, juneIssue, messages, pdf, templates } from "../support/delivery-world.ts";
import { startTestChromium } from "../support/pdf-chromium.ts";
import { office } from "../support/real-office.ts";

const [out = "out/mails"] = process.argv.slice(2);
const supersedes = { run: "monthly-2018-01-r1", asOf: "2018-01-31" };

function issueOf(everything: Register, edition: string, asOf: string, corrects?: typeof supersedes): Briefing {
  const editions = parseEditions(edition, everything.office);
  const run = `monthly-2018-01-r${corrects ? 2 : 1}`;
  const named = { period: "2018-01", run, status: "issued", registerDigest: "0".repeat(64) } as const;
  const superseded = new Map(corrects ? [[edition, corrects]] : []);
  const { composed } = composeEditions({ everything, asOf, editions, ...named, supersedes: superseded }, messages);
  const [first] = composed;
  if (!first) throw new Error(`${edition}: nothing to say`);
  return first.briefing;
}

/** What the first revision would have been, had half of its figures been others. */
function withOtherFigures(issue: Briefing): Briefing {
  const rows = issue.observations.map((row, index) => (index % 2 === 0 ? { ...row, value: String(Number(row.value) + 1) } : row));
  return { ...issue, observations: rows };
}

const everything = inReadingOrder(office);
const chinese = issueOf(everything, "full-zh-CN", "2018-02-20");
const english = issueOf(everything, "full-en", "2018-02-20");
const mails: Readonly<Record<string, { readonly issue: Issue; readonly form: "attachment" | "link" | "both" }>> = {
  "zh-normal": { issue: { briefing: chinese, document: pdf }, form: "both" },
  "en-normal": { issue: { briefing: english, document: pdf }, form: "attachment" },
  "zh-provisional": { issue: { briefing: juneIssue("full-zh-CN"), document: pdf }, form: "attachment" },
  "en-provisional": { issue: { briefing: juneIssue("full-en"), document: pdf }, form: "link" },
  "zh-correction": {
    issue: {
      briefing: issueOf(everything, "full-zh-CN", "2018-02-20", supersedes),
      document: pdf,
      previous: withOtherFigures(issueOf(everything, "full-zh-CN", "2018-01-31")),
    },
    form: "attachment",
  },
  "en-correction": {
    issue: {
      briefing: issueOf(everything, "full-en", "2018-02-20", supersedes),
      document: pdf,
      previous: withOtherFigures(issueOf(everything, "full-en", "2018-01-31")),
    },
    form: "link",
  },
};

const linkIssue = () => ({
  url: "https://abcdefghij.execute-api.cn-north-1.amazonaws.com.cn/issue/k1.zhangjiagang.monthly-2018-01-r1.full-zh-CN.p2x4",
  days: 90,
});
await mkdir(out, { recursive: true });
const { browser, close } = await startTestChromium();
try {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(true);
  for (const [name, { issue, form }] of Object.entries(mails)) {
    const reader = aReader({ name: name.startsWith("zh") ? "朱立凡" : "The Mayor", form });
    const { html, subject } = composeMail("x", issue, reader, { templates, messages, linkIssue, contact: "duchashi@zjg.example" });
    process.stdout.write(`${name}: ${subject}\n`);
    for (const width of [800, 375]) {
      for (const screen of ["light", "dark", "inverted"] as const) {
        await page.setViewport({ width, height: 700, deviceScaleFactor: width === 375 ? 2 : 1 });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: screen === "dark" ? "dark" : "light" }]);
        await page.setContent(html);
        // A telephone has no scroll bar that takes its place from the page.
        await page.addStyleTag({ content: "html { scrollbar-width: none; }" });
        if (screen === "inverted") await page.addStyleTag({ content: "html { filter: invert(1) hue-rotate(180deg); background: #fff; }" });
        const wide = Number(await page.evaluate("document.documentElement.scrollWidth"));
        if (wide > width) process.stdout.write(`  ${wide} pixels wide on ${width}\n`);
        await page.screenshot({ path: join(out, `${name}-${width}-${screen}.png`), fullPage: true });
      }
    }
  }
} finally {
  await close();
}
