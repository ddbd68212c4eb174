import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ArchiveConflictError, InputError } from "../../functions/core/errors.ts";
import type { BriefingArchive } from "../../functions/core/ports.ts";

/** An archive to be held to the contract, empty at the start. */
export interface ArchiveUnderTest {
  readonly archive: BriefingArchive;
  /** @returns everything that is stored, by whatever name, published or not */
  everythingStored(): Promise<string[]>;
  close(): Promise<void>;
}

const pdf = "application/pdf";
const bytes = (text: string) => new TextEncoder().encode(text);

/** What every archive promises, whatever it is made of. */
export function describeArchiveContract(name: string, makeArchive: () => Promise<ArchiveUnderTest>): void {
  describe(`the archive in ${name}`, () => {
    let made: ArchiveUnderTest;
    let archive: BriefingArchive;
    beforeAll(async () => {
      made = await makeArchive();
      archive = made.archive;
    }, 600_000);
    afterAll(() => made?.close());

    test("has nothing at the start", async () => {
      expect(await archive.list("")).toEqual([]);
      expect(await archive.get("briefings/none.pdf")).toBeUndefined();
    });

    test("gives back what was published, byte for byte", async () => {
      const content = new Uint8Array(randomBytes(300_000));
      expect(await archive.put("binary/full.pdf", content, pdf)).toBe("created");
      const stored = await archive.get("binary/full.pdf");
      expect(stored).toBeInstanceOf(Uint8Array);
      expect(sha256(stored)).toBe(sha256(content));
    });

    test("keeps an empty file as an empty file", async () => {
      expect(await archive.put("empty/a.txt", new Uint8Array(), "text/plain")).toBe("created");
      expect(await archive.put("empty/a.txt", new Uint8Array(), "text/plain")).toBe("unchanged");
      expect(await archive.get("empty/a.txt")).toHaveLength(0);
      await expect(archive.put("empty/a.txt", bytes("x"), "text/plain")).rejects.toThrow(ArchiveConflictError);
    });

    test("takes the same content again as a no-op", async () => {
      expect(await archive.put("same/a.pdf", bytes("one"), pdf)).toBe("created");
      expect(await archive.put("same/a.pdf", bytes("one"), pdf)).toBe("unchanged");
      expect(await archive.list("same/")).toEqual(["same/a.pdf"]);
    });

    test("refuses another content for a key, names the key, and keeps the first", async () => {
      await archive.put("conflict/a.pdf", bytes("first"), pdf);
      for (const other of ["second", "first, and more", "firs", ""]) {
        await expect(archive.put("conflict/a.pdf", bytes(other), pdf)).rejects.toThrow(ArchiveConflictError);
        await expect(archive.put("conflict/a.pdf", bytes(other), pdf)).rejects.toMatchObject({ key: "conflict/a.pdf" });
      }
      expect(await archive.get("conflict/a.pdf")).toEqual(bytes("first"));
    });

    test("lists the keys that begin with a prefix, ascending, folders' names being no more than text", async () => {
      const keys = ["list/r10/a.pdf", "list/r1/b.pdf", "list/r1/a.pdf", "list/r1/deep/er/c.json", "list/r2.json"];
      for (const key of keys) await archive.put(key, bytes(key), pdf);
      expect(await archive.list("list/")).toEqual([
        "list/r1/a.pdf",
        "list/r1/b.pdf",
        "list/r1/deep/er/c.json",
        "list/r10/a.pdf",
        "list/r2.json",
      ]);
      expect(await archive.list("list/r1/")).toEqual(["list/r1/a.pdf", "list/r1/b.pdf", "list/r1/deep/er/c.json"]);
      expect(await archive.list("list/r1")).toHaveLength(4);
      expect(await archive.list("list/r1/a.pdf")).toEqual(["list/r1/a.pdf"]);
      expect(await archive.list("list/r1/a.pdf/")).toEqual([]);
      expect(await archive.list("list/r3")).toEqual([]);
      expect(await archive.list("nothing/at/all/")).toEqual([]);
    });

    test("takes keys in Chinese, with spaces, with signs and beyond the basic plane", async () => {
      const keys = ["简报/张家港 2018年第1期.pdf", "简报/a+b&c=d%20e#f?.pdf", "简报/😀.pdf", "简报/Ａ.pdf", "简报/é.pdf"];
      for (const key of keys) expect(await archive.put(key, bytes(key), pdf)).toBe("created");
      for (const key of keys) expect(await archive.get(key)).toEqual(bytes(key));
      expect(await archive.list("简报/")).toEqual(keys.toSorted());
      expect(await archive.list("简报/张家")).toEqual(["简报/张家港 2018年第1期.pdf"]);
    });

    test("knows nothing under a key that is only the beginning of others", async () => {
      await archive.put("part/of/a.pdf", bytes("a"), pdf);
      expect(await archive.get("part/of")).toBeUndefined();
      expect(await archive.get("part/of/a.pdf/b")).toBeUndefined();
    });

    test.each([
      ["empty", ""],
      ["a slash", "/etc/passwd"],
      ["a slash", "a/"],
      ["two in a row", "a//b"],
      ["a dot", "../a"],
      ["a dot", "a/../../b"],
      ["a dot", "a/./b"],
      ["a dot", "a/.hidden"],
      ["a dot", ".staging/a"],
      ["a backslash", "a\\b"],
      ["a backslash", "..\\a"],
      ["a control character", "a\0b"],
      ["a control character", "a\nb"],
      ["NFC", "e\u0301.pdf"],
      ["NFC", "\ud800.pdf"],
      ["255 bytes", `${"a".repeat(256)}.pdf`],
      ["1024 bytes", `${"港/".repeat(256)}a`],
    ])("refuses a key because of this: %s (%#)", async (reason, key) => {
      const before = await made.everythingStored();
      for (const refused of [archive.put(key, bytes("x"), pdf), archive.get(key)]) {
        const error: unknown = await refused.catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(InputError);
        expect(String(error)).toContain(reason);
      }
      expect(await made.everythingStored()).toEqual(before);
    });

    test.each(["../", "/", "a/../b", "a\\", "a//"])("refuses to list %j", async (prefix) => {
      await expect(archive.list(prefix)).rejects.toThrow(InputError);
    });

    test("lets one of two contents win when twenty publish at once, and tears none", async () => {
      for (let round = 0; round < 5; round++) {
        const key = `race/${round}/full.pdf`;
        const contents = [new Uint8Array(200_000).fill(1), new Uint8Array(200_001).fill(2)];
        const puts = Array.from({ length: 20 }, (_, index) => archive.put(key, contents[index % 2] ?? bytes(""), pdf));
        const seen = archive.get(key);
        const results = await Promise.allSettled(puts);
        const stored = await archive.get(key);
        const winner = contents.findIndex((content) => sha256(content) === sha256(stored));
        expect(winner).toBeGreaterThanOrEqual(0);
        expect([undefined, 200_000 + winner]).toContain((await seen)?.length);
        const outcomes = results.map((result) => (result.status === "fulfilled" ? result.value : result.reason));
        expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === "unchanged")).toHaveLength(9);
        expect(outcomes.filter((outcome) => outcome instanceof ArchiveConflictError)).toHaveLength(10);
        outcomes.forEach((outcome, index) => {
          expect(outcome instanceof ArchiveConflictError).toBe(index % 2 !== winner);
        });
      }
    });

    test("publishes many keys at once", async () => {
      const keys = Array.from({ length: 30 }, (_, index) => `many/${index % 3}/${String(index).padStart(2, "0")}.json`);
      expect(new Set(await Promise.all(keys.map((key) => archive.put(key, bytes(key), "application/json"))))).toEqual(new Set(["created"]));
      expect(await archive.list("many/")).toEqual(keys.toSorted());
    });

    test("leaves nothing behind but what was published", async () => {
      expect(await made.everythingStored()).toEqual(await archive.list(""));
    });
  });
}

function sha256(content: Uint8Array | undefined): string {
  return createHash("sha256")
    .update(content ?? "")
    .digest("hex");
}
