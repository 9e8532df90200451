import fs from "node:fs";
import { renderAccount, renderReadme } from "./render-docs";

const files = { "lib/README.md": renderReadme, "README.md": renderAccount };

for (const [file, render] of Object.entries(files)) {
  const before = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "# lib\n";
  const after = await render(before);
  if (after !== before) fs.writeFileSync(file, after);
  console.log(after === before ? `${file} is up to date.` : `${file} is written.`);
}
