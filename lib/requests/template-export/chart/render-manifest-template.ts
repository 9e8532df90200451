import { renderVm } from "@/lib/vms/render-vm";
import type { VmBlueprint, VmIdentity } from "@/lib/vms/schema";
import { machineName, machineNamespace, renderKey, renderScalar } from "./render-scalar";
import { additions, drawnValues, isOptionalItem, optionalItemValue } from "./rules";

const identity: VmIdentity = {
  ...{ name: machineName, namespace: machineNamespace, system: "", service: "", serviceId: "" },
  ...{ instance: "", ticketId: "", createdBy: "" },
};

export interface ManifestTemplate {
  text: string;
  /** Defaults by path, such as `cpu.cores`. */
  values: Map<string, unknown>;
}

type Json = Record<string, unknown>;

/** The manifest as a template for Helm, drawn from what renderVm makes, so that both say the same. */
export function renderManifestTemplate(blueprint: VmBlueprint, chartName: string): ManifestTemplate {
  // Manifests are plain JSON; the copy may be taken apart.
  const manifest: Json = JSON.parse(JSON.stringify(renderVm(identity, plainOf(blueprint))));
  for (const path of labelPaths) take(manifest, path);
  const values = new Map<string, unknown>([
    ...[...emptyValues, ["gpus", take(manifest, [...domain, "devices", "gpus"]) ?? []] as const],
    ["disk.storageClassName", blueprint.storageClass ?? ""],
    ["disk.accessModes", blueprint.dvAccessModes],
    ["disk.volumeMode", blueprint.dvVolumeMode ?? ""],
    ["networks", hasOwnNetworks(blueprint) ? [] : networksOf(blueprint)],
  ]);
  const lines = membersOf({ chartName, values }, manifest, { path: "", indent: 0 });
  values.set("cloudInit", blueprint.cloudInit);
  return { text: `${lines.join("\n")}\n`, values };
}

const domain = ["spec", "template", "spec", "domain"];
const labelPaths = [
  ["metadata", "labels"],
  ["spec", "template", "metadata"],
  ["spec", "dataVolumeTemplates", "0", "metadata", "labels"],
];
const emptyValues = [
  ["name", ""],
  ["labels", {}],
  ["annotations", {}],
  ["disk.labels", {}],
] as const;

/** Without what the chart adds by its values, and with cloud-init, whose place is drawn in any case. */
function plainOf(blueprint: VmBlueprint): VmBlueprint {
  return {
    ...blueprint,
    cloudInit: blueprint.cloudInit === "" ? "#cloud-config\n" : blueprint.cloudInit,
    ...{ storageClass: null, dvAccessModes: [], dvVolumeMode: null },
    sriovNetworks: hasOwnNetworks(blueprint) ? blueprint.sriovNetworks : [],
  };
}

function networksOf({ sriovNetworks }: VmBlueprint): { name: string; networkName: string }[] {
  return sriovNetworks.map((networkName, index) => ({ name: `sriov${index + 1}`, networkName }));
}

/** A size that lays its own list over the machine's networks has said all of them. */
function hasOwnNetworks({ overrides }: VmBlueprint): boolean {
  const lists = ["spec.template.spec.networks", "spec.template.spec.domain.devices.interfaces"];
  return Object.keys(overrides).some((key) =>
    lists.some((list) => key === list || list.startsWith(`${key}.`) || key.startsWith(`${list}.`)),
  );
}

/** Removes a member and tells what it was. */
function take(manifest: Json, [...keys]: string[]): unknown {
  const last = keys.pop() ?? "";
  const parent = keys.reduce<unknown>(
    (at, key) => (isObject(at) ? Reflect.get(at, key) : undefined),
    manifest,
  );
  if (!isObject(parent)) return undefined;
  const value: unknown = Reflect.get(parent, last);
  Reflect.deleteProperty(parent, last);
  return value;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

interface Drawing {
  chartName: string;
  values: Map<string, unknown>;
}

interface Place {
  /** Items of lists end in []. */
  path: string;
  indent: number;
}

function membersOf(drawing: Drawing, object: object, { path, indent }: Place): string[] {
  const own = Object.entries(object).flatMap(([key, value]: [string, unknown]) =>
    memberOf(drawing, [key, value], { path: path === "" ? key : `${path}.${key}`, indent }),
  );
  return [...own, ...addedAt(path, indent)];
}

function memberOf(drawing: Drawing, [key, value]: [string, unknown], { path, indent }: Place): string[] {
  const head = `${" ".repeat(indent)}${renderKey(key)}:`;
  if (!isObject(value)) return [`${head} ${valueOf(drawing, value, path)}`];
  const inside = { path, indent: indent + 2 };
  if (Array.isArray(value)) {
    const items = [
      ...value.flatMap((item) => itemOf(drawing, item, inside)),
      ...addedAt(path, inside.indent),
    ];
    return items.length === 0 ? [`${head} []`] : [head, ...items];
  }
  const members = membersOf(drawing, value, inside);
  return members.length === 0 ? [`${head} {}`] : [head, ...members];
}

function itemOf(drawing: Drawing, item: unknown, { path, indent }: Place): string[] {
  const pad = " ".repeat(indent);
  if (!isObject(item) || Array.isArray(item)) return [`${pad}- ${flowOf(item)}`];
  const [first, ...rest] = membersOf(drawing, item, { path: `${path}[]`, indent: indent + 2 });
  const lines = [`${pad}- ${first?.trimStart() ?? "{}"}`, ...rest];
  if (!isOptionalItem(path, item)) return lines;
  return [`${pad}{{- if .Values.${optionalItemValue} }}`, ...lines, `${pad}{{- end }}`];

  function flowOf(value: unknown): string {
    return Array.isArray(value)
      ? `[${value.map(flowOf).join(", ")}]`
      : renderScalar(value, drawing.chartName);
  }
}

function valueOf(drawing: Drawing, value: unknown, path: string): string {
  const drawn = drawnValues[path];
  if (drawn === undefined || !drawn.fits(value)) return renderScalar(value, drawing.chartName);
  drawing.values.set(drawn.value, value);
  return `{{ .Values.${drawn.value} | ${typeof value === "string" ? "quote" : "toJson"} }}`;
}

function addedAt(path: string, indent: number): string[] {
  const pad = " ".repeat(indent);
  return (additions[path] ?? []).map(
    (line) => pad + line.replace(/\{\+(\d)\}/, (_token, further: string) => String(indent + Number(further))),
  );
}
