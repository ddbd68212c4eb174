import { listEditions } from "../edition.ts";
import type { OfficeFolder } from "../ports.ts";
import { editionsNamed, mailbox, type Subscription } from "../subscription.ts";
import type { Finding } from "./finding.ts";
import { suggestName } from "./suggest-name.ts";

/** Checks what no single subscription can tell: ids that must be unique, editions that there must be, and that nobody is sent the same edition
 *  twice. Whether one of two rests counts for nothing: it may be taken up again any day.
 *  @returns every finding */
export function checkSubscriptions({ office, subscriptions }: Pick<OfficeFolder, "office" | "subscriptions">): Finding[] {
  return subscriptions.flatMap((subscription, index) => [
    ...checkId(subscription, index, subscriptions),
    ...checkEditions(subscription, index, office),
    ...checkAddress(subscription, index, { office, subscriptions }),
  ]);
}

function* checkId({ id }: Subscription, index: number, all: readonly Subscription[]): Generator<Finding> {
  const first = all.findIndex((s) => s.id === id);
  if (first === index) return;
  yield { ...at(index), field: "id", message: `the id ${id} is already used`, other: at(first) };
}

function* checkEditions(subscription: Subscription, index: number, office: OfficeFolder["office"]): Generator<Finding> {
  for (const [i, name] of subscription.editions.entries()) {
    if (editionsNamed(name, subscription, office).length > 0) continue;
    const known = listEditions(office).flatMap(({ id, locale }) => [id.slice(0, -locale.length - 1), id]);
    const hint = suggestName(name, known) || "; write full, one-page, theme-<id>, owner-<id>, theme, owner or all, with -en or -zh-CN";
    yield { ...at(index), field: `editions.${i}`, message: `there is no edition ${name}${hint}` };
  }
}

function* checkAddress(
  subscription: Subscription,
  index: number,
  { office, subscriptions }: Pick<OfficeFolder, "office" | "subscriptions">,
): Generator<Finding> {
  const wanted = editionIds(subscription, office);
  for (const [other, earlier] of subscriptions.slice(0, index).entries()) {
    if (mailbox(earlier.address) !== mailbox(subscription.address) || !overlap(earlier, subscription)) continue;
    const twice = [...editionIds(earlier, office)].find((edition) => wanted.has(edition));
    if (twice === undefined) continue;
    const message = `${subscription.address} already gets the edition ${twice} as ${earlier.id}; take it out of one of the two`;
    yield { ...at(index), field: "address", message, other: at(other) };
    return;
  }
}

function at(index: number) {
  return { entity: "subscription", index } as const;
}

function editionIds(subscription: Subscription, office: OfficeFolder["office"]): Set<string> {
  return new Set(subscription.editions.flatMap((name) => editionsNamed(name, subscription, office)).map((edition) => edition.id));
}

function overlap(a: Subscription, b: Subscription): boolean {
  return (b.until === undefined || a.from <= b.until) && (a.until === undefined || b.from <= a.until);
}
