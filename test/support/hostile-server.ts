import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A real HTTP server on the loopback that remembers every request it gets. */
export interface RecordingServer {
  readonly origin: string;
  /** Paths asked for, in order. */
  readonly hits: readonly string[];
  close(): Promise<void>;
}

/** @param answer for tests that serve a page; everything else is answered with a text that must never be seen */
export async function startRecordingServer(answer?: (path: string, response: ServerResponse) => boolean): Promise<RecordingServer> {
  const hits: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const path = request.url ?? "";
    hits.push(path);
    if (answer?.(path, response) !== true) response.end("LEAKED");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    hits,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Every way we know for a page to reach out, by name. Each is the body of a page. */
export function listHostileBodies(origin: string, file: string): Record<string, string> {
  return {
    "a frame with a local file": `<iframe src="file://${file}"></iframe>`,
    "an object with a local file": `<object data="file://${file}"></object>`,
    "an image over HTTP": `<img src="${origin}/img">`,
    "a frame over HTTP": `<iframe src="${origin}/frame"></iframe>`,
    "an object over HTTP": `<object data="${origin}/object"></object>`,
    "an embed over HTTP": `<embed src="${origin}/embed">`,
    "a redirect": `<meta http-equiv="refresh" content="0;url=${origin}/redirect">`,
    "a redirect to a local file": `<meta http-equiv="refresh" content="0;url=file://${file}">`,
    "a script": "<script>document.body.textContent = 'LEAKED'</script>",
    "a script over HTTP": `<script src="${origin}/script.js"></script>`,
    "a style sheet over HTTP": `<link rel="stylesheet" href="${origin}/style.css">`,
    "an imported style sheet": `<style>@import url(${origin}/import.css);</style>`,
    "a background image": `<p style="background: url(${origin}/background)">x</p>`,
    "an image in the page margin": `<style>@page { @top-left { content: url(${origin}/margin) } }</style>`,
    "an image only in print": `<style>@media print { p { background: url(${origin}/print) } }</style><p>x</p>`,
    "a font over HTTP": `<style>@font-face { font-family: far; src: url(${origin}/font) } p { font-family: far }</style><p>x</p>`,
    "an image inside SVG": `<svg><image href="${origin}/svg" width="9" height="9"/></svg>`,
    "a picture in several sizes": `<img srcset="${origin}/srcset 1x">`,
    "a video": `<video src="${origin}/video" autoplay></video>`,
    "an inline frame with an image": `<iframe srcdoc="&lt;img src=${origin}/srcdoc&gt;"></iframe>`,
    "another base": `<base href="${origin}/"><img src="base.png">`,
    "a preload": `<link rel="preload" as="image" href="${origin}/preload">`,
    "an early connection": `<link rel="preconnect" href="${origin}">`,
    "a relative image": '<img src="relative.png">',
  };
}
