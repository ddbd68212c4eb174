import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { StoreError } from "../../core/errors.ts";

/** Held until `release()` or until this process ends, in whatever way it ends. */
export interface FileLock {
  release(): void;
}

const sqliteBusy = 5;

const retryAfterMs = 50;

/** Locks `path` for this process, waiting for up to `waitMs` while another has it: commands are short and often follow each other. The lock is SQLite's on an empty file `<path>.lock`, kept by the kernel: when a process dies, its lock is
 *  gone with it, so there is no stale lock to recognise and no process id to mistake. `<path>.pid` only says who it is.
 *  @throws StoreError naming the process that has it, or why no lock can be made there */
export async function lockFile(path: string, waitMs: number): Promise<FileLock> {
  const lock = openLock(path);
  const pidPath = `${path}.pid`;
  const giveUpAt = Date.now() + waitMs;
  try {
    while (!tryLock(lock)) {
      if (Date.now() >= giveUpAt) throw inUse(path, pidPath);
      await wait(retryAfterMs);
    }
    writeFileSync(pidPath, `${process.pid}\n`);
  } catch (error) {
    lock.close();
    throw error instanceof StoreError ? error : cannotLock(path, error);
  }
  return {
    release: () => {
      if (!lock.isOpen) return;
      rmSync(pidPath, { force: true });
      lock.close();
    },
  };
}

function openLock(path: string): DatabaseSync {
  try {
    return new DatabaseSync(`${path}.lock`, { timeout: 0 });
  } catch (error) {
    throw cannotLock(path, error);
  }
}

/** @returns false while another connection has the lock */
function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec("BEGIN IMMEDIATE");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === sqliteBusy;
}

function inUse(path: string, pidPath: string): StoreError {
  const holder = processIdIn(pidPath);
  const who = holder === undefined ? "another biaogan" : `another biaogan (process ${holder})`;
  return new StoreError(`${who} is using the database ${path}; wait until it has ended, or choose another store folder`);
}

function cannotLock(path: string, cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(
    `cannot write beside the database ${path}: ${reason}; check the folder's permissions, or choose another store folder`,
    {
      cause,
    },
  );
}

/** Absent for the moment between the holder's lock and its note. */
function processIdIn(pidPath: string): string | undefined {
  try {
    return readFileSync(pidPath, "utf8").trim() || undefined;
  } catch {
    return undefined;
  }
}
