import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPreviewServer } from "../../functions/cli/dev/preview-server.ts";
import { copyHarbourton, type OfficeCopy } from "./office-copy.ts";
import { testCacheDir } from "./pdf-chromium.ts";

/** A real preview server on a free port, over copies that a test may break. */
export interface TestPreview {
  readonly address: string;
  readonly office: OfficeCopy;
  readonly templatesDir: string;
  /** What it said beside its pages. */
  readonly said: string[];
  get(path: string): Promise<{ readonly status: number; readonly text: string; readonly headers: Headers }>;
  /** Replaces words of a template or a locale, the way editors save: a new file takes the old one's place. */
  editTemplate(path: string, from: string, to: string): Promise<void>;
  close(): Promise<void>;
}

export async function startPreview(): Promise<TestPreview> {
  // defaultCacheDir adds "biaogan".
  process.env["XDG_CACHE_HOME"] = dirname(testCacheDir);
  const office = await copyHarbourton();
  const templatesDir = await mkdtemp(join(tmpdir(), "templates-"));
  await cp(fileURLToPath(new URL("../../templates", import.meta.url)), templatesDir, { recursive: true });
  const said: string[] = [];
  const server = await openPreviewServer({ port: 0, dataDir: office.dir, templatesDir, say: (line) => said.push(line) });
  return {
    address: server.address,
    office,
    templatesDir,
    said,
    async get(path) {
      const response = await fetch(new URL(path, server.address));
      return { status: response.status, text: await response.text(), headers: response.headers };
    },
    async editTemplate(path, from, to) {
      const file = join(templatesDir, path);
      const text = await readFile(file, "utf8");
      if (!text.includes(from)) throw new Error(`${path} does not contain: ${from}`);
      await writeFile(`${file}~`, text.replace(from, to));
      await rename(`${file}~`, file);
    },
    async close() {
      await server.close();
      await office.remove();
      await rm(templatesDir, { recursive: true });
    },
  };
}

/** What a browser's EventSource would be told. */
export interface NewsReader {
  /** @returns the next event, as `name: data` */
  next(): Promise<string>;
  close(): Promise<void>;
}

export async function readNews(address: string): Promise<NewsReader> {
  const { body } = await fetch(new URL("/events", address));
  if (!body) throw new Error("the news have no body");
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const next = async (): Promise<string> => {
    const end = text.indexOf("\n\n");
    if (end === -1) {
      const { value, done } = await reader.read();
      if (done) throw new Error("the news have ended");
      text += value;
      return next();
    }
    const lines = text.slice(0, end).split("\n");
    text = text.slice(end + 2);
    const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
    return `${field("event")}: ${field("data")}`;
  };
  const greeting = await next();
  if (greeting !== "hello: ") throw new Error(`the news begin with ${greeting}`);
  return { next, close: () => reader.cancel() };
}
