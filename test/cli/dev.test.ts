import { request } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../functions/adapters/content-hash.ts";
import { readOfficeFolder } from "../../functions/adapters/office-folder/office-folder.ts";
import { loadTemplates } from "../../functions/adapters/templates/handlebars-templates.ts";
import { loadAllMessages } from "../../functions/adapters/templates/locale-messages.ts";
import { inReadingOrder } from "../../functions/core/register-order.ts";
import { composeDrafts } from "../../functions/plan-run/plan-run.ts";
import { layOutBriefing } from "../../functions/render-briefing/print-briefing.ts";
import { startPreview, type TestPreview } from "../support/preview.ts";

let preview: TestPreview;
beforeAll(async () => {
  preview = await startPreview();
});
afterAll(() => preview.close());

const june = "/preview/html?period=2026-06";

/** The page without what the screen alone is given: the last style of the head. */
function asPrinted(html: string): string {
  return html.replace(/<style>(?:(?!<style>).)*?<\/style>\s*<\/head>/s, "</head>");
}

/** Sends a path as it is, where fetch would tidy it. */
function askRaw(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(preview.address);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers, method }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

describe("the HTML of an edition", () => {
  it("is the very page that is printed, and one style more", async () => {
    const { status, text } = await preview.get(june);
    expect(status).toBe(200);
    const messages = await loadAllMessages(preview.templatesDir);
    const everything = inReadingOrder(await readOfficeFolder(preview.office.dir));
    const editions = [{ scope: "full", locale: "en", id: "full-en" }] as const;
    const input = { series: "monthly", period: "2026-06", asOf: "2026-06-30", editions };
    const [drafted] = composeDrafts(everything, input, { messages, digest: sha256 }).composed;
    if (!drafted) throw new Error("nothing was composed");
    expect(drafted.briefing.status).toBe("draft");
    expect(asPrinted(text)).toBe(layOutBriefing(drafted.briefing, await loadTemplates(preview.templatesDir)));
  });

  it("is shown on white paper with the margins of its own @page rules, in the document's fonts", async () => {
    const { text } = await preview.get(june);
    const style = text.slice(text.lastIndexOf("<style>"), text.indexOf("</head>"));
    expect(style).toMatch(/^<style>\s*@media screen \{/);
    expect(style).toContain("body { padding: 37mm 26mm 35mm 28mm; }");
    expect(style).toMatch(/body\.one-page \{ padding: [\d.]+mm [\d.]+mm [\d.]+mm; \}/);
    const [, url = ""] = /font-family: "Noto\\20 Serif\\20 SC"; font-weight: 700; src: url\("([^"]+)"\)/.exec(style) ?? [];
    const font = await fetch(new URL(url, preview.address));
    expect(font.headers.get("content-type")).toBe("font/ttf");
    expect(Buffer.from(await font.arrayBuffer()).readUInt32BE(0)).toBe(0x00010000);
  });

  it("differs by edition, language, month and as-of day", async () => {
    expect((await preview.get(`${june}&edition=theme-homes`)).text).toContain("Homes and people</title>");
    expect((await preview.get(`${june}&edition=one-page-zh-CN`)).text).toMatch(/<html lang="zh-CN">.*<body class="one-page">/s);
    expect((await preview.get(`${june}&edition=full&language=zh-CN`)).text).toContain('<html lang="zh-CN">');
    expect((await preview.get("/preview/html?period=2025-04")).text).toContain("April 2025</title>");
    expect((await preview.get(`${june}&as-of=2026-05-01`)).text).toContain("1 May 2026");
  });

  it("may ask for nothing but its fonts, and runs nothing", async () => {
    const { text, headers } = await preview.get(june);
    expect(text).not.toContain("<script");
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; base-uri 'none'; style-src 'unsafe-inline'; font-src 'self'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin",
    );
  });
});

