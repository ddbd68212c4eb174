import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { startEmbeddedDynamo } from "../../../functions/adapters/dynamo/embedded-dynamo.ts";
import { openRegisterStore } from "../../../functions/adapters/dynamo/open-register-store.ts";
import { sampleRegister } from "../../support/sample-register.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "biaogan-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Starts another process on the same kind of database. @returns it and the first line that it prints */
async function hold(dbPath: string, then: "wait" | "end"): Promise<{ holder: ChildProcess; line: string }> {
  const holder = spawn(process.execPath, [fileURLToPath(new URL("../../support/embedded-holder.ts", import.meta.url)), dbPath, then]);
  onTestFinished(() => void holder.kill("SIGKILL"));
  const [line] = await once(holder.stdout, "data");
  return { holder, line: String(line).trim() };
}

async function stopsAnswering(endpoint: string): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answered = await fetch(endpoint).catch(() => undefined);
    if (!answered) return true;
    await new Promise((resume) => setTimeout(resume, 30));
  }
  return false;
}

describe("the embedded database", () => {
  test("keeps its data over a restart", async () => {
    const dbPath = join(folder, "new", "folder", "restart.db");
    const first = await openRegisterStore({ dbPath }, "register");
    await first.store.load(sampleRegister());
    await first.close();
    const second = await openRegisterStore({ dbPath }, "register");
    expect(await second.store.read()).toEqual(sampleRegister());
    await second.close();
  });

  test("listens on this machine only and no longer once it is stopped, twice if need be", async () => {
    const { endpoint, stop } = await startEmbeddedDynamo({ dbPath: join(folder, "stop.db") });
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(endpoint)).status).toBe(200);
    await stop();
    await stop();
    await expect(fetch(endpoint)).rejects.toThrow();
    expect(existsSync(join(folder, "stop.db.pid"))).toBe(false);
  });

  test("belongs to one process at a time, and the second is told which has it", async () => {
    const dbPath = join(folder, "shared.db");
    const { holder, line } = await hold(dbPath, "wait");
    expect(line).toMatch(/^http/);
    await expect(startEmbeddedDynamo({ dbPath, lockWaitMs: 0 })).rejects.toThrow(
      `another biaogan (process ${holder.pid}) is using the database ${dbPath}; wait until it has ended, or choose another store folder`,
    );
    const { line: third } = await hold(dbPath, "end");
    expect(third).toMatch(/^StoreError: another biaogan/);
    expect((await fetch(line)).status).toBe(200);
  });

  test("is waited for while another process has it", async () => {
    const dbPath = join(folder, "queue.db");
    const { holder } = await hold(dbPath, "wait");
    setTimeout(() => holder.kill("SIGTERM"), 200);
    const { endpoint, stop } = await startEmbeddedDynamo({ dbPath, lockWaitMs: 10_000 });
    expect((await fetch(endpoint)).status).toBe(200);
    await stop();
  });

  test("belongs to one opening at a time in the same process too", async () => {
    const dbPath = join(folder, "twice.db");
    const { stop } = await startEmbeddedDynamo({ dbPath });
    await expect(startEmbeddedDynamo({ dbPath, lockWaitMs: 0 })).rejects.toThrow(/another biaogan/);
    await stop();
    await (await startEmbeddedDynamo({ dbPath })).stop();
  });

  test.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)(
    "ends with its process when that is killed by %s, and the file can be used again",
    async (signal) => {
      const dbPath = join(folder, `${signal}.db`);
      const { holder, line } = await hold(dbPath, "wait");
      holder.kill(signal);
      expect(await stopsAnswering(line)).toBe(true);
      const next = await openRegisterStore({ dbPath }, "register");
      await next.store.load(sampleRegister());
      await next.close();
    },
  );

  test("neither keeps alive nor outlives a program that forgets to stop it", async () => {
    const { holder, line } = await hold(join(folder, "forgotten.db"), "end");
    if (holder.exitCode === null) await once(holder, "exit");
    expect(await stopsAnswering(line)).toBe(true);
  });

  test("a file that is no database is reported with what the server said, and stays as it is", async () => {
    const dbPath = join(folder, "letter.db");
    await writeFile(dbPath, "Dear Sir,\n".repeat(500));
    await expect(startEmbeddedDynamo({ dbPath, lockWaitMs: 0 })).rejects.toThrow(
      /ended while starting \(file .*letter\.db\); it said: error: Database file is encrypted or not/,
    );
    expect(await readFile(dbPath, "utf8")).toBe("Dear Sir,\n".repeat(500));
  });

  test("a place that cannot be written is reported with the way out", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(startEmbeddedDynamo({ dbPath: join(folder, "file", "a.db") })).rejects.toThrow(
      /cannot make the folder .*choose another store folder/,
    );
    await mkdir(join(folder, "taken.db.lock"));
    await expect(startEmbeddedDynamo({ dbPath: join(folder, "taken.db") })).rejects.toThrow(/cannot write beside the database .*taken\.db/);
  });

  test("a machine without a build of it is told to name an endpoint", async () => {
    const platform = Object.getOwnPropertyDescriptor(process, "platform") ?? {};
    onTestFinished(() => void Object.defineProperty(process, "platform", platform));
    Object.defineProperty(process, "platform", { ...platform, value: "sunos" });
    await expect(startEmbeddedDynamo({ dbPath: join(folder, "none.db") })).rejects.toThrow(
      /\(@dynoxide\/sunos-.*\) is not installed on this machine; set AWS_ENDPOINT_URL_DYNAMODB to any DynamoDB endpoint/,
    );
  });

  test("another endpoint is used in its place, its table made on the way; the cloud's table is not made", async () => {
    const { endpoint, stop } = await startEmbeddedDynamo({ dbPath: join(folder, "endpoint.db") });
    onTestFinished(stop);
    const settings = {
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: "eu-north-1",
      AWS_ACCESS_KEY_ID: "any",
      AWS_SECRET_ACCESS_KEY: "any",
    };
    onTestFinished(() => void vi.unstubAllEnvs());
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
    const cloud = await openRegisterStore("aws", "register");
    await expect(cloud.store.read()).rejects.toThrow(/the table does not exist there; create it/);
    const local = await openRegisterStore({ endpoint }, "register");
    await local.store.load(sampleRegister());
    expect(await cloud.store.read()).toEqual(sampleRegister());
    await Promise.all([cloud.close(), local.close()]);
  });
});
