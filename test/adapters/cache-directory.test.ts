import { mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultCacheDir, fillOnce } from "../../functions/adapters/cache-directory.ts";

let cacheDir: string;
beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), "biaogan-cache-"));
});
afterEach(() => rm(cacheDir, { recursive: true }));

const write = (text: string) => async (directory: string) => writeFile(join(directory, "content"), text);
const read = () => readFileSync(join(cacheDir, "thing", "content"), "utf8");

describe("a directory that is filled once", () => {
  it("is not filled again", async () => {
    await fillOnce(cacheDir, "thing", write("first"));
    expect(await fillOnce(cacheDir, "thing", write("second"))).toBe(join(cacheDir, "thing"));
    expect(read()).toBe("first");
  });

  it("does not appear, and leaves nothing behind, when the filling fails", async () => {
    const failing = async (directory: string) => {
      await write("half")(directory);
      throw new Error("disk full");
    };
    await expect(fillOnce(cacheDir, "thing", failing)).rejects.toThrow("disk full");
    expect(readdirSync(cacheDir)).toEqual([]);
  });

  it("is whole when several fill it at once", async () => {
    const slow = (text: string) => async (directory: string) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await write(text)(directory);
    };
    const paths = await Promise.all(["a", "b", "c"].map((text) => fillOnce(cacheDir, "thing", slow(text))));
    expect(new Set(paths)).toEqual(new Set([join(cacheDir, "thing")]));
    expect(readdirSync(cacheDir)).toEqual(["thing"]);
    expect(["a", "b", "c"]).toContain(read());
  });

  it("ignores and later removes what a killed process left unfinished", async () => {
    for (const name of ["thing.part-old", "thing.part-new"]) {
      await mkdir(join(cacheDir, name));
      writeFileSync(join(cacheDir, name, "content"), "half");
    }
    const twoHoursAgo = new Date(Date.now() - 2 * 3600 * 1000);
    utimesSync(join(cacheDir, "thing.part-old"), twoHoursAgo, twoHoursAgo);
    await fillOnce(cacheDir, "thing", write("whole"));
    expect(read()).toBe("whole");
    expect(readdirSync(cacheDir).toSorted()).toEqual(["thing", "thing.part-new"]);
  });
});

describe("the default cache folder", () => {
  it("follows XDG_CACHE_HOME and else lies in the home directory", () => {
    expect(defaultCacheDir({ XDG_CACHE_HOME: "/cache" }, "/home/li")).toBe("/cache/biaogan");
    expect(defaultCacheDir({ XDG_CACHE_HOME: "" }, "/home/li")).toBe("/home/li/.cache/biaogan");
    expect(defaultCacheDir({}, "/home/li")).toBe("/home/li/.cache/biaogan");
  });
});
