import { startEmbeddedServer } from "../../support/embedded-server.ts";
import { describeSuppressionListContract } from "../../support/suppression-list-contract.ts";

describeSuppressionListContract("the embedded DynamoDB", startEmbeddedServer);
