// Bundles source/ into the package: `npm ci && npm run build`, then commit editor.js and NOTICE.txt.
// Nothing is fetched at run time; the two files are all that is shipped.

import {build} from "esbuild";
import {readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../../indicators/app/editor");

const built = await build({
  entryPoints: [join(here, "source/index.js")],
  outfile: join(target, "editor.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  banner: {js: "// Built by tools/editor from CodeMirror 6 (MIT, see NOTICE.txt). Do not edit."},
});

const packages = new Set();
for (const [path, {bytesInOutput}] of Object.entries(Object.values(built.metafile.outputs)[0].inputs)) {
  const found = path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found && bytesInOutput) packages.add(found[1]);
}
const notices = [...packages].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const {version, license} = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}\n`;
});
const rule = `\n${"-".repeat(72)}\n\n`;
writeFileSync(join(target, "NOTICE.txt"), ["editor.js holds the following packages.\n", ...notices].join(rule));
