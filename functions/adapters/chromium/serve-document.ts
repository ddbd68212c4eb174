import type { CDPSession, HTTPRequest, Page } from "puppeteer-core";

/** The page's address: reserved never to exist (RFC 6761), answered by us, and never file:, so that it has no right to read files. */
const DOCUMENT_URL = "https://briefing.invalid/";

/** Only what a self-contained page needs. `sandbox` also stops scripts, forms and redirects. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; sandbox";

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
export async function reportRequests(session: CDPSession, refused: Set<string>): Promise<void> {
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
