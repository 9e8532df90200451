import fs from "node:fs";
import { renderReadme } from "./render-docs";

const file = "lib/README.md";
const before = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "# lib\n";
const after = await renderReadme(before);
if (after !== before) fs.writeFileSync(file, after);
console.log(after === before ? `${file} is up to date.` : `${file} is written.`);
