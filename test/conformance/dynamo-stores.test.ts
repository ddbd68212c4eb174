import { describeDeliveryLedgerContract } from "../support/delivery-ledger-contract.ts";
import { describeRunStoreContract } from "../support/run-store-contract.ts";
import { describeSubscriptionStoreContract } from "../support/subscription-store-contract.ts";
import { describeSuppressionListContract } from "../support/suppression-list-contract.ts";
import { startDynamoReference } from "./foreign-servers.ts";

describeDeliveryLedgerContract("DynamoDB Local", startDynamoReference);
describeSubscriptionStoreContract("DynamoDB Local", startDynamoReference);
describeRunStoreContract("DynamoDB Local", startDynamoReference);
describeSuppressionListContract("DynamoDB Local", startDynamoReference);
