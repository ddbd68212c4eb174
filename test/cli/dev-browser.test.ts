import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { CHROMIUM_FLAGS, type RunningChromium } from "../../functions/adapters/chromium/launch-chromium.ts";
import { startTestChromium } from "../support/pdf-chromium.ts";
import { startPreview, type TestPreview } from "../support/preview.ts";

let preview: TestPreview;
let chromium: RunningChromium;
let page: Page;
/** What the browser complained of: a broken policy, a failing script. */
let complaints: string[];
/** Hosts that were asked for anything. */
let asked: Set<string>;

beforeAll(async () => {
  preview = await startPreview();
  // The browser that prints reaches no address; this one has to reach the server.
  chromium = await startTestChromium(CHROMIUM_FLAGS.filter((flag) => !flag.startsWith("--host-resolver-rules")));
});
afterAll(async () => {
  await chromium.close();
  await preview.close();
});
beforeEach(async () => {
  page = await chromium.browser.newPage();
  [complaints, asked] = [[], new Set()];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) asked.add(new URL(request.url()).host);
  });
});

const inPane = "document.querySelector('iframe').contentDocument";
const paneShows = (words: string) =>
  page.waitForFunction(`${inPane}?.body?.textContent.includes(${JSON.stringify(words)})`, { polling: 20, timeout: 30_000 });

it("a change appears where the reader is on the page, a fault in its place, and the page again when it is mended", async () => {
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(`${preview.address}?period=2026-06`);
  await paneShows("June 2026");
  await page.evaluate(`${inPane}.scrollingElement.scrollTo(0, 2000)`);

  await preview.editTemplate("locales/en.json", '"verdict.met": "met"', '"verdict.met": "REACHED"');
  await paneShows("REACHED");
  await page.waitForFunction(`${inPane}.scrollingElement.scrollTop === 2000`, { timeout: 10_000 });

  await preview.office.edit("office.yaml", "language: en", "language: fr");
  await paneShows("This cannot be shown");
  await preview.office.edit("office.yaml", "language: fr", "language: en");
  await paneShows("REACHED");

  expect(complaints.filter((text) => !text.includes("the server responded with a status of 422"))).toEqual([]);
  expect([...asked]).toEqual([new URL(preview.address).host]);
});

it("another edition is a choice away, and on a phone everything is as wide as the screen", async () => {
  await page.setViewport({ width: 375, height: 812, isMobile: true, hasTouch: true });
  await page.goto(`${preview.address}?period=2026-06`);
  await Promise.all([page.waitForNavigation({ waitUntil: "domcontentloaded" }), page.select("select[name=edition]", "theme-homes")]);
  expect(new URL(page.url()).searchParams.get("edition")).toBe("theme-homes");
  await paneShows("Homes and people");
  const widths = `[document.documentElement, ${inPane}.documentElement].map((e) => e.scrollWidth <= e.clientWidth)`;
  expect(await page.evaluate(widths)).toEqual([true, true]);
  const tops = "[...document.querySelectorAll('iframe')].map((f) => f.getBoundingClientRect().top)";
  expect(await page.evaluate(`((tops) => tops[1] > tops[0])(${tops})`)).toBe(true);
  expect(complaints).toEqual([]);
});

it("without script it is a form and two frames", async () => {
  await page.setJavaScriptEnabled(false);
  await page.goto(`${preview.address}?period=2026-06`, { waitUntil: "domcontentloaded" });
  await Promise.all([page.waitForNavigation({ waitUntil: "domcontentloaded" }), page.click("a[aria-label='Previous month']")]);
  await Promise.all([page.waitForNavigation({ waitUntil: "domcontentloaded" }), page.click("button")]);
  const { searchParams } = new URL(page.url());
  expect(Object.fromEntries(searchParams)).toEqual({ period: "2026-05", "as-of": "", edition: "full", language: "en" });
});
