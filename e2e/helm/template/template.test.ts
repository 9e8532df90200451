import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { findHelm } from "../find-helm";
import { parseYaml } from "../render-release";
import { parseTemplate } from "./parse-template";
import { runTemplate } from "./run-template";

const dot = {
  Values: {
    name: "web",
    list: ["a", "b"],
    none: [],
    map: { b: 1, a: "x" },
    zero: 0,
    text: 'say "<hi>"\n',
    big: 1e6,
  },
  Release: { Name: "my.release-1", Namespace: "shop" },
};

function run(source: string, shared = ""): string {
  const { defined } = parseTemplate(shared);
  return runTemplate(parseTemplate(source), defined, dot);
}

const shared = '{{ define "n" -}} {{ .Values.name }} {{- end }}';

/** Each second text is what Helm writes for the first. */
const known: [string, string][] = [
  ["a {{ .Values.name }} b", "a web b"],
  ["a \n {{- .Values.name -}} \n b", "awebb"],
  ["{{/* nothing }} here */}}x", "x"],
  ["{{- /* nothing */ -}} x", "x"],
  ['{{ .Values.name | quote }}{{ quote "a\\"b" }}', '"web""a\\"b"'],
  ['{{ "{{" }}{{ `}}` }}', "{{}}"],
  ["{{ .Values.text | toJson }}", '"say \\"\\u003chi\\u003e\\"\\n"'],
  ["k:\n  {{- toYaml .Values.list | nindent 2 }}", "k:\n  - a\n  - b"],
  ["{{ .Values.map | toJson }}", '{"a":"x","b":1}'],
  ["{{ if .Values.none }}yes{{ else }}no{{ end }}", "no"],
  ["{{ if .Values.zero }}a{{ else if .Values.list }}b{{ else }}c{{ end }}", "b"],
  ["{{ with .Values.map }}{{ .a }}{{ $.Values.name }}{{ end }}", "xweb"],
  ["{{ with .Values.absent }}x{{ end }}|", "|"],
  ["{{ range .Values.list }}[{{ . }}]{{ end }}", "[a][b]"],
  ["{{ range .Values.none }}x{{ else }}empty{{ end }}", "empty"],
  ['{{ default "d" .Values.absent }}{{ .Values.name | default "d" }}', "dweb"],
  ['{{ printf "%s-%d%%" .Values.name 3 }}', "web-3%"],
  ['{{ .Release.Name | lower | replace "." "-" | trunc 11 | trimSuffix "-" }}', "my-release"],
  ['{{ "--a--" | trimAll "-" }}{{ "--a" | trimSuffix "-" }}', "a--a"],
  ['{{ (include "n" .) }}.{{ (printf "%s" (include "n" .)) | quote }}', 'web."web"'],
  ['{{ printf "%s.%s" (include "n" .) .Release.Namespace }}', "web.shop"],
  ["{{ .Values.big }} {{ .Values.big | int }}", "1e+06 1000000"],
  ['{{ required "needed" .Values.name }}', "web"],
  ['{{ if and .Values.name (not .Values.none) (eq .Values.name "web") }}y{{ end }}', "y"],
];

/** All of them as one chart, each result in base64 so that no sign of it is YAML's. */
function renderedBy(helm: NonNullable<ReturnType<typeof findHelm>>, folder: string): Record<string, string> {
  mkdirSync(path.join(folder, "templates"));
  const bodies = known.map(([source], at) => `{{ define "t${at}" }}${source}{{ end }}`);
  const results = known.map((_one, at) => `t${at}: {{ include "t${at}" . | b64enc | quote }}\n`);
  writeFileSync(path.join(folder, "Chart.yaml"), "apiVersion: v2\nname: known\nversion: 0.1.0\n");
  writeFileSync(path.join(folder, "values.yaml"), JSON.stringify(dot.Values));
  writeFileSync(path.join(folder, "templates/_all.tpl"), [shared, ...bodies].join("\n"));
  writeFileSync(path.join(folder, "templates/all.yaml"), `kind: Known\napiVersion: v1\n${results.join("")}`);
  const { code, output } = helm.run("template", "my.release-1", folder, "--namespace", dot.Release.Namespace);
  expect([code, output]).toEqual([0, expect.any(String)]);
  const read = parseYaml(output);
  return Object.fromEntries(
    known.map(([source], at) => [source, Buffer.from(String(read[`t${at}`]), "base64").toString()]),
  );
}

describe("a Go template", () => {
  test.each(known)("%s", (source, wanted) => {
    expect(run(source, shared)).toBe(wanted);
  });

  test("is read by Helm itself as it is read here", () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "shepherd-template-"));
    const helm = findHelm(path.resolve(import.meta.dirname, "../../.."), folder);
    if (helm === null)
      process.stdout.write("helm: Helm itself is not installed: its reading was not compared\n");
    else expect(renderedBy(helm, folder)).toEqual(Object.fromEntries(known));
    rmSync(folder, { recursive: true });
  });

  test.each([
    ["{{ if .Values.name }}", /never closed/],
    ["{{ end }}", /unexpected/],
    ['{{ "open }}', /never closed/],
    ["{{ nonsense 1 }}", /not known/],
    ['{{ include "absent" . }}', /no template/],
    ["{{ .Values.absent.member }}", /nothing has a member/],
    ["{{ $x := 1 }}", /variables/],
    ['{{ required "needed" .Values.absent }}', /needed/],
    ["{{ .Values.map }}", /object/],
    ['{{ printf "%s" }}', /too few/],
    ["{{ (quote 1 }}", /never closed/],
  ])("%s is refused", (source, reason) => {
    expect(() => run(source)).toThrowError(reason);
  });
});
