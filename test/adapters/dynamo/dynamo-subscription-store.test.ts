import { startEmbeddedServer } from "../../support/embedded-server.ts";
import { describeSubscriptionStoreContract } from "../../support/subscription-store-contract.ts";

describeSubscriptionStoreContract("the embedded DynamoDB", startEmbeddedServer);
