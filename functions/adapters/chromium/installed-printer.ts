import { existsSync } from "node:fs";
import { join } from "node:path";
import { RenderError } from "../../core/errors.ts";

/** Where an unpacked Chromium lies. */
export interface ChromiumInstall {
  readonly executable: string;
  /** Shared libraries that a bare system does not have (NSS, NSPR, expat). */
  readonly libraries: string;
}

/** All that printing needs of the machine, unpacked. */
export interface InstalledPrinter {
  readonly chromium: ChromiumInstall;
  /** The document's own fonts. */
  readonly fontsDir: string;
  /** Where fontconfig may keep its index of them; made when it is not there. */
  readonly fontsIndexDir: string;
  /** An office's own licensed fonts, static TrueType; found by their family names, before ours. */
  readonly officeFontsDir?: string | undefined;
}

/** What the function's layer holds, by the same names as the folder that it is made from. */
export const layerFolders = { chromium: "chromium", fonts: "fonts", officeFonts: "office-fonts" } as const;

/** @param root where the layer lies: `/opt`
 *  @param temporary a folder that can be written
 *  @throws RenderError when the layer is not there */
export function findLayerPrinter(root: string, temporary: string): InstalledPrinter {
  const chromium = join(root, layerFolders.chromium);
  const executable = join(chromium, "chromium");
  if (!existsSync(executable)) throw new RenderError(`${executable} is missing: the function has no layer with Chromium; deploy it again`);
  const officeFonts = join(root, layerFolders.officeFonts);
  return {
    chromium: { executable, libraries: join(chromium, "lib") },
    fontsDir: join(root, layerFolders.fonts),
    fontsIndexDir: join(temporary, "fontconfig"),
    officeFontsDir: existsSync(officeFonts) ? officeFonts : undefined,
  };
}
