import { relative, sep } from "node:path";
import { watch } from "chokidar";

/** A save is several events, and a checkout touches many files: told once, when this long nothing more has happened. */
const QUIET_MS = 30;

/** What is told of a folder. */
export interface Watching {
  /** Paths below the folder that changed, with `/`. */
  readonly onChange: (paths: readonly string[]) => void;
  /** The system refused to watch something, for example because too much is watched already. */
  readonly onError: (error: unknown) => void;
}

/** Watches a folder with all below it. Hidden files and editors' copies are nobody's business.
 *  @returns once every change from now on will be told; call what it returns to stop */
export async function watchFolder(dir: string, { onChange, onError }: Watching): Promise<() => Promise<void>> {
  const pathOf = (path: string) => relative(dir, path).replaceAll(sep, "/");
  const watcher = watch(dir, { ignoreInitial: true, ignored: (path) => pathOf(path).split("/").some(isHidden) });
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    const paths = [...changed];
    changed = new Set();
    onChange(paths);
  };
  watcher.on("all", (_event, path) => {
    changed.add(pathOf(path));
    clearTimeout(timer);
    timer = setTimeout(tell, QUIET_MS);
  });
  watcher.on("error", onError);
  const ready = Promise.withResolvers<void>();
  watcher.once("ready", ready.resolve);
  await ready.promise;
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}

function isHidden(name: string): boolean {
  // The folder itself may be reached by "..".
  return (name.startsWith(".") && name !== "..") || name.endsWith("~");
}
