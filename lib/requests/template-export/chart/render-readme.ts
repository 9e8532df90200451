import type { ResolvedExport } from "../resolve-export";
import { chartNameOf, chartVersionOf, listOmissions } from "./rules";
import { chartValues } from "./schema";

/** What the chart makes, how it is installed and what it can be told. */
export function renderReadme(found: ResolvedExport, values: ReadonlyMap<string, unknown>): string {
  const { template, size } = found;
  const name = chartNameOf(found);
  const rows = chartValues
    .filter(({ path }) => values.has(path))
    .map(({ path, description }) => `| \`${path}\` | ${description} | ${shown(values.get(path))} |`);
  const lines = [
    `# ${name}`,
    "",
    `A KubeVirt virtual machine: template \`${template.name}\` version ${template.version}, size \`${size.name}\`.`,
    "The cluster needs KubeVirt and its Containerized Data Importer.",
    "",
    "```sh",
    `helm install my-machine ./${name}-${chartVersionOf(found)}.tgz --namespace my-namespace`,
    "```",
    ...listOmissions(found).flatMap((sentence) => ["", sentence]),
    ...["", "## Values", "", "| Value | Meaning | Default |", "| --- | --- | --- |", ...rows],
  ];
  return `${lines.join("\n")}\n`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  // Backticks and bars are the table's own; odd characters are written in values.yaml alone, escaped.
  if (text.length > 60 || !/^[ -_a-{}~]*$/.test(text)) return "see values.yaml";
  return `\`${text}\``;
}
