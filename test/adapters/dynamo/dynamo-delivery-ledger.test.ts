import { describeDeliveryLedgerContract } from "../../support/delivery-ledger-contract.ts";
import { startEmbeddedServer } from "../../support/embedded-server.ts";

describeDeliveryLedgerContract("the embedded DynamoDB", startEmbeddedServer);
