import { renderYaml } from "../render-yaml";
import { chartValues } from "./schema";

/** The defaults, each with what it means above it. */
export function renderValues(values: ReadonlyMap<string, unknown>, omissions: string[]): string {
  const groups: string[] = [];
  const blocks = chartValues.flatMap(({ path, description }) => {
    if (!values.has(path)) return [];
    const [group = "", key] = path.split(".");
    const isNew = key !== undefined && !groups.includes(group);
    if (isNew) groups.push(group);
    const lines = [`# ${description}`, ...memberOf(key ?? group, values.get(path))];
    const placed = key === undefined ? lines : lines.map((line) => (line === "" ? line : `  ${line}`));
    return [...(isNew ? [`${group}:`] : []), ...placed];
  });
  const head = omissions.flatMap((sentence) => [...sentence.split("\n").map((line) => `# ${line}`), ""]);
  return `${[...head, ...blocks].join("\n")}\n`;
}

function memberOf(key: string, value: unknown): string[] {
  return renderYaml({ [key]: value })
    .replace(/\n$/, "")
    .split("\n");
}
