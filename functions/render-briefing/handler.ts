import { tmpdir } from "node:os";
import { join } from "node:path";
import { createS3Archive } from "../adapters/archive/s3-archive.ts";
import { openChromiumRenderer } from "../adapters/chromium/chromium-renderer.ts";
import { findLayerPrinter } from "../adapters/chromium/installed-printer.ts";
import { sha256 } from "../adapters/content-hash.ts";
import { s3Client } from "../adapters/lambda/aws-clients.ts";
import { observedHandler } from "../adapters/lambda/observed-handler.ts";
import { readProgramFile } from "../adapters/lambda/program-file.ts";
import { readEnvironment, settings } from "../adapters/lambda/read-environment.ts";
import { loadTemplates } from "../adapters/templates/handlebars-templates.ts";
import { renderItemSchema, renderOutputSchema } from "../contracts.ts";
import { renderBriefing } from "./render-briefing.ts";

/** Where Lambda mounts layers. */
const layerRoot = "/opt";

export const handler = observedHandler("render-briefing", {
  input: renderItemSchema,
  output: renderOutputSchema,
  open: async () => {
    const config = readEnvironment({ BUCKET_NAME: settings.bucketName }, process.env);
    const here = import.meta.dirname;
    const deps = {
      archive: createS3Archive(s3Client(), config.BUCKET_NAME),
      // One browser for as long as the instance lives; it is started anew should it die.
      renderer: await openChromiumRenderer(findLayerPrinter(layerRoot, tmpdir())),
      templates: await loadTemplates(join(here, "templates")),
      program: (await readProgramFile(here)).identity,
      digest: sha256,
    };
    return async (item, telling, signal) => {
      const { document, outcome } = await renderBriefing(item, deps, signal);
      telling.say({ outcome, bytes: document.byteLength });
      return { edition: item.edition, outcome, sha256: sha256(document) };
    };
  },
});
