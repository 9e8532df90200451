import fs from "node:fs";
import { buildIfStale } from "./up/build";

fs.mkdirSync("dist", { recursive: true });
const begun = Date.now();
const wasStale = await buildIfStale("dist/build.log", () => console.log("Building …"));
console.log(
  wasStale
    ? `Built in ${Math.round((Date.now() - begun) / 1000)} s.`
    : "Nothing has changed since the last build.",
);
