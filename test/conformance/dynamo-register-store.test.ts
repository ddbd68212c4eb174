import { describeRegisterStoreContract } from "../support/register-store-contract.ts";
import { startDynamoReference } from "./foreign-servers.ts";

describeRegisterStoreContract("DynamoDB Local", startDynamoReference);
