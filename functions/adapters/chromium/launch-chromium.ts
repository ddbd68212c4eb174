import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type Browser } from "puppeteer-core";
import { RenderError } from "../../core/errors.ts";
import type { ChromiumInstall } from "./installed-printer.ts";

/** How long a polite goodbye may take before the process is killed. */
const CLOSE_TIMEOUT_MS = 3000;

/**
 * Every flag Chromium is started with, and why. Those that the npm package recommends are not used: with
 * --disable-web-security, --allow-running-insecure-content and --single-process a page could print the machine's files.
 */
export const CHROMIUM_FLAGS: readonly string[] = [
  "--headless", // there is no display
  "--no-sandbox", // root, containers and Lambda allow neither the setuid helper nor user namespaces; what is printed is our own page, without script
  "--no-zygote", // the zygote only serves the sandbox, and needs privileges that Lambda does not give
  "--host-resolver-rules=MAP * ~NOTFOUND", // no name and no address resolves: nothing can be reached even if all else fails
  "--no-proxy-server", // a proxy would resolve names for us
  "--disable-background-networking", // no update checks, no field trials
  "--disable-component-update", // nothing is downloaded behind our back
  "--disable-domain-reliability", // no reports about failed requests
  "--disable-sync",
  "--disable-extensions",
  "--disable-default-apps",
  "--disable-breakpad", // no crash upload
  "--no-pings",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-gpu", // printing draws no pixels, and the software GL libraries stay packed
  "--disable-dev-shm-usage", // Lambda has no /dev/shm, containers a small one
  "--font-render-hinting=none", // glyph widths must not depend on the screen's hinting
  "--force-color-profile=srgb", // colours must not depend on the machine
  "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,PaintHolding", // services no printed page uses
];

/** A running Chromium. */
export interface RunningChromium {
  readonly browser: Browser;
  /** Ends the process for certain and removes its private directory. */
  close(): Promise<void>;
}

/**
 * Starts Chromium with an environment of its own: nothing of this process's environment is passed on.
 * @param fontsConf text of the fontconfig file that lists all the fonts it may use
 * @param flags for tests that take one protection away to see the next one hold
 * @throws RenderError when it does not start
 */
export async function launchChromium(
  install: ChromiumInstall,
  fontsConf: string,
  { flags = CHROMIUM_FLAGS, timeoutMs = 30_000 }: { flags?: readonly string[]; timeoutMs?: number } = {},
): Promise<RunningChromium> {
  const home = await mkdtemp(join(tmpdir(), "biaogan-chromium-"));
  try {
    await mkdir(join(home, "profile"));
    await writeFile(join(home, "fonts.conf"), fontsConf);
    const browser = await puppeteer.launch({
      executablePath: install.executable,
      ignoreDefaultArgs: true,
      args: [...flags, `--user-data-dir=${join(home, "profile")}`, "about:blank"],
      // A pipe instead of a port: no other process can drive this browser, and it ends when we end.
      pipe: true,
      // Ctrl-C is the command's to handle: puppeteer would end our process on it.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: timeoutMs,
      env: { LD_LIBRARY_PATH: install.libraries, FONTCONFIG_FILE: join(home, "fonts.conf"), HOME: home, TMPDIR: home },
    });
    return { browser, close: () => closeChromium(browser, home) };
  } catch (cause) {
    await rm(home, { recursive: true, force: true });
    throw new RenderError(`Chromium did not start: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

async function closeChromium(browser: Browser, home: string): Promise<void> {
  const child = browser.process();
  const closing = browser.close().catch(() => {});
  await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, CLOSE_TIMEOUT_MS).unref())]);
  if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) killGroup(child.pid);
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
}

/** Kills Chromium with its helpers: puppeteer starts it as the leader of a process group of its own. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It ended in this moment.
  }
}
