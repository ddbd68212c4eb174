import { type Subscription, subscriptionSchema } from "../../functions/core/subscription.ts";

/** A fictional reader in English from 2020 on; the address is made of the id. */
export function aSubscription({ id = "reader", ...changes }: Partial<Subscription> = {}): Subscription {
  return subscriptionSchema.parse({
    id,
    name: `${id} (fictional)`,
    address: `${id}@harbourton.example`,
    language: "en",
    editions: ["full"],
    from: "2020-01-01",
    ...changes,
  });
}
