import { z } from "zod";

/** What one link opens: one edition of one run, and nothing beside it. */
export interface ArchiveScope {
  /** The office's id. */
  readonly office: string;
  /** monthly-2018-01-r1 */
  readonly run: string;
  readonly edition: string;
}

/** A link that a mail carries. */
export interface IssueLink {
  readonly url: string;
  /** For how many days it opens what it names. */
  readonly days: number;
}

/** What is found of a token. `altered` is also what is none; its words are not to be trusted, so nothing of it is told. */
export type LinkCheck =
  | { readonly outcome: "valid"; readonly scope: ArchiveScope }
  | { readonly outcome: "altered" | "expired" | "other issue" | "unknown key" };

/** How long a link opens what it names: a quarter, as long as an issue is spoken of. */
export const linkDays = 90;

const dayMs = 86_400_000;

/** Keys by id; the one with the greatest number signs, all of them are believed. A key of less than 32 characters is not taken. */
export const linkKeysSchema = z
  .record(z.string().regex(/^k[1-9]\d{0,5}$/, "name a key k1, k2 and so on"), z.string().min(32, "write at least 32 characters"))
  .refine((keys) => Object.keys(keys).length > 0, "there is no key");
export type LinkKeys = z.infer<typeof linkKeysSchema>;

/** @returns the id of the key that signs */
export function newestKey(keys: LinkKeys): string {
  const [newest = ""] = Object.keys(keys).toSorted((a, b) => Number(b.slice(1)) - Number(a.slice(1)));
  return newest;
}

/** What is signed: a dot stands in none of the parts, so two links never share it. The first part says what the signature is for; with the
 *  same keys nothing else is signed, and should it once be, neither passes for the other. */
const purpose = "issue";

/** @param now ISO 8601
 *  @returns what is to be signed with the key of that id */
export function claimOf({ office, run, edition }: ArchiveScope, keyId: string, now: string): string {
  const expires = Math.floor((Date.parse(now) + linkDays * dayMs) / 1000);
  return [keyId, office, run, edition, expires.toString(36)].join(".");
}

/** @returns the text over which the signature goes */
export function signedText(claim: string): string {
  return `${purpose}.${claim}`;
}

/** A token taken apart; nothing in it is believed yet. */
export interface ReadToken {
  readonly keyId: string;
  readonly scope: ArchiveScope;
  /** Milliseconds since 1970. */
  readonly expiresMs: number;
  readonly claim: string;
  /** base64url of 32 bytes. */
  readonly signature: string;
}

/** Office and edition as slugs and ids are written, the run as a run is. */
const tokenPattern =
  /^(k[1-9]\d{0,5})\.([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z0-9-]+-\d{4}-(?:0[1-9]|1[0-2])-r[1-9]\d{0,5})\.([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)\.([0-9a-z]{1,9})\.([A-Za-z0-9_-]{43})$/;
/** Far more than any token has, and little for a pattern to look at. */
const longestToken = 400;

/** @returns undefined for what is no token */
export function readToken(token: string): ReadToken | undefined {
  const [, keyId, office, run, edition, expires = "", signature] = (token.length <= longestToken && tokenPattern.exec(token)) || [];
  if (keyId === undefined || office === undefined || run === undefined || edition === undefined || signature === undefined)
    return undefined;
  const claim = token.slice(0, -signature.length - 1);
  return { keyId, scope: { office, run, edition }, expiresMs: Number.parseInt(expires, 36) * 1000, claim, signature };
}

/** What is left to be asked of a token whose signature is right.
 *  @param now ISO 8601
 *  @param wanted what is to be opened; without it, what the token names */
export function judgeToken({ scope, expiresMs }: ReadToken, now: string, wanted: ArchiveScope = scope): LinkCheck {
  if (Date.parse(now) >= expiresMs) return { outcome: "expired" };
  const same = scope.office === wanted.office && scope.run === wanted.run && scope.edition === wanted.edition;
  return same ? { outcome: "valid", scope } : { outcome: "other issue" };
}
