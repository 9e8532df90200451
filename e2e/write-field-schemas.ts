import fs from "node:fs";
import { bundledMinors } from "@/lib/catalog/fields/minors/rules";
import { readKubevirtTypes } from "./read-kubevirt-types";
import { fileOfMinor, renderFieldSchema } from "./render-field-schema";

for (const minor of bundledMinors) {
  const text = renderFieldSchema(readKubevirtTypes(minor));
  fs.writeFileSync(fileOfMinor(minor), text);
  console.log(`${fileOfMinor(minor)}: ${Math.round(text.length / 1000)} kB`);
}
