import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedDynamo } from "../../../functions/adapters/dynamo/embedded-dynamo.ts";
import { describeRegisterStoreContract } from "../../support/register-store-contract.ts";

describeRegisterStoreContract("the embedded DynamoDB", async () => {
  const folder = await mkdtemp(join(tmpdir(), "biaogan-"));
  const embedded = await startEmbeddedDynamo({ dbPath: join(folder, "register.db") });
  return {
    endpoint: embedded.endpoint,
    stop: async () => {
      await embedded.stop();
      await rm(folder, { recursive: true });
    },
  };
});
