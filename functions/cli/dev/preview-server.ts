import { once } from "node:events";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { sha256 } from "../../adapters/content-hash.ts";
import { makeDocumentFonts } from "../../adapters/fonts/document-fonts.ts";
import { listFaces } from "../../adapters/fonts/list-faces.ts";
import { InputError } from "../../core/errors.ts";
import { cacheDir } from "../workplace.ts";
import { makePreviewApp } from "./preview-app.ts";
import { openPreviewPrinter } from "./preview-printer.ts";
import { type Change, openPreviewSession } from "./preview-session.ts";
import { watchFolder } from "./watch-folder.ts";

export interface PreviewServerOptions {
  /** 0 for any that is free. */
  readonly port: number;
  readonly dataDir: string;
  readonly templatesDir: string;
  /** Told of set-up that takes time, and of what goes wrong beside the pages. */
  readonly say: (line: string) => void;
}

/** A preview that runs. */
export interface PreviewServer {
  readonly address: string;
  /** Ends everything that was started, the browser included. */
  close(): Promise<void>;
}

/** Watches the office's folder and the templates, and serves what is made of them, on this machine alone.
 *  @throws InputError when the port is taken */
export async function openPreviewServer({ port, dataDir, templatesDir, say }: PreviewServerOptions): Promise<PreviewServer> {
  const shipped = await makeDocumentFonts(cacheDir(), say);
  const printer = openPreviewPrinter(dataDir, say);
  const session = openPreviewSession({
    dataDir,
    templatesDir,
    shippedFaces: await listFaces([shipped]),
    digest: sha256,
    print: printer.print,
  });
  const readers = new Set<(changes: ReadonlySet<Change>) => void>();
  const tell = (changes: ReadonlySet<Change>) => {
    session.forget(changes);
    if (changes.has("fonts")) void printer.renew();
    for (const told of readers) told(changes);
  };
  const subscribe = (told: (changes: ReadonlySet<Change>) => void) => {
    readers.add(told);
    return () => void readers.delete(told);
  };
  const { fetch } = makePreviewApp({ session, subscribe });
  const server = createServer(getRequestListener(fetch));
  const onError = (error: unknown) => say(`a change may be missed: ${error instanceof Error ? error.message : String(error)}`);
  const watching = await Promise.all([
    watchFolder(dataDir, { onError, onChange: (paths) => tell(new Set(paths.map(kindOfData))) }),
    watchFolder(templatesDir, { onError, onChange: (paths) => tell(new Set(paths.map(kindOfTemplate))) }),
  ]);
  const close = async () => {
    await Promise.all(watching.map((stop) => stop()));
    session.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await printer.close();
  };
  try {
    return { address: await listen(server, port), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<string> {
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE" ? "is taken" : `cannot be used: ${cause}`;
    throw new InputError([{ file: "--port", message: `${port} ${reason}; name another, or 0 for any that is free` }], { cause });
  }
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}/`;
}

function kindOfData(path: string): Change {
  return path === "fonts" || path.startsWith("fonts/") ? "fonts" : "data";
}

function kindOfTemplate(path: string): Change {
  return path.startsWith("locales/") ? "locales" : "templates";
}
