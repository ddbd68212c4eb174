import type { Browser, CDPSession, HTTPRequest, Page } from "puppeteer-core";
import { RenderError } from "../../core/errors.ts";
import { listForbiddenElements, listHeadings, listShownTexts } from "./inspect-page.ts";

/** The page's address: reserved never to exist (RFC 6761), answered by us, and never file:, so that it has no right to read files. */
const DOCUMENT_URL = "https://briefing.invalid/";

/** Only what a self-contained page needs. `sandbox` also stops scripts, forms and redirects. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; sandbox";

const MM_PER_INCH = 25.4;
/** The page's own @page rule goes before this. */
const A4_INCHES = { paperWidth: 210 / MM_PER_INCH, paperHeight: 297 / MM_PER_INCH };
const CLOSE_TIMEOUT_MS = 2000;
const CRASH_REPORT_MS = 250;

/** A page as Chromium printed it. */
export interface PrintedPage {
  readonly pdf: Uint8Array;
  /** The words of every heading, in order: what the outline's entries are named after. */
  readonly headings: readonly string[];
}

/**
 * Loads one page under all protections and prints it.
 * @param checkTexts gets every text that the page shows; what it throws stops the printing
 * @param signal ends the work at once, with its reason as the error
 * @throws RenderError when the page asks for a resource or holds an element that could, naming each; or when Chromium crashes
 */
export async function printPage(
  browser: Browser,
  html: string,
  checkTexts: (texts: readonly string[]) => void,
  signal: AbortSignal,
): Promise<PrintedPage> {
  const page = await unlessAborted(browser.newPage(), signal);
  const crash = new AbortController();
  page.once("error", (cause) => crash.abort(new RenderError("Chromium crashed while it laid the page out", { cause })));
  try {
    return await unlessAborted(printGuarded(page, html, checkTexts), AbortSignal.any([signal, crash.signal]));
  } catch (error) {
    // What a crash breaks off may fail a moment before Chromium reports the crash itself.
    if (!signal.aborted) await untilAborted(crash.signal, CRASH_REPORT_MS);
    throw crash.signal.aborted ? crash.signal.reason : error;
  } finally {
    await closePage(page);
  }
}

async function printGuarded(page: Page, html: string, checkTexts: (texts: readonly string[]) => void): Promise<PrintedPage> {
  const refused = new Set<string>();
  const session = await page.createCDPSession();
  await reportRequests(session, refused);
  await page.setJavaScriptEnabled(false);
  // Before loading, so that what only the printed page would ask for is seen too.
  await page.emulateMediaType("print");
  await serveDocument(page, html, refused);
  const snapshot = await session.send("DOMSnapshot.captureSnapshot", { computedStyles: [] });
  for (const element of listForbiddenElements(snapshot)) refused.add(element);
  stopIfRefused(refused);
  checkTexts(listShownTexts(snapshot));
  const printed = await session.send("Page.printToPDF", {
    ...A4_INCHES,
    preferCSSPageSize: true,
    printBackground: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  });
  stopIfRefused(refused);
  return { pdf: Buffer.from(printed.data, "base64"), headings: listHeadings(snapshot) };
}

/** A page that hangs may not close; then Chromium is ended, for it would keep a core busy for good. */
async function closePage(page: Page): Promise<void> {
  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(late.resolve, CLOSE_TIMEOUT_MS, "late");
  const outcome = await Promise.race([page.close().catch(() => "gone"), late.promise]);
  clearTimeout(timer);
  if (outcome === "late") page.browser().process()?.kill("SIGKILL");
}

/**
 * Opens the page with `html` as its document: requests are intercepted, the document is answered from memory, `data:` passes,
 * and everything else is aborted and noted in `refused`.
 * @param policy for tests that take the content security policy away to see the interception hold
 */
export async function serveDocument(page: Page, html: string, refused: Set<string>, policy = CONTENT_SECURITY_POLICY): Promise<void> {
  let served = false;
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const isDocument = !served && request.isNavigationRequest() && request.url() === DOCUMENT_URL;
    if (isDocument) served = true;
    else if (!request.url().startsWith("data:")) refused.add(request.url());
    // An answer that comes too late, after the page was closed, changes nothing.
    answerRequest(request, isDocument ? { html, policy } : undefined).catch(() => {});
  });
  await page.goto(DOCUMENT_URL, { waitUntil: "load", timeout: 0 });
}

async function answerRequest(request: HTTPRequest, own: { html: string; policy: string } | undefined): Promise<void> {
  if (own !== undefined) {
    const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": own.policy };
    return request.respond({ status: 200, headers, body: own.html });
  }
  return request.url().startsWith("data:") ? request.continue() : request.abort("blockedbyclient");
}

/** The policy stops a request before it could be intercepted; Chromium tells of it in its log of requests or of issues. */
async function reportRequests(session: CDPSession, refused: Set<string>): Promise<void> {
  session.on("Network.requestWillBeSent", ({ request, type }) => {
    const isDocument = type === "Document" && request.url === DOCUMENT_URL;
    if (!isDocument && !request.url.startsWith("data:")) refused.add(request.url);
  });
  session.on("Audits.issueAdded", ({ issue }) => {
    const details = issue.details.contentSecurityPolicyIssueDetails;
    if (details !== undefined) refused.add(details.blockedURL ?? details.violatedDirective);
  });
  await session.send("Network.enable");
  await session.send("Audits.enable");
}

function stopIfRefused(refused: ReadonlySet<string>): void {
  if (refused.size === 0) return;
  throw new RenderError(`the page is not self-contained; nothing was printed. It has or asks for: ${[...refused].join(", ")}`);
}

/** Waits until the signal is aborted, at most `ms`. */
async function untilAborted(signal: AbortSignal, ms: number): Promise<void> {
  if (signal.aborted) return;
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, ms);
  signal.addEventListener("abort", () => over.resolve(), { once: true });
  await over.promise;
  clearTimeout(timer);
}

/** @returns what `work` returns, unless `signal` is aborted first; then its reason is thrown and `work` is left to end by itself */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    work.catch(() => {});
  }
}
