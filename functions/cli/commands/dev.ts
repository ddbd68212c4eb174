import { existsSync } from "node:fs";
import type { Command } from "commander";
import { InputError } from "../../core/errors.ts";
import { print, printJson } from "../print.ts";
import { type CommonOptions, dataDirOf, templatesDir } from "../workplace.ts";

interface DevOptions extends CommonOptions {
  readonly port: string;
}

/** `biaogan dev`: the editions in a browser, as HTML and as the PDF, anew whenever a template, a locale or the data change. */
export function addDev(program: Command): Command {
  return program
    .command("dev")
    .description("show the editions in a browser, beside their PDF, anew with every change of data or templates; Ctrl-C ends it")
    .option("--port <number>", "listen here, on this machine alone; 0 for any that is free", "8080")
    .action(dev);
}

async function dev(options: DevOptions): Promise<void> {
  const port = readPort(options.port);
  const dataDir = dataDirOf(options);
  if (!existsSync(dataDir)) throw new InputError([{ file: dataDir, message: "there is no such folder; name the office's with --data" }]);
  const stopped = untilStopped();
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  // The server and the watcher are loaded here: no other command needs them.
  const { openPreviewServer } = await import("../dev/preview-server.ts");
  const { address, close } = await openPreviewServer({ port, dataDir, templatesDir, say });
  if (options.json) printJson({ address, data: dataDir });
  else print(address);
  await stopped;
  await close();
}

/** The handlers stay: a launcher may pass on the signal that the terminal has already sent. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text);
  throw new InputError([{ file: "--port", message: `"${text}" is not a port; write a number from 0 to 65535` }]);
}
