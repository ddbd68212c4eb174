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
  const [executable, fontsDir] = [join(chromium, "chromium"), join(root, layerFolders.fonts)];
  const missing = [executable, fontsDir].find((path) => !existsSync(path));
  if (missing !== undefined)
    throw new RenderError(`${missing} is missing: the function has no layer with Chromium and fonts; deploy it again`);
  const officeFonts = join(root, layerFolders.officeFonts);
  return {
    chromium: { executable, libraries: join(chromium, "lib") },
    fontsDir,
    // Made anew at each cold start, for 26 ms (252 ms from start to first page against 226, one core). An index made beforehand holds only where the
    // fonts' folder has the very mtime that it had then, and nobody promises what mtime Lambda gives to the folders of a layer.
    fontsIndexDir: join(temporary, "fontconfig"),
    officeFontsDir: existsSync(officeFonts) ? officeFonts : undefined,
  };
}
