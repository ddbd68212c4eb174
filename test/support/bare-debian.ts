import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepOnce, needCommands, run } from "./conformance-tools.ts";

const installTimeoutMs = 10 * 60_000;

/** A Debian with nothing but its essential packages, of this machine's own release: what is compiled here runs there.
 *  @returns the path of a tar archive of its root folder, made on first use (by root, on Debian) */
export async function keepBareDebian(): Promise<string> {
  const release = await readRelease();
  await needCommands("debootstrap");
  return keepOnce(`debian-${release}-minbase.tar`, async (archive) => {
    const folder = await mkdtemp(join(tmpdir(), "biaogan-debootstrap-"));
    try {
      await run("debootstrap", ["--variant=minbase", release, folder], { timeout: installTimeoutMs });
      await run("tar", ["--create", "--file", archive, "--directory", folder, "."]);
    } finally {
      // An installation that broke off may have left something mounted there.
      await run("rm", ["-rf", "--one-file-system", folder]);
    }
  });
}

async function readRelease(): Promise<string> {
  const description = await readFile("/etc/os-release", "utf8").catch(() => "");
  const release = /^VERSION_CODENAME=(\w+)$/m.exec(description)?.[1];
  if (release === undefined || !/^ID=debian$/m.test(description) || process.arch !== "x64" || process.getuid?.() !== 0) {
    throw new Error("this conformance test makes a Debian of its own: run it as root on Debian x64");
  }
  return release;
}
