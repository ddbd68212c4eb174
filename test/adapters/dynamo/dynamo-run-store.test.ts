import { startEmbeddedServer } from "../../support/embedded-server.ts";
import { describeRunStoreContract } from "../../support/run-store-contract.ts";

describeRunStoreContract("the embedded DynamoDB", startEmbeddedServer);
