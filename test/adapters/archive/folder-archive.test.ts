import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createFolderArchive } from "../../../functions/adapters/archive/folder-archive.ts";
import { StoreError } from "../../../functions/core/errors.ts";
import { describeArchiveContract } from "../../support/archive-contract.ts";

const content = new TextEncoder().encode("content");

describeArchiveContract("a folder", async () => {
  const root = await mkdtemp(join(tmpdir(), "biaogan-archive-"));
  return {
    archive: createFolderArchive(root),
    everythingStored: async () => {
      const entries = await readdir(root, { withFileTypes: true, recursive: true });
      const files = entries.filter((entry) => !entry.isDirectory());
      return files.map((entry) => relative(root, join(entry.parentPath, entry.name))).toSorted();
    },
    close: () => rm(root, { recursive: true }),
  };
});

async function emptyRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "biaogan-archive-"));
  onTestFinished(() => rm(root, { recursive: true }));
  return root;
}

test("a folder archive makes no folder before something is published", async () => {
  const root = join(await emptyRoot(), "later");
  const archive = createFolderArchive(root);
  expect(await archive.list("")).toEqual([]);
  expect(await archive.get("a.pdf")).toBeUndefined();
  expect(existsSync(root)).toBe(false);
});

test("what a crash left unfinished is neither listed nor read nor in the way", async () => {
  const root = await emptyRoot();
  const archive = createFolderArchive(root);
  await mkdir(join(root, ".staging"));
  await writeFile(join(root, ".staging", "9c5b94b1-35ad-49bb-b118-8e8fc24abf80"), "half of a PDF");
  expect(await archive.list("")).toEqual([]);
  expect(await archive.put("a.pdf", content, "application/pdf")).toBe("created");
  expect(await archive.list("")).toEqual(["a.pdf"]);
});

test("a key that lies under a published file is refused with the reason", async () => {
  const archive = createFolderArchive(await emptyRoot());
  await archive.put("a", content, "text/plain");
  await archive.put("b/c", content, "text/plain");
  await expect(archive.put("a/b", content, "text/plain")).rejects.toThrow(StoreError);
  await expect(archive.put("a/b", content, "text/plain")).rejects.toThrow(/already.* a file: choose another key/);
  await expect(archive.put("b", content, "text/plain")).rejects.toThrow(/already a folder of other keys/);
});

test("a folder that cannot be used is named in the error, with the way out", async () => {
  const root = await emptyRoot();
  await writeFile(join(root, "file"), "");
  await expect(createFolderArchive(join(root, "file")).put("a", content, "text/plain")).rejects.toThrow(/the archive could not put .*file/);
  await symlink("loop", join(root, "loop"));
  await expect(createFolderArchive(join(root, "loop")).get("a")).rejects.toThrow(/the archive could not get .*ELOOP/);
});

test("a folder without permission is named in the error", async () => {
  const root = await emptyRoot();
  await chmod(root, 0o555);
  const put = () => createFolderArchive(root).put("a", content, "text/plain");
  await expect(asNobody(put)).rejects.toThrow(/EACCES; check the folder's permissions/);
});

/** Permissions do not bind root: there the work is done as the user `nobody`. */
async function asNobody(work: () => Promise<unknown>): Promise<void> {
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    if (root) process.seteuid?.(0);
  }
}
