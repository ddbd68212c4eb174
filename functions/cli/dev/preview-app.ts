import { readFile } from "node:fs/promises";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { NONCE, type SecureHeadersVariables, secureHeaders } from "hono/secure-headers";
import { streamSSE } from "hono/streaming";
import { sha256 } from "../../adapters/content-hash.ts";
import { ContentError, InputError, LayoutError, MissingGlyphError } from "../../core/errors.ts";
import { QueryError, readWanted } from "./preview-query.ts";
import { type Change, NothingSaidError, type PreviewSession, SupersededError } from "./preview-session.ts";
import { describeScreen, dressForScreen, faceUrl } from "./screen-page.ts";
import { viewBareShell, viewShell } from "./shell-view.ts";

export interface PreviewAppDeps {
  readonly session: Omit<PreviewSession, "forget">;
  /** @returns what ends the telling */
  readonly subscribe: (told: (changes: ReadonlySet<Change>) => void) => () => void;
}

type Env = { Variables: SecureHeadersVariables };
type Policy = NonNullable<NonNullable<Parameters<typeof secureHeaders>[0]>["contentSecurityPolicy"]>;
type Show = (c: Context<Env>) => Promise<Response>;

const shared = { defaultSrc: ["'none'"], baseUri: ["'none'"] };
/** Everything comes from here; the one script and the one style carry a nonce. */
const shellPolicy = {
  ...shared,
  scriptSrc: [NONCE],
  styleSrc: [NONCE],
  connectSrc: ["'self'"],
  imgSrc: ["data:"],
  frameSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};
/** A briefing has a style and fonts and nothing else: no script, no form, no request. */
const pagePolicy = {
  ...shared,
  styleSrc: ["'unsafe-inline'"],
  fontSrc: ["'self'"],
  formAction: ["'none'"],
  frameAncestors: ["'self'"],
  sandbox: ["allow-same-origin"],
};

/** The preview as an HTTP application: a page with two panes, what they show, and the news that something changed. */
export function makePreviewApp({ session, subscribe }: PreviewAppDeps): Hono<Env> {
  const app = new Hono<Env>();

  app.use(refuseOtherHosts);
  app.use((c, next) => {
    c.header("Cache-Control", "no-store");
    return next();
  });
  app.use("/", protect(shellPolicy));
  app.use("/preview/html", protect(pagePolicy));
  // A browser's own viewer shows nothing under a policy of this kind.
  app.use("/preview/pdf", protect({ frameAncestors: ["'self'"] }));

  app.get(
    "/",
    guarded(async (c) => {
      const { register, templates = await session.templates() } = await session.lastGood();
      const nonce = c.get("secureHeadersNonce") ?? "";
      const view = register ? viewShell(readWanted(c.req.query(), register), register, nonce) : viewBareShell(c.req.url, nonce);
      return c.html(templates.render("dev/shell", view, view.locale));
    }),
  );
  app.get(
    "/preview/html",
    guarded(async (c) => {
      const wanted = readWanted(c.req.query(), await session.register());
      const html = await session.html(wanted);
      const style = (await session.templates()).render("dev/screen", describeScreen(html, await session.faces()), wanted.edition.locale);
      return c.html(dressForScreen(html, style));
    }),
  );
  app.get(
    "/preview/pdf",
    guarded(async (c) => {
      const { briefing, document } = await session.pdf(readWanted(c.req.query(), await session.register()));
      const name = encodeURIComponent(`${briefing.office.id}-${briefing.run}-${briefing.edition}.pdf`);
      return c.body(Uint8Array.from(document), 200, {
        "Content-Type": "application/pdf",
        "Content-Disposition": `inline; filename*=UTF-8''${name}`,
      });
    }),
  );
  app.get("/fonts/:name", async (c) => {
    const face = (await session.faces()).find((known) => faceUrl(known) === c.req.path);
    const content = face && (await readFile(face.path));
    // A browser keeps it for good: what was written a moment ago is not served under the address of what was there before.
    if (!content || sha256(content) !== face.sha256) return c.notFound();
    return c.body(Uint8Array.from(content), 200, { "Content-Type": "font/ttf", "Cache-Control": "max-age=31536000, immutable" });
  });
  app.get("/events", (c) =>
    streamSSE(c, async (stream) => {
      const gone = Promise.withResolvers<void>();
      const end = subscribe((changes) => void stream.writeSSE({ event: "change", data: [...changes].join(" ") }));
      stream.onAbort(gone.resolve);
      // A browser that lost us comes back soon, and sees by the greeting that it may have missed something.
      await stream.writeSSE({ event: "hello", data: "", retry: 500 });
      await gone.promise;
      end();
    }),
  );
  app.notFound((c) => c.text("There is nothing here. The preview is at /\n", 404));
  app.onError((error, c) => c.text(`${error.message}\n`, 500));
  return app;

  function guarded(show: Show): Show {
    return (c) => show(c).catch((error: unknown) => showFault(c, error));
  }

  /** Never fails: what is broken may be the very template that would say so. */
  async function showFault(c: Context<Env>, error: unknown): Promise<Response> {
    const status = statusOf(error);
    const message = error instanceof Error ? error.message : String(error);
    const { register, templates } = await session.lastGood();
    const locale = register?.office.language ?? "en";
    try {
      if (!templates) throw error;
      const nonce = c.get("secureHeadersNonce") ?? "";
      return c.html(templates.render("dev/fault", { message, locale, nonce, address: error instanceof QueryError }, locale), status);
    } catch {
      return c.text(`${message}\n`, status);
    }
  }
}

function protect(contentSecurityPolicy: Policy) {
  return secureHeaders({ contentSecurityPolicy, strictTransportSecurity: false });
}

/** A page elsewhere can make a name of its own point to this machine; it cannot make its browser ask for this one. */
const refuseOtherHosts: MiddlewareHandler<Env> = async (c, next) => {
  const { hostname } = new URL(c.req.url);
  if (hostname !== "127.0.0.1" && hostname !== "localhost") return c.text("biaogan dev answers to 127.0.0.1 and localhost only\n", 403);
  return next();
};

function statusOf(error: unknown): 400 | 404 | 422 | 500 | 503 {
  if (error instanceof QueryError) return 400;
  if (error instanceof NothingSaidError) return 404;
  if (error instanceof SupersededError) return 503;
  const ofContent = [InputError, ContentError, LayoutError, MissingGlyphError].some((kind) => error instanceof kind);
  return ofContent ? 422 : 500;
}
