import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A server by others, to hold our own against. It is no part of biaogan: fetched on first use, kept out of the repository. */
export interface ForeignServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

interface ServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The program's working folder; this process's own unless given. */
  readonly cwd?: string;
  /** A path that answers 200 once the server is ready; without one, any answer at all will do. */
  readonly readyPath?: string;
}

const startTimeoutMs = 60_000;
/** Runs a program that Linux ends with the process that started it, even if that is killed and can end nothing any more. */
const dyingWithUs = existsSync("/usr/bin/setpriv") ? ["/usr/bin/setpriv", "--pdeathsig", "KILL"] : [];

/** Starts a server on a free port of this machine; it ends with this process at the latest.
 *  @param argsFor what it is started with, given the port
 *  @throws with what the program printed last, when it ends or is not ready in a minute */
export async function startServer(
  command: string,
  argsFor: (port: number) => string[],
  optionsFor: (port: number) => ServerOptions = () => ({}),
): Promise<ForeignServer> {
  const port = await freePort();
  const { env = {}, cwd, readyPath } = optionsFor(port);
  const [program = command, ...args] = [...dyingWithUs, command, ...argsFor(port)];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env }, cwd });
  const hasEnded = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  let log = "";
  const keep = (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  child.on("error", (error) => keep(Buffer.from(error.message)));
  const endpoint = `http://127.0.0.1:${port}`;
  // At once: nothing that these servers hold is worth an orderly end, and one of them waits for its clients.
  const stop = async () => {
    kill();
    process.off("exit", kill);
    while (!hasEnded()) await wait(20);
  };
  const deadline = performance.now() + startTimeoutMs;
  while (!hasEnded() && performance.now() < deadline) {
    const answer = await fetch(endpoint + (readyPath ?? "")).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer && (readyPath === undefined || answer.ok)) return { endpoint, stop };
    await wait(50);
  }
  await stop();
  throw new Error(`${command} did not start: ${log}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}
