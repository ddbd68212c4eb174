/** How a reader leaves the list from within their mail program: by a mail to the office, or by an address that takes a POST (RFC 8058). */
export interface Unsubscribe {
  /** An address alone, ASCII, and the subject by which whoever reads the mail knows who wants to leave. */
  readonly mailto?: { readonly address: string; readonly subject: string };
  /** https, and of this reader and this list alone: a program follows it without asking anybody. */
  readonly url?: string;
}

interface Header {
  readonly name: string;
  readonly value: string;
}

/** @returns RFC 2369's header, with an https address first and RFC 8058's beside it; none where there is no way to leave
 *  @throws TypeError for an address that is not https: mail programs follow no other with one click */
export function listUnsubscribeHeaders({ mailto, url }: Unsubscribe = {}): Header[] {
  const ways: string[] = [];
  if (url !== undefined) ways.push(`<${secure(url)}>`);
  if (mailto) {
    const address = encodeURIComponent(mailto.address).replace("%40", "@");
    ways.push(`<mailto:${address}?subject=${encodeURIComponent(mailto.subject)}>`);
  }
  if (ways.length === 0) return [];
  const oneClick = url === undefined ? [] : [{ name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" }];
  return [{ name: "List-Unsubscribe", value: ways.join(", ") }, ...oneClick];
}

/** Parsing writes every character that would end the header or the brackets as its percent sign. */
function secure(url: string): string {
  const { protocol, href } = new URL(url);
  if (protocol !== "https:") throw new TypeError(`${url} is not https`);
  return href;
}
