import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLinkKeysFile } from "../../functions/adapters/link-keys-file.ts";
import { parseLinkKeys } from "../../functions/adapters/parse-link-keys.ts";
import { InputError } from "../../functions/core/errors.ts";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "biaogan-keys-"));
});
afterAll(() => rm(dir, { recursive: true }));

describe("the keys on a laptop", () => {
  it("are made once, by however many at once, and nobody else may read them", async () => {
    const store = join(dir, "store");
    const [first, ...others] = await Promise.all(Array.from({ length: 8 }, () => openLinkKeysFile(store)));
    expect(first).toEqual({ k1: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) });
    for (const other of others) expect(other).toEqual(first);
    expect((await stat(join(store, "link-keys.json"))).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(join(store, "link-keys.json"), "utf8"))).toEqual(first);
  });

  it("are those that their owner wrote", async () => {
    const keys = { k1: "a".repeat(32), k2: "b".repeat(32) };
    await writeFile(join(dir, "link-keys.json"), JSON.stringify(keys));
    expect(await openLinkKeysFile(dir)).toEqual(keys);
  });
});

describe("what is no key", () => {
  it.each(["", "{", "{}", '{"k1":"my-secret"}', '{"main":"my-secret-my-secret-my-secret-my-secret"}', '"my-secret-my-secret'])(
    "is refused (%s), and the error does not tell it",
    (json) => {
      const failure = () => parseLinkKeys(json, "secret x");
      expect(failure).toThrow(InputError);
      expect(failure).toThrow(/^secret x/);
      expect(failure).not.toThrow(/my-secret/);
    },
  );
});
