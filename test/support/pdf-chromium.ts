import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openChromiumRenderer } from "../../functions/adapters/chromium/chromium-renderer.ts";
import { launchChromium, type RunningChromium } from "../../functions/adapters/chromium/launch-chromium.ts";
import { unpackPrinter } from "../../functions/adapters/chromium/unpack-printer.ts";
import { writeFontsConf } from "../../functions/adapters/fonts/fonts-conf.ts";
import type { DocumentInfo, DocumentRenderer } from "../../functions/core/ports.ts";

/** One for all tests, so that Chromium is unpacked once per checkout. */
export const testCacheDir = fileURLToPath(new URL("../../node_modules/.cache/test/biaogan", import.meta.url));

/** The printer that the tests share. */
export async function openTestRenderer(
  options: { readonly officeFontsDir?: string; readonly timeoutMs?: number } = {},
): Promise<DocumentRenderer> {
  return openChromiumRenderer(await unpackPrinter(testCacheDir, options), options);
}

export const sampleInfo: DocumentInfo = {
  title: "张家港简报",
  author: "督查室",
  subject: "2018-01",
  language: "zh-CN",
  attachments: [],
  date: "2018-01-31T09:00:00+08:00",
};

/** @returns a complete page with this body, in the way the briefings are built */
export function samplePage(body: string, style = ""): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>题</title><style>
    @page { size: A4; margin: 30mm 25mm; @bottom-center { content: "— " counter(page) " —"; font: 14pt "Noto Serif SC" } }
    body { font: 12pt "Noto Serif SC" } h1, h2 { font-family: "Noto Sans SC" } ${style}</style></head><body>${body}</body></html>`;
}

/** Starts the real Chromium below the renderer, to take one protection away at a time. */
export async function startTestChromium(flags?: readonly string[]): Promise<RunningChromium> {
  const { chromium, fontsDir, fontsIndexDir } = await unpackPrinter(testCacheDir);
  const conf = writeFontsConf([fontsDir], fontsIndexDir);
  return launchChromium(chromium, conf, flags === undefined ? {} : { flags });
}

/** @returns ids of running processes that `parent` started, whose command line contains `text` */
export function findChildren(parent: number, text: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const [, state, parentId] = /\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
        return state !== "Z" && Number(parentId) === parent && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(text);
      } catch {
        return false;
      }
    });
}
