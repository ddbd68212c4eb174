import { describe, expect, it } from "vitest";
import { createArchiveLinkSigner } from "../../../functions/adapters/archive-link-signer.ts";
import { openLinkChecker } from "../../../functions/adapters/lambda/link-checker.ts";

const [k1, k2] = ["a".repeat(40), "b".repeat(40)];
const issue = { office: "harbourton", run: "monthly-2026-06-r1", edition: "full-en" };

describe("an instance that lives while the keys are changed", () => {
  it("believes a new key from its first link on, and asks for the keys once a minute at the most", async () => {
    let minutes = 0;
    const now = () => new Date(Date.UTC(2026, 6, 3) + minutes * 60_000).toISOString();
    let reads = 0;
    let kept: Record<string, string> = { k1 };
    const check = await openLinkChecker(async () => {
      reads += 1;
      return kept;
    }, now);
    const old = createArchiveLinkSigner({ k1 }).sign(issue, now());
    const fresh = createArchiveLinkSigner({ k1, k2 }).sign(issue, now());
    expect((await check(old)).outcome).toBe("valid");
    kept = { k1, k2 };
    expect((await check(fresh)).outcome).toBe("unknown key");
    minutes = 1;
    expect((await check(fresh)).outcome).toBe("valid");
    const invented = createArchiveLinkSigner({ k9: k1 }).sign(issue, now());
    for (let n = 0; n < 50; n += 1) expect((await check(invented)).outcome).toBe("unknown key");
    expect(reads).toBe(2);
    expect((await check(old)).outcome).toBe("valid");
  });
});
