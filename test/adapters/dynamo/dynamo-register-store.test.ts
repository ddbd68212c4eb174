import { startEmbeddedServer } from "../../support/embedded-server.ts";
import { describeRegisterStoreContract } from "../../support/register-store-contract.ts";

describeRegisterStoreContract("the embedded DynamoDB", startEmbeddedServer);
