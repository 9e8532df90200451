import type { ArchivedFile } from "../make-archive";
import { renderYaml } from "../render-yaml";
import type { ResolvedExport } from "../resolve-export";
import { renderManifestTemplate } from "./render-manifest-template";
import { renderReadme } from "./render-readme";
import { renderValues } from "./render-values";
import { renderValuesSchema } from "./render-values-schema";
import { chartNameOf, chartVersionOf, listOmissions } from "./rules";

/** A whole chart; whatever Helm does with it needs nothing else. */
export function renderChart(found: ResolvedExport): ArchivedFile[] {
  const name = chartNameOf(found);
  const { text, values } = renderManifestTemplate(found.blueprint, name);
  return [
    { path: "Chart.yaml", text: renderYaml(metadataOf(found)) },
    { path: "values.yaml", text: renderValues(values, listOmissions(found)) },
    { path: "values.schema.json", text: renderValuesSchema(values) },
    { path: "README.md", text: renderReadme(found, values) },
    { path: ".helmignore", text: ignored },
    { path: "templates/_helpers.tpl", text: namesOf(name) },
    { path: "templates/virtualmachine.yaml", text },
    { path: "templates/NOTES.txt", text: notesOf(name, found) },
  ];
}

function metadataOf(found: ResolvedExport): object {
  const { template, size } = found;
  const words = template.description === "" ? template.displayName : template.description;
  return {
    apiVersion: "v2",
    name: chartNameOf(found),
    description: `${oneLine(words)} (${oneLine(size.displayName)})`,
    type: "application",
    version: chartVersionOf(found),
    appVersion: "1.0.0",
    keywords: ["kubevirt", "virtual-machine"],
  };
}

/** Without what breaks a line or is no character, which YAML would refuse. */
function oneLine(words: string): string {
  const line = words.replace(/[\s\p{Cc}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\ufeff]+/gu, " ").trim();
  return [...line].slice(0, 200).join("");
}

const ignored = [".DS_Store", ".git/", ".gitignore", "*.bak", "*.orig", "*.swp", "*.tmp", "*~", ""].join(
  "\n",
);

/** A release may be called what no machine can be: with dots, or longer. */
function namesOf(chartName: string): string {
  return `{{/* Name of the machine: the value, or the release's own as a host name can be. */}}
{{- define "${chartName}.name" -}}
{{- default .Release.Name .Values.name | lower | replace "." "-" | trunc 50 | trimAll "-" -}}
{{- end -}}
`;
}

function notesOf(chartName: string, found: ResolvedExport): string {
  const name = `{{ include "${chartName}.name" . }}`;
  const lines = [
    `Machine ${name} in namespace {{ .Release.Namespace }}:`,
    "",
    `  kubectl get virtualmachine ${name} --namespace {{ .Release.Namespace }}`,
    `  virtctl console ${name} --namespace {{ .Release.Namespace }}`,
    ...listOmissions(found).flatMap((sentence) => ["", sentence]),
  ];
  return `${lines.join("\n")}\n`;
}
