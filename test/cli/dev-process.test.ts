import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { modelAttachment } from "../../functions/render-briefing/attachments.ts";
import { copyHarbourton, harbourton, type OfficeCopy } from "../support/office-copy.ts";
import { findChildren, testCacheDir } from "../support/pdf-chromium.ts";
import { readPdf } from "../support/pdf-text.ts";
import { runBiaogan } from "../support/run-biaogan.ts";

const command = fileURLToPath(new URL("../../functions/cli/biaogan.mjs", import.meta.url));

let office: OfficeCopy;
/** What the process leaves in the temporary directory lies here. */
let temporary: string;
let child: ChildProcess;
let address: string;
beforeEach(async () => {
  office = await copyHarbourton();
  temporary = await mkdtemp(join(tmpdir(), "dev-"));
  const env = { ...process.env, XDG_CACHE_HOME: dirname(testCacheDir), TMPDIR: temporary };
  child = spawn(process.execPath, [command, "dev", "--port", "0", "--data", office.dir], { env, stdio: ["ignore", "pipe", "pipe"] });
  address = await new Promise((resolve) => child.stdout?.once("data", (line: Buffer) => resolve(line.toString().trim())));
});
afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  await office.remove();
  await rm(temporary, { recursive: true });
});

/** Ends the process as Ctrl-C does. @returns how it ended, and what it left */
async function interrupt() {
  const browsers = findChildren(child.pid ?? 0, "chromium");
  const ended = once(child, "exit");
  child.kill("SIGINT");
  const [code, signal] = await ended;
  return { code, signal, browsers: browsers.length, alive: browsers.filter(isAlive), left: await readdir(temporary) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const pdf = (query: string) => fetch(new URL(`/preview/pdf?${query}`, address));

describe("biaogan dev", () => {
  it("serves the PDF of the same model, marked as a draft, and ends with nothing left", async () => {
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const response = await pdf("period=2026-06&edition=theme-homes");
    expect(response.headers.get("content-type")).toBe("application/pdf");
    expect(response.headers.get("content-disposition")).toBe(
      "inline; filename*=UTF-8''harbourton-monthly-2026-06-draft-theme-homes-en.pdf",
    );
    const { document, pages } = await readPdf(new Uint8Array(await response.arrayBuffer()));
    const model = document.getAttachments().find((a) => a.name === modelAttachment);
    expect(JSON.parse(Buffer.from(model?.data ?? []).toString())).toMatchObject({
      status: "draft",
      run: "monthly-2026-06-draft",
      edition: "theme-homes-en",
      asOf: "2026-06-30",
    });
    expect(pages[0]?.replaceAll(/\s/g, "")).toContain("Homesandpeople");
    expect(await interrupt()).toMatchObject({ code: 0, signal: null, browsers: 1, alive: [], left: [] });
  });

  it("names a character that cannot be printed in the PDF's pane, and prints again when it is mended", async () => {
    await office.edit("office.yaml", "name: { en: Harbourton (fictional) }", "name: { en: Harbourton \u{1f6a2} }");
    await expect
      .poll(async () => (await pdf("period=2026-06&edition=theme-homes")).text(), { timeout: 60_000, interval: 500 })
      .toContain("U+1F6A2");
    const broken = await pdf("period=2026-06&edition=theme-homes");
    expect(broken.status).toBe(422);
    await office.edit("office.yaml", "name: { en: Harbourton \u{1f6a2} }", "name: { en: Harbourton }");
    await expect
      .poll(async () => (await pdf("period=2026-06&edition=theme-homes")).headers.get("content-type"), { timeout: 60_000, interval: 500 })
      .toBe("application/pdf");
  });

  it("ends in the middle of printing, and twice told is told once", async () => {
    const printing = pdf("period=2026-06&edition=full").catch(() => "broken off");
    await expect.poll(() => findChildren(child.pid ?? 0, "chromium").length, { timeout: 30_000, interval: 50 }).toBe(1);
    const started = performance.now();
    const ending = interrupt();
    child.kill("SIGINT");
    expect(await ending).toMatchObject({ code: 0, signal: null, alive: [], left: [] });
    expect(performance.now() - started).toBeLessThan(15_000);
    await printing;
  });

  it("says that its port is taken, is none, or that there is no such office", async () => {
    const port = new URL(address).port;
    const dev = (...args: string[]) => runBiaogan(["dev", ...args]);
    const taken = await dev("--port", port, "--data", harbourton);
    expect(taken).toMatchObject({ code: 1, stdout: "" });
    expect(taken.stderr).toContain(`--port: ${port} is taken; name another, or 0 for any that is free`);
    expect((await dev("--port", "65536")).stderr).toContain('--port: "65536" is not a port');
    expect((await dev("--port", "0", "--data", join(temporary, "none"))).stderr).toContain("there is no such folder");
  });
});