describe("the page around it", () => {
  it("shows HTML and PDF of what is chosen, and offers what there is", async () => {
    const { status, text } = await preview.get("/?period=2026-06&edition=theme-homes&language=zh-CN");
    expect(status).toBe(200);
    expect(text).toContain(
      '<iframe sandbox="allow-same-origin" title="HTML" src="/preview/html?period&#x3D;2026-06&amp;edition&#x3D;theme-homes-zh-CN">',
    );
    expect(text).toContain('<iframe title="PDF" src="/preview/pdf?period&#x3D;2026-06&amp;edition&#x3D;theme-homes-zh-CN">');
    const chosen = [...text.matchAll(/<option value="([^"]+)"[^>]* selected>/g)].map(([, id]) => id);
    expect(chosen).toEqual(["2026-06", "theme-homes", "zh-CN"]);
    expect(text).toContain('<option value="2025-03">');
    expect(text).toContain('<option value="owner-treasury">');
    expect(text).toContain('href="/?period&#x3D;2026-07&amp;');
  });

  it("begins with the full edition of the month in which something last became known, in the office's language", async () => {
    const { text } = await preview.get("/");
    const latest = inReadingOrder(await readOfficeFolder(preview.office.dir)).observations.reduce(
      (day, { knownSince }) => (knownSince > day ? knownSince : day),
      "",
    );
    const [month, ...rest] = [...text.matchAll(/<option value="([^"]+)"[^>]* selected>/g)].map(([, id]) => id);
    expect(month && month >= latest.slice(0, 7)).toBe(true);
    expect(rest).toEqual(["full", "en"]);
  });

  it("has one script and one style, each with the nonce of this answer, and asks nobody else for anything", async () => {
    const [first, second] = [await preview.get("/"), await preview.get("/")];
    const policy = first.headers.get("content-security-policy") ?? "";
    const [, nonce = ""] = /script-src 'nonce-([^']+)'/.exec(policy) ?? [];
    expect(nonce.length).toBeGreaterThan(20);
    expect(policy).toContain("default-src 'none'");
    const tags = [...first.text.matchAll(/<(?:script|style)\b[^>]*>/g)].map(([tag]) => tag.replaceAll("&#x3D;", "="));
    expect(tags).toEqual([`<style nonce="${nonce}">`, `<script nonce="${nonce}">`]);
    expect(first.text).not.toMatch(/https?:\/\//);
    expect(first.text).not.toMatch(/\son\w+=/);
    expect(second.headers.get("content-security-policy")).not.toBe(policy);
  });
});

describe("what there is not", () => {
  it.each([
    ["period=2018-13", 'period: "2018-13" is not a month; write YYYY-MM'],
    ["period=soon", 'period: "soon" is not a month'],
    ["period=2026-06&as-of=2026-02-30", 'as-of: "2026-02-30" is not a date that exists'],
    ["period=2026-06&edition=pocket", 'edition: there is no "pocket"; there are full-en'],
    ["period=2026-06&edition=theme", 'edition: "theme" is several: theme-homes-en'],
    ["period=2026-06&edition=full-fr", 'edition: there is no "full-fr"'],
  ])("%s is refused in words, in each pane and around them", async (query, words) => {
    for (const path of ["/", "/preview/html", "/preview/pdf"]) {
      const { status, text } = await preview.get(`${path}?${query}`);
      expect(status).toBe(400);
      expect(text.replaceAll("&quot;", '"')).toContain(words);
      expect(text).toContain('<a href="/">');
    }
  });

  it("an edition of which nothing had been said is no fault, and says so", async () => {
    const { status, text } = await preview.get("/preview/html?period=2024-01&edition=theme-homes");
    expect(status).toBe(404);
    expect(text).toContain("theme-homes-en: nothing had been said on this subject by 2024-01-31");
  });

  it.each([
    "/fonts/../../package.json",
    "/fonts/%2e%2e%2fpackage.json",
    "/fonts/..%5c..%5cpackage.json",
    "/../../../etc/passwd",
    "/templates/dev/shell.hbs",
    "/fonts/",
  ])("%s leads nowhere", async (path) => {
    expect(await askRaw(path)).toEqual({ status: 404, text: "There is nothing here. The preview is at /\n" });
  });

  it("nobody asks under another name, or for anything but to see", async () => {
    expect((await askRaw("/", { host: "evil.example:8080" })).status).toBe(403);
    expect((await askRaw("/preview/html", { host: "evil.example" })).status).toBe(403);
    expect((await askRaw("/", {}, "POST")).status).toBe(404);
    expect((await askRaw("/preview/html", {}, "DELETE")).status).toBe(404);
  });

  it("odd queries are harmless", async () => {
    const odd = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("../..", "__proto__", "2026-06", "full", "0000-01", "9999-12", "<script>", "%00", "{{x}}"),
    );
    const name = fc.constantFrom("period", "as-of", "edition", "language", "__proto__", "v");
    const path = fc.constantFrom("/", "/preview/html", "/preview/nothing", "/fonts/");
    await fc.assert(
      fc.asyncProperty(path, fc.array(fc.tuple(name, odd), { maxLength: 4 }), async (to, pairs) => {
        const { status, text } = await preview.get(`${to}?${new URLSearchParams(pairs)}`);
        expect([200, 400, 404]).toContain(status);
        expect(text).not.toMatch(/\n {4}at /);
        expect(text).not.toContain("<script>");
      }),
      { numRuns: 150 },
    );
    expect((await preview.get(june)).status).toBe(200);
  });
});
