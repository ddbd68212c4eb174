import { z } from "zod";
import { commitmentSchema } from "../../core/commitment.ts";
import { StoreError } from "../../core/errors.ts";
import { evidenceSchema } from "../../core/evidence.ts";
import { metricSchema } from "../../core/metric.ts";
import { observationSchema } from "../../core/observation.ts";
import { officeSchema } from "../../core/office.ts";
import type { Register } from "../../core/ports.ts";
import { speechSchema } from "../../core/speech.ts";
import { canonicalJson, sha256 } from "../content-hash.ts";
import { accessPatterns, commitmentKey, evidenceKey, type ItemKey, metricKey, observationItemKey, speechKey } from "./dynamo-keys.ts";

const keys = { pk: z.string(), sk: z.string() };

/** One fact of the register as it lies in the table. The fact is one attribute of its own, so that no field of it can ever meet a key's name. */
const itemSchema = z.discriminatedUnion("entity", [
  z.strictObject({ ...keys, entity: z.literal("office"), record: officeSchema }),
  z.strictObject({ ...keys, entity: z.literal("speech"), record: speechSchema }),
  z.strictObject({ ...keys, entity: z.literal("commitment"), record: commitmentSchema }),
  z.strictObject({ ...keys, entity: z.literal("metric"), record: metricSchema }),
  z.strictObject({ ...keys, entity: z.literal("observation"), record: observationSchema }),
  z.strictObject({ ...keys, entity: z.literal("evidence"), record: evidenceSchema }),
]);
export type RegisterItem = z.infer<typeof itemSchema>;

/** Written before a load's first change and after its last: without `complete` nobody takes the table's content for a register. */
export const headSchema = z.strictObject({
  ...keys,
  entity: z.literal("head"),
  state: z.enum(["loading", "complete"]),
  /** Of the register that is meant to be in the table; see {@link registerDigest}. */
  digest: z.string(),
  /** Names the load that wrote it, so that an older load cannot write into a newer one's table. */
  load: z.string(),
});
export type Head = z.infer<typeof headSchema>;

/** A load trusts a complete head; without one it compares every item. */
export const reloadAdvice = "delete its item REGISTER HEAD and load the register again";

/** @returns one item for each fact, in the register's order
 *  @throws StoreError when two facts would be one item, because the second would silently replace the first */
export function itemsOf(register: Register): RegisterItem[] {
  const items: RegisterItem[] = [
    { ...accessPatterns.office(), entity: "office", record: register.office },
    ...register.speeches.map((record) => ({ ...speechKey(record), entity: "speech" as const, record })),
    ...register.commitments.map((record) => ({ ...commitmentKey(record), entity: "commitment" as const, record })),
    ...register.metrics.map((record) => ({ ...metricKey(record), entity: "metric" as const, record })),
    ...register.observations.map((record) => ({ ...observationItemKey(record), entity: "observation" as const, record })),
    ...register.evidence.map((record) => ({ ...evidenceKey(record), entity: "evidence" as const, record })),
  ];
  const seen = new Set<string>();
  for (const item of items) {
    const address = addressOf(item);
    if (seen.has(address)) throw new StoreError(`the register holds the ${item.entity} ${item.sk} twice; keep one, nothing was loaded`);
    seen.add(address);
  }
  return items;
}

/** @param raw as DynamoDB gave it
 *  @throws StoreError naming the item and each field that is not as it should be */
export function parseItem(raw: unknown, tableName: string): RegisterItem {
  return parsed(itemSchema, raw, tableName);
}

/** As {@link parseItem}, for the head. */
export function parseHead(raw: unknown, tableName: string): Head {
  return parsed(headSchema, raw, tableName);
}

/** Puts the facts back together, each kind ascending by its key, commitments of a speech as they follow in the text.
 *  @returns undefined when the office is not among them */
export function registerOf(items: readonly RegisterItem[]): Register | undefined {
  const sorted = items.toSorted((a, b) => (addressOf(a) < addressOf(b) ? -1 : 1));
  const office = sorted.find((item) => item.entity === "office")?.record;
  if (!office) return undefined;
  const commitments = sorted.flatMap((item) => (item.entity === "commitment" ? [item.record] : []));
  return {
    office,
    speeches: sorted.flatMap((item) => (item.entity === "speech" ? [item.record] : [])),
    commitments: commitments.toSorted((a, b) => (a.speech === b.speech ? a.start - b.start : 0)),
    metrics: sorted.flatMap((item) => (item.entity === "metric" ? [item.record] : [])),
    observations: sorted.flatMap((item) => (item.entity === "observation" ? [item.record] : [])),
    evidence: sorted.flatMap((item) => (item.entity === "evidence" ? [item.record] : [])),
  };
}

/** @returns the item's key as one text, for maps and sets */
export function addressOf({ pk, sk }: ItemKey): string {
  return `${pk} ${sk}`;
}

/** Two registers with the same facts have the same digest, in whatever order they name them. The leading words change when the
 *  layout of the items does, so that a table of an older layout is loaded anew.
 *  @param items as they are or will be stored, head not included */
export function registerDigest(items: readonly ItemKey[]): string {
  return sha256(["biaogan register 1", ...items.map((item) => canonicalJson(item)).toSorted()].join("\n"));
}

function parsed<T>(schema: z.ZodType<T>, raw: unknown, tableName: string): T {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const key = z.object(keys).safeParse(raw);
  const place = key.success ? addressOf(key.data) : "with no key";
  const issues = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
  throw new StoreError(`table ${tableName}, item ${place}, is not what this version of biaogan writes (${issues}); ${reloadAdvice}`, {
    cause: result.error,
  });
}
