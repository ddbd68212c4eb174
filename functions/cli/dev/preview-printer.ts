import { sha256 } from "../../adapters/content-hash.ts";
import type { Templates } from "../../adapters/templates/handlebars-templates.ts";
import type { Briefing } from "../../core/briefing/briefing.ts";
import { freezeModel } from "../../core/briefing/frozen-model.ts";
import { printBriefing } from "../../render-briefing/print-briefing.ts";
import type { Printer } from "../open-printer.ts";
import { officeFonts } from "../workplace.ts";

/** Prints what the preview shows, one document after the other. */
export interface PreviewPrinter {
  print(briefing: Briefing, templates: Templates, signal: AbortSignal): Promise<Uint8Array>;
  /** The office's fonts have changed: the next document gets a browser that knows them. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

/** Nothing is started before the first document is wanted.
 *  @param say told of each step of the set-up that takes time */
export function openPreviewPrinter(dataDir: string, say: (step: string) => void): PreviewPrinter {
  let printer: Printer | undefined;
  let closed = false;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };
  const dismiss = async () => {
    await printer?.renderer.close();
    printer = undefined;
  };
  return {
    print: (briefing, templates, signal) =>
      inTurn(async () => {
        signal.throwIfAborted();
        if (closed) throw new Error("the preview is closed");
        printer ??= await (await import("../open-printer.ts")).openPrinter(officeFonts(dataDir), say);
        const { renderer, identify } = printer;
        const deps = { renderer, templates, program: await identify(), digest: sha256 };
        return printBriefing(freezeModel(briefing), briefing.edition, deps, signal);
      }),
    renew: () => inTurn(dismiss),
    close() {
      closed = true;
      return inTurn(dismiss);
    },
  };
}
