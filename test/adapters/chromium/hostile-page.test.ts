import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM_FLAGS, type RunningChromium } from "../../../functions/adapters/chromium/launch-chromium.ts";
import { CONTENT_SECURITY_POLICY, serveDocument } from "../../../functions/adapters/chromium/serve-document.ts";
import { RenderError } from "../../../functions/core/errors.ts";
import type { DocumentRenderer } from "../../../functions/core/ports.ts";
import { listHostileBodies, type RecordingServer, startRecordingServer } from "../../support/hostile-server.ts";
import { openTestRenderer, sampleInfo, samplePage, startTestChromium } from "../../support/pdf-chromium.ts";
import { readPdf } from "../../support/pdf-text.ts";

const DNS_RULE = /^--host-resolver-rules/;
const directory = mkdtempSync(join(tmpdir(), "biaogan-hostile-"));
const secretFile = join(directory, "secret.txt");
writeFileSync(secretFile, "LEAKED");
afterAll(() => rmSync(directory, { recursive: true }));

describe("a hostile page given to the printer", () => {
  let server: RecordingServer;
  let renderer: DocumentRenderer;
  beforeAll(async () => {
    server = await startRecordingServer();
    renderer = await openTestRenderer();
  });
  afterAll(async () => {
    await renderer.close();
    await server.close();
  });

  it.each(Object.keys(listHostileBodies("", "")))("is refused, and reaches nothing, when it has %s", async (name) => {
    const body = listHostileBodies(server.origin, secretFile)[name] ?? "";
    await expect(renderer.render(samplePage(`<p>正文</p>${body}`), sampleInfo)).rejects.toThrow(RenderError);
    expect(server.hits).toEqual([]);
  });

  it("is refused with the addresses it asked for", async () => {
    const page = samplePage(
      `<img src="${server.origin}/one.png"><style>p { background: url(data:,) }</style><iframe src="file://${secretFile}"></iframe>`,
    );
    const failure = await renderer.render(page, sampleInfo).catch(String);
    expect(failure).toContain(`${server.origin}/one.png`);
    expect(failure).toContain(`file://${secretFile}`);
    expect(failure).not.toContain("data:");
  });

  it("does not stop a page that shows an inline picture", async () => {
    const dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
    const pdf = await renderer.render(samplePage(`<p>图</p><img alt="点" src="${dot}">`), sampleInfo);
    expect((await readPdf(pdf)).pages[0]).toContain("图");
  });
});

describe("each protection alone", () => {
  let server: RecordingServer;
  let running: RunningChromium | undefined;
  let html: string;
  beforeAll(async () => {
    server = await startRecordingServer((path, response) => {
      if (path !== "/page" && path !== "/open-page") return false;
      response.setHeader("content-type", "text/html; charset=utf-8");
      if (path === "/page") response.setHeader("content-security-policy", CONTENT_SECURITY_POLICY);
      response.end(html);
      return true;
    });
    html = samplePage(`<p>正文</p>${Object.values(listHostileBodies(server.origin, secretFile)).join("\n")}`);
  });
  afterEach(async () => {
    await running?.close();
    running = undefined;
  });
  afterAll(() => server.close());

  const openPage = async (flags?: readonly string[]): Promise<Page> => {
    running = await startTestChromium(flags);
    return running.browser.newPage();
  };
  const withoutDnsRule = CHROMIUM_FLAGS.filter((flag) => !DNS_RULE.test(flag));
  const hitsDuring = async (act: () => Promise<unknown>): Promise<string[]> => {
    const before = server.hits.length;
    await act();
    // A redirect or a preload that is on its way would arrive now.
    await new Promise((resolve) => setTimeout(resolve, 300));
    return server.hits.slice(before);
  };
  const printText = async (page: Page): Promise<string> => (await readPdf(await page.pdf())).pages.join("");

  it("none: the same page does reach the server, so the tests below prove something", async () => {
    const page = await openPage(withoutDnsRule);
    const hits = await hitsDuring(() => page.goto(`${server.origin}/open-page`));
    expect(hits).toContain("/img");
    expect(hits).toContain("/script.js");
  });

  it("the policy stops every request, script and redirect", async () => {
    const page = await openPage(withoutDnsRule);
    const hits = await hitsDuring(() => page.goto(`${server.origin}/page`));
    expect(hits).toEqual(["/page"]);
    expect(await printText(page)).toContain("正文");
    expect(await printText(page)).not.toContain("LEAKED");
  });

  it("the interception stops every request", async () => {
    const page = await openPage(withoutDnsRule);
    const refused = new Set<string>();
    // Without the redirect, which would leave nothing to look at, and without policy.
    const still = html.replaceAll(/<meta http-equiv="refresh"[^>]*>/g, "");
    const hits = await hitsDuring(() => serveDocument(page, still, refused, ""));
    expect(hits).toEqual([]);
    expect([...refused]).toContain(`${server.origin}/img`);
  });

  it("the resolver rule lets no address be reached, not even a numeric one", async () => {
    const page = await openPage();
    const hits = await hitsDuring(() => page.setContent(html).catch(() => {}));
    expect(hits).toEqual([]);
  });

  it("switching scripts off leaves the text as it was written", async () => {
    const page = await openPage();
    await page.setJavaScriptEnabled(false);
    await serveDocument(page, samplePage("<p>正文</p><script>document.body.textContent = 'LEAKED'</script>"), new Set(), "");
    expect(await printText(page)).toContain("正文");
  });

  it("the flags do not let a page read the machine's files", async () => {
    const page = await openPage();
    await page.setContent(
      samplePage(`<p>正文</p><iframe src="file://${secretFile}"></iframe><object data="file://${secretFile}"></object>`),
    );
    expect(await printText(page)).not.toContain("LEAKED");
    const started = running?.browser.process()?.spawnargs.join(" ") ?? "";
    expect(started).toContain("--host-resolver-rules=MAP * ~NOTFOUND");
    for (const flag of [
      "--disable-web-security",
      "--allow-running-insecure-content",
      "--single-process",
      "--disable-site-isolation-trials",
    ]) {
      expect(started).not.toContain(flag);
    }
  });
});
