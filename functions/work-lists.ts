import type { DeliverItem, RenderItem, Work } from "./contracts.ts";
import { type RunId, workKey } from "./core/briefing-keys.ts";
import type { BriefingArchive } from "./core/ports.ts";

export interface WorkListDeps {
  readonly archive: BriefingArchive;
  /** A collision-free digest of a text. */
  readonly digest: (text: string) => string;
}

/** Writes what a round of a run is to print and to send into the archive, where the workflow's Map states read it. A list lies under a key made
 *  of its content: the same round writes the same, and another never takes its place.
 *  @throws StoreError */
export async function putWork(
  officeId: string,
  run: RunId,
  { editions, mails }: { readonly editions: readonly RenderItem[]; readonly mails: readonly DeliverItem[] },
  { archive, digest }: WorkListDeps,
): Promise<Work> {
  const put = async (work: "render" | "deliver", items: readonly object[]) => {
    const text = JSON.stringify(items);
    const key = workKey(officeId, run, work, digest(text));
    await archive.put(key, Buffer.from(text), "application/json");
    return key;
  };
  return {
    renderItems: await put("render", editions),
    renderCount: editions.length,
    deliverItems: await put("deliver", mails),
    deliverCount: mails.length,
  };
}
