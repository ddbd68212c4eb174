import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import type { SendingLeave, SendingLimits, SendingQuota } from "../../core/ports.ts";
import { decideSlot, type SendingSlots, sendingSlotsSchema, takeLimits } from "../../core/sending-slots.ts";
import { startSharedTime, type WorkerClock } from "../../core/shared-time.ts";
import { withStoreErrors } from "./dynamo-errors.ts";
import { quotaKey } from "./dynamo-keys.ts";
import { type Change, changeVersioned, type Versioned } from "./dynamo-versioned.ts";

const itemSchema = z.strictObject({
  pk: z.string(),
  sk: z.string(),
  entity: z.literal("sending-quota"),
  version: z.int().positive(),
  record: sendingSlotsSchema,
});
type Content = Omit<z.infer<typeof itemSchema>, keyof Versioned>;

export interface DynamoSendingQuotaDeps {
  /** Asks the mail service; called once a minute by all workers together.
   *  @throws MailThrottledError */
  readonly readLimits: () => Promise<SendingLimits>;
  readonly clock: WorkerClock;
}

/** The places to send in one row of the register's table; keys stand in dynamo-keys.ts. A place is one read and one write over the version that was
 *  read: who is overtaken asks again, and the order of the writes is the order of the places. Within a worker one asks after the other. Nothing is
 *  sent before the first call.
 *  @param service names the mail service's account */
export function createDynamoSendingQuota(
  client: DynamoDBClient,
  tableName: string,
  service: string,
  { readLimits, clock }: DynamoSendingQuotaDeps,
): SendingQuota {
  const table = { documents: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }), tableName };
  const time = startSharedTime(clock);
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask: () => {
      const turn = last.then(ask, ask);
      last = turn;
      return turn;
    },
  };

  async function ask(): Promise<SendingLeave> {
    const decision = await change((seen) => {
      const decided = decideSlot(seen, time.read(seen), clock.wall());
      return { next: "slots" in decided ? decided.slots : undefined, answer: decided };
    });
    if (decision.do !== "read limits") return decision.leave;
    const limits = await readLimits();
    await change((seen = decision.slots) => ({ next: takeLimits(seen, limits, time.read(seen), clock.wall()), answer: undefined }));
    return ask();
  }

  function change<Answer>(decide: (seen: SendingSlots | undefined) => Change<SendingSlots, Answer>): Promise<Answer> {
    return withStoreErrors(tableName, "take a place to send in", () =>
      changeVersioned(table, quotaKey(service), itemSchema, (seen): Change<Content, Answer> => {
        const { next, answer } = decide(seen?.record);
        return { next: next && { entity: "sending-quota", record: next }, answer };
      }),
    );
  }
}
