import { join, relative, sep } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { rolldown } from "rolldown";

/** The project's folder. */
export const projectRoot = join(import.meta.dirname, "../..");

/** What packages ask for at run time and do without: puppeteer's downloading of browsers (it is given one), and ws's native parts (Chromium is
 *  driven over a pipe). */
const doneWithout = ["yauzl", "proxy-agent", "bufferutil", "utf-8-validate"];

/**
 * Bundles one handler with everything that it imports, as an ES module for Node 24. What is imported when it is needed stays in a chunk of its own.
 * The same sources give the same bytes, wherever the project lies: an unchanged function is not deployed again.
 *
 * Nothing is minified and there are no source maps: a stack trace names the function, and above it in the bundle stands its file. Minified, the
 * handlers load about as quickly (start-run 129 ms for 121, render-briefing 256 for 265, on one core); with its map of 16 MB the function that prints
 * would be larger than Lambda takes, and reading a map takes 50 to 110 ms at the first error.
 * The AWS SDK is bundled and not taken from the runtime, which changes without us: what was tested is what runs.
 * @param file the handler
 * @param folder gets `index.mjs` and its chunks
 * @returns every source file that has a part in it, from the project's folder
 * @throws Error when something that it imports is not there: the bundler would leave it to fail when it runs
 */
export async function bundleHandler(file: string, folder: string): Promise<readonly string[]> {
  const warnings: string[] = [];
  const build = await rolldown({
    // Comments in the bundle name files from here, wherever the command was started.
    cwd: projectRoot,
    input: { index: file },
    platform: "node",
    external: doneWithout,
    onLog: (level, { message }) => {
      if (level === "warn") warnings.push(stripVTControlCharacters(message));
    },
  });
  try {
    const { output } = await build.write({
      dir: folder,
      format: "esm",
      entryFileNames: "[name].mjs",
      chunkFileNames: "[name]-[hash].mjs",
      sourcemap: false,
    });
    if (warnings.length > 0) throw new Error(warnings.join("\n"));
    return output.flatMap((part) => (part.type === "chunk" ? part.moduleIds.map(nameFromRoot) : []));
  } finally {
    await build.close();
  }
}

function nameFromRoot(path: string): string {
  return relative(projectRoot, path).replaceAll(sep, "/");
}
