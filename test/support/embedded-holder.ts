import { startEmbeddedDynamo } from "../../functions/adapters/dynamo/embedded-dynamo.ts";

/** A program that opens an embedded database and prints its endpoint (or why not), then waits to be killed — or ends without stopping it. */
const [dbPath = "", then] = process.argv.slice(2);
try {
  const { endpoint } = await startEmbeddedDynamo({ dbPath, lockWaitMs: 0 });
  process.stdout.write(`${endpoint}\n`);
  if (then === "wait") setInterval(() => {}, 1_000);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`);
}
