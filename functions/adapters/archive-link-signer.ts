import { createHmac, timingSafeEqual } from "node:crypto";
import {
  type ArchiveScope,
  claimOf,
  type IssueLink,
  judgeToken,
  type LinkCheck,
  type LinkKeys,
  linkDays,
  newestKey,
  readToken,
  signedText,
} from "../core/archive-link.ts";

/** Makes and checks the tokens of the links that mails carry: HMAC-SHA-256 over what they open and until when. */
export interface ArchiveLinkSigner {
  /** @param now ISO 8601; the token is good for {@link linkDays} from then
   *  @returns characters that stand in an address as they are */
  sign(scope: ArchiveScope, now: string): string;
  /** @param now ISO 8601
   *  @param wanted what is to be opened; without it, what the token names */
  check(token: string, now: string, wanted?: ArchiveScope): LinkCheck;
}

/** Makes the links that mails carry.
 *  @param archiveUrl where the HTTP API answers
 *  @param now ISO 8601 */
export function createIssueLinker(keys: LinkKeys, archiveUrl: string, now: () => string): (issue: ArchiveScope) => IssueLink {
  const signer = createArchiveLinkSigner(keys);
  return (issue) => ({ url: `${archiveUrl.replace(/\/+$/, "")}/issue/${signer.sign(issue, now())}`, days: linkDays });
}

export function createArchiveLinkSigner(keys: LinkKeys): ArchiveLinkSigner {
  const byId = new Map(Object.entries(keys));
  const signing = newestKey(keys);
  const mac = (key: string, claim: string) => createHmac("sha256", key).update(signedText(claim)).digest();
  return {
    sign: (scope, now) => {
      const claim = claimOf(scope, signing, now);
      const token = `${claim}.${mac(byId.get(signing) ?? "", claim).toString("base64url")}`;
      // What could not be read back would be a dead link in somebody's mail.
      if (!readToken(token)) throw new TypeError(`no link can be made of ${JSON.stringify(scope)}`);
      return token;
    },
    check: (token, now, wanted) => {
      const read = readToken(token);
      if (!read) return { outcome: "altered" };
      const key = byId.get(read.keyId);
      if (key === undefined) return { outcome: "unknown key" };
      const given = Buffer.from(read.signature, "base64url");
      const right = mac(key, read.claim);
      // The last character of 43 has two bits to spare: written in another way it would be another token of the same signature.
      const plain = given.toString("base64url") === read.signature;
      return given.length === right.length && timingSafeEqual(given, right) && plain
        ? judgeToken(read, now, wanted)
        : { outcome: "altered" };
    },
  };
}
