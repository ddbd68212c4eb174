import type { LinkCheck, LinkKeys } from "../../core/archive-link.ts";
import { createArchiveLinkSigner } from "../archive-link-signer.ts";

/** Keys are asked for no sooner than this after the last time: tokens under invented key ids cost nothing. */
const rereadAfterMs = 60_000;

/** Checks tokens for as long as an instance lives: a key that was added since the keys were read is found when its first token comes.
 *  @param now ISO 8601
 *  @throws what `readKeys` throws */
export async function openLinkChecker(
  readKeys: () => Promise<LinkKeys>,
  now: () => string,
): Promise<(token: string) => Promise<LinkCheck>> {
  let readAt = Date.parse(now());
  let signer = createArchiveLinkSigner(await readKeys());
  return async (token) => {
    const at = now();
    const found = signer.check(token, at);
    if (found.outcome !== "unknown key" || Date.parse(at) - readAt < rereadAfterMs) return found;
    readAt = Date.parse(at);
    signer = createArchiveLinkSigner(await readKeys());
    return signer.check(token, at);
  };
}
