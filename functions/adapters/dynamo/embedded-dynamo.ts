import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { StoreError } from "../../core/errors.ts";
import { lockFile } from "./embedded-lock.ts";

/** A database server of our own, listening on this machine only. */
export interface EmbeddedDynamo {
  /** For the SDK's `endpoint`; region and credentials may be anything. */
  readonly endpoint: string;
  /** Ends the server and lets go of the file; its data stay. May be called twice. */
  stop(): Promise<void>;
}

interface EmbeddedOptions {
  /** The database file; its folder is made. Beside it lie `-wal` and `-shm` (part of the database), `.lock` and `.pid`. */
  readonly dbPath: string;
  /** How long the server may take to answer first; it takes about 50 ms on an idle machine. */
  readonly startTimeoutMs?: number;
  /** How long to wait for another process that is using the file. */
  readonly lockWaitMs?: number;
}

interface Server {
  readonly child: ChildProcess;
  /** The end of what it printed, for the error message. */
  readonly log: () => string;
}

/** Ends the server when standard input ends: the pipe's other end is ours, and the kernel closes it however we die, by SIGKILL too. */
const watchdogScript = `exec 3<&0
"$@" 3<&- </dev/null &
server=$!
( read -r _ <&3; kill "$server" 2>/dev/null ) &
watchdog=$!
exec 3<&-
wait "$server"
code=$?
kill "$watchdog" 2>/dev/null
exit "$code"`;

/** Another process may take the port between our asking for it and the server's; then the next is tried. */
const portAttempts = 3;
const pollMs = 15;
const stopTimeoutMs = 5_000;
const logTail = 2_000;

/** Starts dynoxide on a database file and waits until it answers. The file belongs to one process at a time.
 *  @throws StoreError when there is no build for this machine, another process has the file, or the server does not start (with what it said) */
export async function startEmbeddedDynamo({
  dbPath,
  startTimeoutMs = 10_000,
  lockWaitMs = 20_000,
}: EmbeddedOptions): Promise<EmbeddedDynamo> {
  const binary = findBinary();
  const path = resolve(dbPath);
  makeFolder(dirname(path));
  const lock = await lockFile(path, lockWaitMs);
  try {
    const { server, port } = await startOnFreePort(binary, path, startTimeoutMs);
    return {
      endpoint: `http://127.0.0.1:${port}`,
      stop: async () => {
        await stopServer(server);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function findBinary(): string {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`${name}/dynoxide`);
  } catch (cause) {
    throw new StoreError(
      `the embedded database (${name}) is not installed on this machine; set AWS_ENDPOINT_URL_DYNAMODB to any DynamoDB endpoint, such as DynamoDB Local's http://127.0.0.1:8000`,
      { cause },
    );
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError(`cannot make the folder ${folder} for the database: ${reason}; choose another store folder`, { cause });
  }
}

async function startOnFreePort(binary: string, path: string, startTimeoutMs: number): Promise<{ server: Server; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const server = spawnServer(binary, path, port);
    try {
      await untilReady(server, port, path, startTimeoutMs);
      return { server, port };
    } catch (error) {
      await stopServer(server);
      if (attempt === portAttempts || !server.log().includes("already in use")) throw error;
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new StoreError("the system gave no free port for the embedded database");
  return address.port;
}

function spawnServer(binary: string, path: string, port: number): Server {
  const command = [binary, "serve", "--host", "127.0.0.1", "--port", String(port), "--db-path", path];
  // A process group of its own: Ctrl-C in a terminal ends us first, and the server only when we let go of it.
  const child = spawn("/bin/sh", ["-c", watchdogScript, "sh", ...command], { stdio: ["pipe", "pipe", "pipe"], detached: true, env: {} });
  let log = "";
  const keep = (chunk: Buffer) => {
    log = (log + chunk.toString("utf8")).slice(-logTail);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  child.on("error", (error) => keep(Buffer.from(error.message)));
  // Closing the pipe of a server that has just died is no failure.
  child.stdin.on("error", () => {});
  // The server must not keep a program alive that forgot to stop it.
  child.unref();
  for (const pipe of [child.stdin, child.stdout, child.stderr]) if ("unref" in pipe && typeof pipe.unref === "function") pipe.unref();
  return { child, log: () => log };
}

/** Its own line is waited for as well as an answer: an answer alone could be another server's, had it taken the port. */
async function untilReady({ child, log }: Server, port: number, path: string, startTimeoutMs: number): Promise<void> {
  const deadline = performance.now() + startTimeoutMs;
  while (!hasEnded(child) && performance.now() < deadline) {
    if (log().includes("listening on") && (await answers(port)) && !hasEnded(child)) return;
    await wait(pollMs);
  }
  const what = hasEnded(child) ? "ended while starting" : `did not answer within ${startTimeoutMs} ms`;
  const said = log().trim() || "nothing";
  throw new StoreError(`the embedded database ${what} (file ${path}); it said: ${said}`);
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function stopServer({ child }: Server): Promise<void> {
  child.stdin?.end();
  const deadline = performance.now() + stopTimeoutMs;
  while (!hasEnded(child) && performance.now() < deadline) await wait(pollMs);
  if (hasEnded(child) || child.pid === undefined) return;
  // The whole group: the server as well as the shell that waits for it.
  process.kill(-child.pid, "SIGKILL");
}

/** A child that could not be spawned never exits: it has no process id. */
function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
